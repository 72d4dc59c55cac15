/** How the contract side's end dates are meant: not documented, so inferred from how periods follow each other. */
import { addDays, addMonths, type IsoDate } from '../../domain/billing-period.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import type { Cursor } from '../cursor.ts';

export interface EndDates {
  readonly reading: 'inclusive' | 'exclusive';
  /** Votes for each reading, of adjacent periods and of whole months. */
  readonly inclusive: number;
  readonly exclusive: number;
}

/** One reading for all: the majority; inclusive where nothing speaks or both speak alike. */
export function inferEndDates(contracts: readonly Cursor[], chosen: PeriodEndReading): EndDates {
  const votes = { inclusive: 0, exclusive: 0 };
  for (const contract of contracts) {
    const periods = contract
      .field('billingPeriods')
      .items()
      .flatMap((period) => {
        const [start, end] = [knownValue(period.field('dateStart').date()), knownValue(period.field('dateEnd').date())];
        return start === null || end === null ? [] : [{ start, end }];
      })
      .sort((a, b) => (a.start < b.start ? -1 : 1));
    periods.forEach((period, index) => {
      count(votes, period.end, period.start, periods[index + 1]?.start ?? null);
    });
  }
  const inferred = votes.exclusive > votes.inclusive ? 'exclusive' : 'inclusive';
  return { reading: chosen === 'auto' ? inferred : chosen, ...votes };
}

function count(
  votes: { inclusive: number; exclusive: number },
  end: IsoDate,
  start: IsoDate,
  next: IsoDate | null,
): void {
  const month = addMonths(start, 1);
  if (next === end || (next === null && end === month)) votes.exclusive += 1;
  else if (next === addDays(end, 1) || (next === null && end === addDays(month, -1))) votes.inclusive += 1;
}

/** The last day that belongs to it, whatever the reading. */
export function inclusiveEnd(figure: Figure<IsoDate>, { reading }: EndDates): Figure<IsoDate> {
  if (figure.state !== 'known' || reading === 'inclusive') return figure;
  return { ...figure, value: addDays(figure.value, -1) };
}
