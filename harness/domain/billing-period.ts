/** Calendar dates and billing periods. All dates are UTC; a period includes both its dates. */

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
const INSTANT =
  /^(?<date>\d{4}-\d{2}-\d{2})[Tt ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?(?:[Zz]|(?<sign>[+-])(?<aheadHours>\d{2}):?(?<aheadMinutes>\d{2}))?$/;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** @param ms milliseconds since 1970, UTC */
const isoOf = (ms: number): IsoDate => new Date(ms).toISOString().split('T')[0] as IsoDate;
/** Midnight, in milliseconds since 1970, UTC. */
const midnightOf = (date: IsoDate): number => Date.parse(date);

/**
 * The UTC date of a date (`2026-04-30`) or an instant (`2026-04-01T02:00:00+02:00` → `2026-04-01`).
 * An instant without an offset is read as UTC. @returns null if it is neither, or does not exist (`2026-02-30`).
 */
export function parseDate(text: string): IsoDate | null {
  const trimmed = text.trim();
  return DATE.test(trimmed) ? existing(trimmed) : dateOfInstant(trimmed);
}

/** @returns null for the 30th of February: a Date reads it as the 2nd of March. */
function existing(date: string): IsoDate | null {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && isoOf(ms) === date ? (date as IsoDate) : null;
}

/** Seconds only have to exist: offsets are of whole minutes, so that they move no instant into another day. */
function dateOfInstant(text: string): IsoDate | null {
  const parts = INSTANT.exec(text)?.groups;
  const date = existing(parts?.['date'] ?? '');
  if (parts === undefined || date === null) return null;
  const { hour, minute, second = 0, sign, aheadHours = 0, aheadMinutes = 0 } = parts;
  // A leap second is written as the 60th.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  if (Number(aheadHours) > 23 || Number(aheadMinutes) > 59) return null;
  const ahead = (Number(aheadHours) * 60 + Number(aheadMinutes)) * (sign === '-' ? -1 : 1);
  return isoOf(midnightOf(date) + (Number(hour) * 60 + Number(minute) - ahead) * MINUTE_MS);
}

/** A date written in our own source. @throws Error if it is not one. */
export function isoDate(text: string): IsoDate {
  const parsed = parseDate(text);
  if (parsed === null) throw new Error(`not a date: ${JSON.stringify(text)}`);
  return parsed;
}

export const addDays = (date: IsoDate, days: number): IsoDate => isoOf(midnightOf(date) + days * DAY_MS);

/** Adds months; the 29th to 31st fall back to the last day of a shorter month. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const day = new Date(date).getUTCDate();
  const month = new Date(date);
  month.setUTCMonth(month.getUTCMonth() + months + 1, 0);
  month.setUTCDate(Math.min(day, month.getUTCDate()));
  return isoOf(month.getTime());
}

/** Whole days from one date to another; negative if the second comes first. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => (midnightOf(to) - midnightOf(from)) / DAY_MS;

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
