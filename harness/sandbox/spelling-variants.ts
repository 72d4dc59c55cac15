/**
 * Spellings of one value that the APIs are known to mix, and that must never be reported. The world's spelling variants, its
 * seed and `place` alone decide which one is written, so that the same value at the same place is always written alike.
 */
import type { LosslessNumber } from 'lossless-json';
import { addDays, type IsoDate } from '../domain/billing-period.ts';
import type { Decimal } from '../domain/decimal.ts';
import { number } from './json.ts';
import { variant } from './world/random.ts';
import { hasSpelling, isChosenSpelling, type SpellingContext } from './world/spellings.ts';

const padded = (value: Decimal): string => (value.includes('.') ? `${value}0` : `${value}.0`);

/** `23.74` as `2.374e1`; zero stays as it is. */
function scientific(value: Decimal): string {
  const sign = value.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') return value;
  const exponent = digits.length - 1 - fraction.length;
  const tail = digits.slice(1).replace(/0+$/, '');
  return `${sign}${digits.charAt(0)}${tail === '' ? '' : `.${tail}`}e${exponent}`;
}

/** A decimal as the legacy APIs write it: `"15"`, `"23.740"`, `" 23.74 "`, `"1.5e1"`. */
export function legacyNumber({ seed, spellings }: SpellingContext, value: Decimal, place: string): string {
  if (!hasSpelling(spellings, 'decimal-spelling')) return value;
  const ways = [value, value, padded(value), ` ${value} `, scientific(value)];
  return ways[variant(seed, `${place}=${value}`, ways.length)] ?? value;
}

/** A decimal as a JSON number of the contract API: `15`, `15.0`, `1e-6`. */
export function contractNumber({ seed, spellings }: SpellingContext, value: Decimal, place: string): LosslessNumber {
  if (/^-?0\.0{3}/.test(value) && hasSpelling(spellings, 'long-decimals')) return number(scientific(value));
  const isPadded = hasSpelling(spellings, 'decimal-spelling') && variant(seed, `${place}=${value}`, 3) === 0;
  return number(isPadded ? padded(value) : value);
}

/** Midnight UTC at the beginning of a day. */
export function legacyStart({ seed, spellings }: SpellingContext, date: IsoDate, place: string): string {
  const ways = [
    `${date}T00:00:00Z`,
    ...(hasSpelling(spellings, 'end-of-period') ? [`${date}T00:00:00.000Z`] : []),
    ...(hasSpelling(spellings, 'time-zone-offset')
      ? [`${date}T02:00:00+02:00`, `${addDays(date, -1)}T19:00:00-05:00`]
      : []),
  ];
  return ways[variant(seed, `${place}=${date}`, ways.length)] ?? `${date}T00:00:00Z`;
}

/** The last second or millisecond of a day. */
export function legacyEnd({ seed, spellings }: SpellingContext, date: IsoDate, place: string): string {
  const ways = [
    `${date}T23:59:59Z`,
    ...(hasSpelling(spellings, 'end-of-period') ? [`${date}T23:59:59.999Z`] : []),
    ...(hasSpelling(spellings, 'time-zone-offset') ? [`${addDays(date, 1)}T01:59:59+02:00`] : []),
  ];
  return ways[variant(seed, `${place}=${date}`, ways.length)] ?? `${date}T23:59:59Z`;
}

const NEVER = '9999-12-31';

/** The end of a contract on the legacy side; a contract without one leaves it out, or ends in the year 9999. */
export function legacyTermEnd(context: SpellingContext, end: IsoDate | null, place: string): string | undefined {
  if (end !== null) return legacyEnd(context, end, place);
  return saysNever(context, place) ? `${NEVER}T23:59:59Z` : undefined;
}

/** How the contract side writes that there is no end; undefined: it is left out. */
export const noEnd = (context: SpellingContext, place: string): string | undefined =>
  saysNever(context, place) ? NEVER : undefined;

const saysNever = ({ seed, spellings }: SpellingContext, place: string): boolean =>
  hasSpelling(spellings, 'no-end') && variant(seed, `no end ${place}`, 2) === 0;

/** A name in another spelling, Unicode form or case, or with a space behind. */
export function otherName({ seed, spellings }: SpellingContext, name: string, place: string): string {
  if (!hasSpelling(spellings, 'names')) return name;
  const ways = [name, name, name.normalize('NFD'), `${name} `, name.toUpperCase()];
  return ways[variant(seed, `${place}=${name}`, ways.length)] ?? name;
}

/** An id in upper case in some places. */
export const otherCase = ({ seed, spellings }: SpellingContext, id: string, place: string): string =>
  hasSpelling(spellings, 'identifiers') && variant(seed, `${place}=${id}`, 4) === 0 ? id.toUpperCase() : id;

/** One of several words of one meaning. @param words what may be written instead, itself among them */
export function otherWord(
  { seed, spellings }: SpellingContext,
  word: string,
  words: readonly string[],
  place: string,
): string {
  if (!isChosenSpelling(spellings, 'unit-words') || words.length === 0) return word;
  return words[variant(seed, `unit ${place}`, words.length)] ?? word;
}
