/** JSON whose numbers are written as their exact text. */
import { LosslessNumber, stringify } from 'lossless-json';

export type Json = string | boolean | null | LosslessNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON number with this very spelling. */
export const number = (text: string): LosslessNumber => new LosslessNumber(text);

/** A wire type's field with what may be written for it: exact numbers for numbers, nested bodies already made. */
type FieldOf<T> = T extends number
  ? LosslessNumber
  : T extends string | boolean
    ? T
    : T extends readonly unknown[]
      ? readonly Json[]
      : JsonObject;

/** The fields of a wire type; a field of another name or kind does not compile. */
export type FieldsOf<T> = { readonly [K in keyof T]: FieldOf<Exclude<T[K], undefined>> | undefined };

/** An object of a wire type, without the fields that are not there. */
export function body<T extends object>(fields: FieldsOf<T>): JsonObject {
  const there = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(there);
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);

/** The objects of a list, changed; what else stands in it stays. */
export const mapObjects = (list: readonly Json[], change: (object: JsonObject) => readonly JsonObject[]): Json[] =>
  list.flatMap((each): readonly Json[] => (isObject(each) ? change(each) : [each]));

/** A field that is a list; null: it is none. */
export const listIn = (body: JsonObject, field: string): readonly Json[] | null => {
  const value = body[field];
  return Array.isArray(value) ? value : null;
};

/** @throws Error if it cannot be written, which nothing of ours can cause. */
export function write(json: Json): string {
  const text = stringify(json);
  if (text === undefined) throw new Error('not JSON');
  return text;
}
