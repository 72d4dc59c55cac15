/** Where two fingerprints differ. Lists have no order; their entries are matched by id, or else by what they say. */
import { LosslessNumber, parse, stringify } from 'lossless-json';
import { parseDecimal, ZERO } from '../../domain/decimal.ts';
import { meaningOf } from '../scope/units.ts';

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

/** In the order of fields. The same fact in another spelling is no contradiction. */
export function contradictions(
  first: Tree | undefined,
  second: Tree | undefined,
  path: readonly string[] = [],
): Contradiction[] {
  if (isObject(first) && isObject(second)) {
    const fields = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
    const named = fields.filter((field) => field !== 'name' || !isIdentified(first, second));
    return named.flatMap((field) => contradictions(first[field], second[field], [...path, field]));
  }
  if (isList(first) && isList(second)) return betweenLists(first, second, path);
  if (isSameFact(path.at(-1) ?? '', first, second)) return [];
  return [{ path, first: shortened(textOf(first)), second: shortened(textOf(second)) }];
}

/** Something else than its name says that both are the same thing, so that the name is for people only. */
const isIdentified = (first: { readonly [field: string]: Tree }, second: { readonly [field: string]: Tree }): boolean =>
  [...NAMES, 'sku', 'number'].some((field) => typeof first[field] === 'string' && typeof second[field] === 'string');

/** Year from which an end date says that there is no end. */
const NO_END = '2900';

/** Text as it stands; units by their meaning; no end, nothing and an empty list like a field that is left out. */
function isSameFact(field: string, first: Tree | undefined, second: Tree | undefined): boolean {
  if (textOf(first) === textOf(second)) return true;
  if (field === 'id' && typeof first === 'string' && typeof second === 'string') {
    return first.toLowerCase() === second.toLowerCase();
  }
  if (field === 'unitOfMeasure' && typeof first === 'string' && typeof second === 'string') {
    return meaningOf(first) === meaningOf(second);
  }
  const isNothing = (value: Tree | undefined): boolean =>
    value === undefined ||
    (isList(value) && value.length === 0) ||
    (value instanceof LosslessNumber && isZeroText(value.value)) ||
    (/End$/.test(field) && typeof value === 'string' && value >= NO_END);
  return isNothing(first) && isNothing(second);
}

const isZeroText = (text: string): boolean => parseDecimal(text) === ZERO;

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
      if (typeof name === 'string') return name.toLowerCase();
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
