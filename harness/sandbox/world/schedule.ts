/** When an account's contracts begin, end, renew and are amended, and the billing periods that follow from it. */
import { addDays, addMonths, daysBetween, type IsoDate, isoDate, parseDate } from '../../domain/billing-period.ts';
import { HISTORY, TODAY } from './clock.ts';
import type { Account, Agreement, Cut, Period } from './facts.ts';
import type { Random } from './random.ts';

/** What kind of history an account has. */
export type Shape = 'plain' | 'ramp' | 'renewed' | 'cut-contracts' | 'cut-periods' | 'monthly' | 'trial';

export type Schedule = Pick<Account, 'agreements' | 'ramp' | 'periods' | 'cut'>;

const LEAP_DAY = isoDate('2024-02-29');

/** Day of the month on which billing periods begin; `leap` begins on the 29th of February. */
export type EffectiveDay = number | 'leap';

/** A date so many months before the world's first day, or earlier where that month lacks the day. */
export function startOn(day: number, monthsBack: number): IsoDate {
  for (let back = monthsBack; ; back += 1) {
    const month = addMonths(isoDate('2026-04-01'), 0 - back).slice(0, 8);
    const date = parseDate(`${month}${String(day).padStart(2, '0')}`);
    if (date !== null) return date;
  }
}

/** Counted from one day for ever: time that passes moves no first day. */
function firstDay(shape: Shape, day: EffectiveDay, random: Random): IsoDate {
  if (shape === 'trial') return addDays(TODAY, 0 - random.int(2, 50));
  if (shape === 'renewed') return startOn(day === 'leap' ? 29 : day, random.int(15, 22));
  return day === 'leap' ? LEAP_DAY : startOn(day, random.int(3, 30));
}

/** All billing periods from the first day to the open one; the last twelve are served. */
export function periodsFrom(first: IsoDate, today: IsoDate, moving: boolean): Period[] {
  const starts: IsoDate[] = [];
  for (let month = 0; addMonths(first, month) <= today; month += 1) starts.push(addMonths(first, month));
  const after = addMonths(first, starts.length);
  const served = starts.slice(-HISTORY);
  const shift = moving ? windowShift(starts) : 0;
  return served.map((start, place) => {
    const next = served[place + 1];
    const end = addDays(next ?? after, -1);
    const ago = served.length - 1 - place;
    const index = place + shift;
    if (!moving) return { index, ago, start, end, open: ago === 0, fresh: ago === 0 };
    if (ago > 0) return { index, ago, start, end, open: false, fresh: end >= TODAY };
    const elapsed = { days: daysBetween(start, today) + 1, of: daysBetween(start, end) + 1 };
    return { index, ago, start, end, open: true, fresh: true, elapsed };
  });
}

/** How many periods have left the window of those that are served since the world's first day. */
const windowShift = (starts: readonly IsoDate[]): number =>
  Math.max(0, starts.length - HISTORY) - Math.max(0, starts.filter((start) => start <= TODAY).length - HISTORY);

/** In a world that moves, an amendment comes on a day of its own in the period of the world's first day, and stays. */
function comingCut(style: Cut['style'], first: IsoDate, today: IsoDate, random: Random): Cut | null {
  const period = periodsFrom(first, TODAY, false).at(-1);
  if (period === undefined) return null;
  const on = addDays(period.start, random.int(1, daysBetween(period.start, period.end)));
  return on <= today ? { on, style } : null;
}

/** The last day of the term of so many years that has not ended yet. */
export function termEnd(first: IsoDate, years: number, today: IsoDate): IsoDate {
  for (let months = 12 * years; ; months += 12) {
    const end = addDays(addMonths(first, months), -1);
    if (end >= today) return end;
  }
}

const isCut = (shape: Shape): boolean => shape === 'cut-contracts' || shape === 'cut-periods';
const styleOf = (shape: Shape): Cut['style'] => (shape === 'cut-contracts' ? 'two-contracts' : 'two-periods');

function cutOf(shape: Shape, periods: readonly Period[], today: IsoDate, random: Random): Cut | null {
  const open = periods.at(-1);
  if (open === undefined || !isCut(shape)) return null;
  const elapsed = daysBetween(open.start, today);
  if (elapsed < 1) return null;
  const on = addDays(open.start, random.int(1, elapsed));
  return { on, style: styleOf(shape) };
}

function agreementsOf(shape: Shape, first: IsoDate, cut: Cut | null, today: IsoDate, random: Random): Agreement[] {
  if (shape === 'monthly' || shape === 'trial') return [{ number: 1, start: first, end: null }];
  if (shape === 'renewed') {
    const renewal = addMonths(first, 12);
    const end = termEnd(renewal, random.int(1, 2), today);
    return [
      { number: 1, start: first, end: addDays(renewal, -1) },
      { number: 2, start: renewal, end },
    ];
  }
  const end = termEnd(first, random.int(1, 3), today);
  if (cut?.style !== 'two-contracts') return [{ number: 1, start: first, end }];
  return [
    { number: 1, start: first, end: addDays(cut.on, -1) },
    { number: 2, start: cut.on, end },
  ];
}

/** @param clock the day at which the world stands, and whether it moves on from there */
export function scheduleOf(
  shape: Shape,
  day: EffectiveDay,
  { today, moving }: { readonly today: IsoDate; readonly moving: boolean },
  random: Random,
): Schedule {
  const first = firstDay(shape, day, random);
  const periods = periodsFrom(first, today, moving);
  const cut =
    moving && isCut(shape) ? comingCut(styleOf(shape), first, today, random) : cutOf(shape, periods, today, random);
  const ramp = shape === 'ramp' ? { start: first, end: addDays(addMonths(first, random.int(1, 3)), -1) } : null;
  return { agreements: agreementsOf(shape, first, cut, today, random), ramp, periods, cut };
}

/** An account without a history: terms of so many years that follow each other, or month to month. */
export function scheduleFrom(
  first: IsoDate,
  termYears: number | null,
  { today, moving }: { readonly today: IsoDate; readonly moving: boolean },
): Schedule {
  const end = termYears === null ? null : termEnd(first, termYears, today);
  return {
    agreements: [{ number: 1, start: first, end }],
    ramp: null,
    periods: periodsFrom(first, today, moving),
    cut: null,
  };
}
