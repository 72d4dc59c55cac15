/** Where two fingerprints differ. Lists have no order; their entries are matched by id, or else by what they say. */
import { LosslessNumber, parse, stringify } from 'lossless-json';

export type Tree = null | boolean | string | LosslessNumber | readonly Tree[] | { readonly [field: string]: Tree };

/** One place that the two say differently; JSON text of either side, null where it has nothing there. */
export interface Contradiction {
  /** Names of fields; entries of lists by their id. */
  readonly path: readonly string[];
  readonly first: string | null;
  readonly second: string | null;
}

const LONGEST = 80;
/** What names an entry of a list on the contract side's wire. */
const NAMES = ['id', 'itemNumber'] as const;

/** Exact numbers stay text. @returns null for an empty fingerprint: a body that was not there. */
export const parseFingerprint = (fingerprint: string): Tree =>
  fingerprint === '' ? null : (parse(fingerprint) as Tree);

export const topFields = (tree: Tree): readonly string[] => (isObject(tree) ? Object.keys(tree) : []);

/** In the order of fields. */
export function contradictions(
  first: Tree | undefined,
  second: Tree | undefined,
  path: readonly string[] = [],
): Contradiction[] {
  if (isObject(first) && isObject(second)) {
    const fields = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
    return fields.flatMap((field) => contradictions(first[field], second[field], [...path, field]));
  }
  if (isList(first) && isList(second)) return betweenLists(first, second, path);
  const [a, b] = [textOf(first), textOf(second)];
  return a === b ? [] : [{ path, first: shortened(a), second: shortened(b) }];
}

function betweenLists(first: readonly Tree[], second: readonly Tree[], path: readonly string[]): Contradiction[] {
  const [before, after] = [byName(first), byName(second)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => contradictions(before.get(name), after.get(name), [...path, name]));
}

/** Entries that have the same name are told apart by number. */
function byName(list: readonly Tree[]): Map<string, Tree> {
  const named = new Map<string, Tree>();
  for (const entry of list) {
    const name = nameOf(entry);
    let unique = name;
    for (let number = 2; named.has(unique); number += 1) unique = `${name} (${number})`;
    named.set(unique, entry);
  }
  return named;
}

function nameOf(entry: Tree): string {
  if (isObject(entry)) {
    for (const field of NAMES) {
      const name = entry[field];
      if (typeof name === 'string') return name;
    }
  }
  return textOf(entry) ?? 'null';
}

const isList = (tree: Tree | undefined): tree is readonly Tree[] => Array.isArray(tree);
/** The class decides: a body can carry a field with the name of the library's mark. */
const isObject = (tree: Tree | undefined): tree is { readonly [field: string]: Tree } =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !(tree instanceof LosslessNumber);

/** Numbers as they stand, whatever their size. */
const textOf = (tree: Tree | undefined): string | null => (tree === undefined ? null : (stringify(tree) ?? null));

const shortened = (text: string | null): string | null =>
  text !== null && text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
