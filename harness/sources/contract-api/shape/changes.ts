/** What is new, gone, renamed, retyped or newly null since the baseline. Pure; says nothing where chance could say it too. */
import { distance } from 'fastest-levenshtein';
import type { DriftKind } from '../../../domain/capture.ts';
import type { FieldShape, Shape, TypeShape, ValueKind } from '../../../domain/shape.ts';
import { OLD_SPELLINGS } from '../schema.ts';

export interface ShapeChange {
  readonly kind: DriftKind;
  readonly type: string;
  readonly field: string;
  /** In words. */
  readonly was: string;
  readonly is: string;
  /** Of a renamed field: the name that it had. */
  readonly from?: string;
  /** The kind of value that is new. */
  readonly value?: ValueKind;
}

/** A claim of "always" or "never" needs so many objects, or chance would make it. */
const ENOUGH = 20;
const BY_CHANCE = 0.001;

/** In the order of types and fields. */
export function changesOf(before: Shape, now: Shape): ShapeChange[] {
  const changes = Object.entries(now.types).flatMap(([type, shape]) => {
    const old = before.types[type];
    return old === undefined ? [] : changesOfType(type, old, shape);
  });
  return [...changes, ...pageMaximumChange(before, now)];
}

function changesOfType(type: string, old: TypeShape, now: TypeShape): ShapeChange[] {
  const come = Object.keys(now.fields).filter((field) => old.fields[field] === undefined);
  const gone = Object.keys(old.fields).filter((field) => isGone(old, now, field));
  const renamed = renamings(old, now, gone, come);
  const stayed = Object.keys(now.fields).filter((field) => old.fields[field] !== undefined);
  return [
    ...renamed.map(([from, field]) => ({
      kind: 'renamed-field' as const,
      type,
      field,
      from,
      was: `${from}, ${share(old, from)}`,
      is: `${field}, ${share(now, field)}`,
    })),
    ...gone
      .filter((field) => !renamed.some(([from]) => from === field))
      .map((field) => change('gone-field', type, field, share(old, field), `in none of ${now.objects}`)),
    ...come
      .filter((field) => !renamed.some(([, to]) => to === field))
      .map((field) => change('new-field', type, field, `in none of ${old.objects}`, share(now, field))),
    ...stayed.flatMap((field) => changesOfField(type, field, old, now)),
  ];
}

function changesOfField(type: string, field: string, old: TypeShape, now: TypeShape): ShapeChange[] {
  const [was, is] = [old.fields[field], now.fields[field]];
  if (was === undefined || is === undefined) return [];
  const fresh = is.kinds.filter((kind) => !was.kinds.includes(kind) && !wasSeenBefore(kind, was));
  return [
    ...fresh.map(
      (value): ShapeChange => ({
        ...change(value === 'null' ? 'newly-null' : 'retyped-field', type, field, words(was), words(is)),
        value,
      }),
    ),
    ...(old.objects >= ENOUGH && was.seen === old.objects && is.seen < now.objects
      ? [change('newly-left-out', type, field, share(old, field), share(now, field))]
      : []),
    ...(was.seen < old.objects &&
    is.seen === now.objects &&
    now.objects >= ENOUGH &&
    isUnlikely(was.seen / old.objects, now.objects)
      ? [change('always-there', type, field, share(old, field), share(now, field))]
      : []),
  ];
}

/** Of few whole numbers nobody can say that a fraction was never meant; and where numbers were, a whole one is no news. */
const wasSeenBefore = (kind: ValueKind, was: FieldShape): boolean =>
  (kind === 'whole number' && was.kinds.includes('number')) ||
  (kind === 'number' && was.kinds.includes('whole number') && was.seen < ENOUGH) ||
  (kind !== 'null' && was.kinds.every((each) => each === 'null'));

/** What always happened so often would not have failed to happen now by chance. */
const isUnlikely = (likelihood: number, times: number): boolean => likelihood ** times < BY_CHANCE;

function isGone(old: TypeShape, now: TypeShape, field: string): boolean {
  const seen = old.fields[field]?.seen ?? 0;
  if (now.fields[field] !== undefined || now.objects === 0) return false;
  const always = seen === old.objects && old.objects >= ENOUGH;
  return always || isUnlikely(1 - seen / old.objects, now.objects);
}

/** A field that went where one came that the vendor is known to have renamed it to, or that is alike in name and values. */
function renamings(
  old: TypeShape,
  now: TypeShape,
  gone: readonly string[],
  come: readonly string[],
): [string, string][] {
  const taken = new Set<string>();
  return gone.flatMap((from): [string, string][] => {
    const to = come
      .filter((field) => !taken.has(field))
      .filter((field) => isKnownRenaming(from, field) || isAlike(from, field, old, now))
      .sort((a, b) => distance(from, a) - distance(from, b) || (a < b ? -1 : 1))[0];
    if (to === undefined) return [];
    taken.add(to);
    return [[from, to]];
  });
}

export const isKnownRenaming = (from: string, to: string): boolean =>
  OLD_SPELLINGS.get(from) === to || OLD_SPELLINGS.get(to) === from;

function isAlike(from: string, to: string, old: TypeShape, now: TypeShape): boolean {
  const kinds = old.fields[from]?.kinds ?? [];
  const sameKind = now.fields[to]?.kinds.some((kind) => kinds.includes(kind)) === true;
  return sameKind && distance(from, to) <= Math.max(from.length, to.length) / 2;
}

function pageMaximumChange(before: Shape, now: Shape): ShapeChange[] {
  const [was, is] = [before.contractsPageMaximum, now.contractsPageMaximum];
  if (was === null || is === null || was === is) return [];
  return [change('page-maximum', 'BillingContractListing', 'pageSize', `at most ${was}`, `at most ${is}`)];
}

const change = (kind: DriftKind, type: string, field: string, was: string, is: string): ShapeChange => ({
  kind,
  type,
  field,
  was,
  is,
});

const share = ({ objects, fields }: TypeShape, field: string): string =>
  `in ${fields[field]?.seen === objects ? 'all' : `${fields[field]?.seen ?? 0} of`} ${objects}`;

const words = ({ kinds }: FieldShape): string => kinds.join(' or ');
