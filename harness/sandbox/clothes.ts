/**
 * The same fact in other clothes: spellings that the APIs are known to mix and that must never be reported. Which one is
 * worn depends on the seed and on `place` alone, so that the same value at the same place is always written alike.
 */
import type { LosslessNumber } from 'lossless-json';
import { addDays, type IsoDate } from '../domain/billing-period.ts';
import type { Decimal } from '../domain/decimal.ts';
import { number } from './json.ts';
import { variant } from './world/random.ts';

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
export function legacyNumber(seed: number, value: Decimal, place: string): string {
  const spellings = [value, value, padded(value), ` ${value} `, scientific(value)];
  return spellings[variant(seed, `${place}=${value}`, spellings.length)] ?? value;
}

/** A decimal as a JSON number of the contract API: `15`, `15.0`, `1e-6`. */
export function contractNumber(seed: number, value: Decimal, place: string): LosslessNumber {
  if (/^-?0\.0{3}/.test(value)) return number(scientific(value));
  return number(variant(seed, `${place}=${value}`, 3) === 0 ? padded(value) : value);
}

/** Midnight UTC at the beginning of a day. */
export function legacyStart(seed: number, date: IsoDate, place: string): string {
  const spellings = [
    `${date}T00:00:00Z`,
    `${date}T00:00:00.000Z`,
    `${date}T02:00:00+02:00`,
    `${addDays(date, -1)}T19:00:00-05:00`,
  ];
  return spellings[variant(seed, `${place}=${date}`, spellings.length)] ?? `${date}T00:00:00Z`;
}

/** The last second or millisecond of a day. */
export function legacyEnd(seed: number, date: IsoDate, place: string): string {
  const spellings = [`${date}T23:59:59Z`, `${date}T23:59:59.999Z`, `${addDays(date, 1)}T01:59:59+02:00`];
  return spellings[variant(seed, `${place}=${date}`, spellings.length)] ?? `${date}T23:59:59Z`;
}

/** A name in another spelling, Unicode form or case, or with a space behind. */
export function otherName(seed: number, name: string, place: string): string {
  const spellings = [name, name, name.normalize('NFD'), `${name} `, name.toUpperCase()];
  return spellings[variant(seed, `${place}=${name}`, spellings.length)] ?? name;
}

/** An id in upper case in some places. */
export const otherCase = (seed: number, id: string, place: string): string =>
  variant(seed, `${place}=${id}`, 4) === 0 ? id.toUpperCase() : id;
