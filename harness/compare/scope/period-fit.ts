/** Which contract period stands for which legacy period. One instance a comparison: it remembers what it computed. */
import { ascending, max } from 'd3-array';
import {
  addDays,
  type BillingPeriod,
  contains,
  type IsoDate,
  lengthOf,
  overlapOf,
} from '../../domain/billing-period.ts';
import type { PeriodChoice } from '../../domain/policy.ts';

export type Span = Pick<BillingPeriod, 'start' | 'end'>;

export class PeriodFit {
  readonly #belongs = new Map<string, boolean>();
  readonly #after = new Map<IsoDate, IsoDate>();

  /** The day after. */
  after(date: IsoDate): IsoDate {
    let next = this.#after.get(date);
    if (next === undefined) {
      next = addDays(date, 1);
      this.#after.set(date, next);
    }
    return next;
  }

  /** They share more than half of the shorter one: a cut piece that lies inside, a month that is shifted by less than half. */
  belongs(piece: Span, whole: Span): boolean {
    const key = `${piece.start}${piece.end}${whole.start}${whole.end}`;
    let answer = this.#belongs.get(key);
    if (answer === undefined) {
      const shared = overlapOf(piece, whole);
      answer = shared > 0 && shared * 2 > Math.min(lengthOf(piece), lengthOf(whole));
      this.#belongs.set(key, answer);
    }
    return answer;
  }

  /** How much of the whole the pieces cover together. */
  coverage(pieces: readonly Span[], whole: Span): 'none' | 'under-half' | 'half' | 'all' {
    const sorted = [...pieces].sort((a, b) => ascending(a.start, b.start));
    let days = 0;
    let reached: IsoDate | null = null;
    for (const piece of sorted) {
      const start: IsoDate = reached !== null && reached >= piece.start ? this.after(reached) : piece.start;
      days += overlapOf({ start, end: piece.end }, whole);
      if (reached === null || piece.end > reached) reached = piece.end;
    }
    if (days === 0) return 'none';
    const length = lengthOf(whole);
    if (days === length) return 'all';
    return days * 2 >= length ? 'half' : 'under-half';
  }
}

/** The periods that a scenario asks for, where no legacy period decides. */
export function wanted<P extends BillingPeriod>(periods: readonly P[], choice: PeriodChoice, today: IsoDate): P[] {
  if (choice.kind === 'date') return periods.filter((period) => contains(period, choice.date));
  if (choice.kind === 'open') {
    return periods.filter((period) => period.status === 'open' || contains(period, today));
  }
  const ended = periods.filter((period) => period.end < today);
  const newest = max(ended, (period) => period.end);
  return ended.filter((period) => period.end === newest);
}

/** How people say a choice. */
export const choiceText = (choice: PeriodChoice): string =>
  choice.kind === 'date' ? `the billing period that contains ${choice.date}` : `the ${choice.kind} billing period`;
