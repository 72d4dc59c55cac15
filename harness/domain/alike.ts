/** Texts that say the same of different things: of many alike, one is told and the others are counted. */

/** UUIDs and other hexadecimal ids. */
const IDS = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{12,}\b/gi;
/** Dates, and seconds still to wait. */
const TIMES = /\b\d{4}-\d{2}-\d{2}\b|\b\d+(?= s\b)/g;

/** Whether a text tells of this failure, or of one that is alike. */
export const tellsOf = (text: string, reason: string): boolean => alikeKey(text).includes(alikeKey(reason));

/**
 * Without what tells one thing from another of its kind: ids, and the names given.
 * @param names of organisations, products; an empty one is ignored
 */
export function unnamed(text: string, names: readonly string[] = []): string {
  let key = text;
  // The longest first: a name may be a part of another.
  const known = [...new Set(names)].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  for (const name of known) key = key.replaceAll(name, '*');
  return key.replaceAll(IDS, '*');
}

/** The same for two texts that differ by an id or a date only, or by one of the names given. */
export const alikeKey = (text: string, names: readonly string[] = []): string =>
  unnamed(text, names).replaceAll(TIMES, '*');
