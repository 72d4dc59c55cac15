/** A figure as it is compared: read off one place, or made of several; and the ways to make one of several. */
import { ascending } from 'd3-array';
import { add, compareDecimals, type Decimal, isZero, ZERO } from '../../domain/decimal.ts';
import type { Evidence, Figure } from '../../domain/figure.ts';
import type { Statement } from '../../domain/finding.ts';

export interface KnownReading<T> {
  readonly state: 'known';
  readonly value: T;
  /** The JSON text, where one place states it. */
  readonly raw: string | null;
  readonly at: Evidence | null;
  /** How it came about: `10 × 12`; null if read as it is. */
  readonly derivation: string | null;
}
export interface AbsentReading {
  readonly state: 'absent';
  readonly at: Evidence | null;
}
/** Stated, but in a way that gives no figure to compare. */
export interface UnclearReading {
  readonly state: 'unclear';
  readonly reason: string;
  readonly raw: string | null;
  readonly at: Evidence | null;
  /** True: it rests on something that no configured source carries, so that nobody could expect it. */
  readonly notProvided: boolean;
}
/** Stated in more than one way by the lines that are read together: each value once, in a fixed order. */
export interface SeveralReading<T> {
  readonly state: 'several';
  readonly values: readonly KnownReading<T>[];
  readonly at: Evidence | null;
}
/** What one place states. */
export type SingleReading<T = Decimal> = KnownReading<T> | AbsentReading | UnclearReading;
export type Reading<T = Decimal> = KnownReading<T> | AbsentReading | UnclearReading | SeveralReading<T>;

export const ABSENT: AbsentReading = { state: 'absent', at: null };

export const unclear = (reason: string, at: Evidence | null, notProvided = false): UnclearReading => ({
  state: 'unclear',
  reason,
  raw: null,
  at,
  notProvided,
});

export const made = (value: Decimal, derivation: string | null, at: Evidence | null): KnownReading<Decimal> => ({
  state: 'known',
  value,
  raw: null,
  at,
  derivation,
});

/** A figure as it stands on the wire. `noun` names it where it cannot be read. */
export function readingOf<T>(figure: Figure<T>, noun: string): SingleReading<T> {
  if (figure.state === 'known') {
    return { state: 'known', value: figure.value, raw: figure.raw, at: figure.at, derivation: null };
  }
  if (figure.state === 'absent') return { state: 'absent', at: figure.at };
  return { ...unclear(`its ${noun} cannot be read: ${figure.reason}`, figure.at), raw: figure.raw };
}

/** What a reading looks like in a finding. */
export function statementOf(reading: Reading<string>): Statement {
  if (reading.state === 'known') {
    return { value: reading.value, raw: reading.raw, at: reading.at, derivation: reading.derivation };
  }
  if (reading.state === 'several') {
    return {
      value: reading.values.map(({ value }) => value).join(' and '),
      raw: null,
      at: reading.at,
      derivation: null,
    };
  }
  return {
    value: null,
    raw: reading.state === 'unclear' ? reading.raw : null,
    at: reading.at,
    derivation: null,
  };
}

/** A value with how it came about, for sentences: `120 (10 × 12)`. */
export const readingWords = (reading: KnownReading<string>): string =>
  reading.derivation === null ? reading.value : `${reading.value} (${reading.derivation})`;

/** Where a total is not of one place: all terms written out while they are few. */
const LISTED_TERMS = 4;

/** The total of what is stated; absent if nothing is; unclear as soon as one term is. */
export function total(readings: readonly Reading[], what: string): Reading {
  return gather(readings, (known) => {
    let value: Decimal = ZERO;
    for (const reading of known) value = add(value, reading.value);
    const derivation =
      known.length <= LISTED_TERMS
        ? known.map((reading) => reading.value).join(' + ')
        : `sum of ${known.length} ${what}`;
    return made(value, derivation, known[0].at);
  });
}

/** The greatest of what is stated, over the pieces of a period that was cut. */
export function greatest(readings: readonly Reading[]): Reading {
  return gather(readings, (known) => {
    const best = known.reduce((one, next) => (compareDecimals(next.value, one.value) > 0 ? next : one));
    return { ...best, derivation: `greatest of ${known.length} pieces of the period` };
  });
}

type Several = readonly [KnownReading<Decimal>, ...KnownReading<Decimal>[]];

function gather(readings: readonly Reading[], fold: (known: Several) => Reading): Reading {
  const known: KnownReading<Decimal>[] = [];
  for (const reading of readings) {
    if (reading.state === 'unclear') return reading;
    known.push(...knownIn(reading));
  }
  const [first, ...rest] = known;
  if (first === undefined) return readings[0] ?? ABSENT;
  return rest.length === 0 ? first : fold([first, ...rest]);
}

/**
 * What lines that are read together state: one value if all who state one agree, else each value once; unclear as soon as one
 * is. The first of equal values stands for them.
 * @param same whether two values say the same; identity of text if left out.
 */
export function together<T extends string>(
  readings: readonly Reading<T>[],
  same: (a: T, b: T) => boolean = (a, b) => a === b,
): Reading<T> {
  const values: KnownReading<T>[] = [];
  for (const reading of readings) {
    if (reading.state === 'unclear') return reading;
    for (const each of knownIn(reading)) if (!values.some(({ value }) => same(value, each.value))) values.push(each);
  }
  const [first, ...others] = values;
  if (first === undefined) return readings[0] ?? ABSENT;
  if (others.length === 0) return first;
  return { state: 'several', values: [...values].sort((a, b) => ascending(a.value, b.value)), at: first.at };
}

/** Every known value of a reading. */
export const knownIn = <T>(reading: Reading<T>): readonly KnownReading<T>[] =>
  reading.state === 'known' ? [reading] : reading.state === 'several' ? reading.values : [];

/** Nothing stated, or zero. */
export const isNothing = (reading: Reading): boolean =>
  reading.state === 'absent' || (reading.state === 'known' && isZero(reading.value));

/** Known and not zero. */
export const isSomething = (reading: Reading): boolean => reading.state === 'known' && !isZero(reading.value);

/** Its value; null where none is known. */
export const valueIn = <T>(reading: Reading<T>): T | null => (reading.state === 'known' ? reading.value : null);
