/** Calendar dates and billing periods. All dates are UTC; a period includes both its dates. */
import { Temporal } from 'temporal-polyfill';

/** `yyyy-MM-dd`, a date that exists. Texts of dates sort as the dates do. */
export type IsoDate = string & { readonly __isoDate: never };

export type PeriodStatus = 'open' | 'closed' | 'unknown';

/** A billing period: UTC dates, both inclusive. */
export interface BillingPeriod {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly status: PeriodStatus;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})?$/;

const isoOf = (date: Temporal.PlainDate): IsoDate => date.toString() as IsoDate;
const plain = (date: IsoDate): Temporal.PlainDate => Temporal.PlainDate.from(date);

/**
 * The UTC date of a date (`2026-04-30`) or an instant (`2026-04-01T02:00:00+02:00` → `2026-04-01`).
 * An instant without an offset is read as UTC. @returns null if it is neither, or does not exist (`2026-02-30`).
 */
export function parseDate(text: string): IsoDate | null {
  const trimmed = text.trim();
  try {
    if (DATE.test(trimmed)) return isoOf(Temporal.PlainDate.from(trimmed, { overflow: 'reject' }));
    if (!INSTANT.test(trimmed)) return null;
    const zoned = /(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(trimmed) ? trimmed : `${trimmed}Z`;
    return isoOf(Temporal.Instant.from(zoned).toZonedDateTimeISO('UTC').toPlainDate());
  } catch {
    return null;
  }
}

/** A date written in our own source. @throws Error if it is not one. */
export function isoDate(text: string): IsoDate {
  const parsed = parseDate(text);
  if (parsed === null) throw new Error(`not a date: ${JSON.stringify(text)}`);
  return parsed;
}

export const addDays = (date: IsoDate, days: number): IsoDate => isoOf(plain(date).add({ days }));
/** Adds months; the 29th to 31st fall back to the last day of a shorter month. */
export const addMonths = (date: IsoDate, months: number): IsoDate => isoOf(plain(date).add({ months }));
/** Whole days from one date to another; negative if the second comes first. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => plain(from).until(plain(to)).days;

/** Length of a period in days, both ends included; zero or less for a period that ends before it starts. */
export const lengthOf = (period: Pick<BillingPeriod, 'start' | 'end'>): number =>
  daysBetween(period.start, period.end) + 1;

/** Days that both periods have. */
export function overlapOf(a: Pick<BillingPeriod, 'start' | 'end'>, b: Pick<BillingPeriod, 'start' | 'end'>): number {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start > end ? 0 : daysBetween(start, end) + 1;
}

export const contains = (period: Pick<BillingPeriod, 'start' | 'end'>, date: IsoDate): boolean =>
  period.start <= date && date <= period.end;
