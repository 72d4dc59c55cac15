/** Text of customers where it is read by people: harmless, one line, of bounded width. */

// C0 and C1 controls, DEL, line separators, and the marks that turn the direction of what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is to be found.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Replaces what could move the cursor, colour the screen or turn the line around. */
export const safeText = (text: string): string => text.toWellFormed().replaceAll(UNSAFE, '·');

/** Safe, and at most `width` characters. */
export function shortened(text: string, width: number): string {
  const safe = [...safeText(text)];
  return safe.length <= width ? safe.join('') : `${safe.slice(0, Math.max(0, width - 1)).join('')}…`;
}
