/** JSON with exact numbers: each number keeps the text that stands on the wire. */
import { LosslessNumber } from 'lossless-json';
import { parseDecimal } from '../domain/decimal.ts';

export type JsonValue = null | boolean | string | LosslessNumber | JsonValue[] | { [key: string]: JsonValue };

/** The class decides, not its `isLosslessNumber` mark: a body can carry a field of that name. */
export const isJsonObject = (value: unknown): value is { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);

/** A name as it stands in a JSON pointer (RFC 6901). */
export const pointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** What a JSON pointer leads to; undefined if it leads nowhere. */
export function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

const LONGEST = 200;

/** JSON text with numbers as on the wire, shortened to 200 characters. */
export function rawText(value: JsonValue): string {
  const text = jsonText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** JSON text with numbers as on the wire. */
export function jsonText(value: JsonValue): string {
  if (value instanceof LosslessNumber) return value.value;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${jsonText(part)}`);
  return `{${fields.join(',')}}`;
}

/**
 * Canonical JSON text: keys and entries sorted, numbers as canonical decimals, fields that are null left out. Neither
 * spelling nor order makes a difference.
 */
export function fingerprint(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (value instanceof LosslessNumber) return parseDecimal(value.value) ?? value.value;
  if (Array.isArray(value)) return `[${value.map(fingerprint).sort().join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .filter((name) => value[name] !== null)
    .sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${fingerprint(value[name])}`).join(',')}}`;
}
