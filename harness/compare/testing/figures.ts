/** Figures for tests, written as short as they read. */
import { type IsoDate, isoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Evidence, Figure } from '../../domain/figure.ts';

/** What a test says of a figure: a value, nothing (left out), or text that cannot be read. */
export type Told = string | number | null | undefined | { readonly bad: string };

/** The same for people. */
export const said = (value: Told): string =>
  value === null || value === undefined
    ? 'nothing'
    : typeof value === 'object'
      ? JSON.stringify(value.bad)
      : String(value);

export const at = (place: string, pointer = '/'): Evidence => ({ exchange: place, pointer });

const told = <T>(value: Told, place: string | Evidence, read: (text: string) => T): Figure<T> => {
  const where = typeof place === 'string' ? at(place) : place;
  if (value === null || value === undefined) return { state: 'absent', at: where };
  if (typeof value === 'object') {
    const raw = JSON.stringify(value.bad);
    return { state: 'unreadable', raw, reason: `${raw} is not a number`, at: where };
  }
  return { state: 'known', value: read(String(value)), raw: JSON.stringify(value), at: where };
};

export const number = (value: Told, place: string | Evidence = 'x'): Figure => told(value, place, decimal);
export const text = (value: Told, place: string | Evidence = 'x'): Figure<string> => told(value, place, String);
export const date = (value: Told, place: string | Evidence = 'x'): Figure<IsoDate> => told(value, place, isoDate);
