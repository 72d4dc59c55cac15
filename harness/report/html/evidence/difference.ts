/** The structural difference of two JSON values, as lines. */

import { diff, type IChange, Operation } from 'json-diff-ts';
import { isLosslessNumber } from 'lossless-json';
import type { DiffLine } from '../data.ts';

/** Beyond this a difference is no help to a reader. */
const MOST_LINES = 60;
const MOST_TEXT = 120;

/** Numbers as their literal text, so that nothing passes through floating point and `1.0` stays `1.0`. */
export function plain(value: unknown): unknown {
  if (isLosslessNumber(value)) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

function textOf(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}

const KINDS: Readonly<Record<Operation, DiffLine['kind']>> = {
  [Operation.ADD]: 'added',
  [Operation.REMOVE]: 'removed',
  [Operation.UPDATE]: 'changed',
};

/** Leaves of the changes, each under the keys that lead to it. */
function linesOf(changes: readonly IChange[], above: readonly string[]): DiffLine[] {
  return changes.flatMap(({ type, key, value, oldValue, changes: inner }) => {
    const path = [...above, key];
    if (inner !== undefined) return linesOf(inner, path);
    const line = {
      path: path.join('/'),
      kind: KINDS[type],
      before: type === Operation.ADD ? null : textOf(type === Operation.REMOVE ? value : oldValue),
      after: type === Operation.REMOVE ? null : textOf(value),
    };
    return [line];
  });
}

/** The lines of one level of keys that stay as they are; what lies deeper is told by the changes alone. */
function equalKeys(before: object, after: object, changed: ReadonlySet<string>): DiffLine[] {
  return Object.entries(before)
    .filter(([key]) => Object.hasOwn(after, key) && !changed.has(key))
    .map(([key, value]) => ({ path: key, kind: 'equal' as const, before: textOf(value), after: textOf(value) }));
}

/**
 * Two objects made `plain`, entries of lists matched by their `id` where they have one.
 * @returns the changes first, in the order of their keys, then the keys that are equal.
 */
export function differenceOf(before: object, after: object): readonly DiffLine[] {
  const changes = diff(before, after, { embeddedObjKeys: new Map([[/.*/, identityOf]]) });
  const changed = new Set(changes.map(({ key }) => key));
  return [...linesOf(changes, []), ...equalKeys(before, after, changed)].slice(0, MOST_LINES);
}

/** How entries of a list are told apart: by id where they have one, else by place. */
function identityOf(entry: unknown, shouldReturnKeyName?: boolean, index?: number): unknown {
  const named = typeof entry === 'object' && entry !== null && 'id' in entry;
  if (shouldReturnKeyName) return named ? 'id' : '$index';
  return named ? (entry as { id: unknown }).id : index;
}
