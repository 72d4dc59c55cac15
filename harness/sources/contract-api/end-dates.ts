/** How the contract side's end dates are meant: not documented, so inferred from how periods follow each other. */
import { addDays, addMonths, type IsoDate } from '../../domain/billing-period.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import type { Cursor } from '../cursor.ts';

export interface EndDates {
  readonly reading: 'inclusive' | 'exclusive';
  /** Votes for it: of periods that follow each other, and of periods that last a month. */
  readonly inclusive: number;
  readonly exclusive: number;
}

/** One reading for all: the majority; inclusive where nothing speaks or both speak alike. */
export function inferEndDates(contracts: readonly Cursor[], chosen: PeriodEndReading): EndDates {
  const votes = contracts.flatMap((contract) => votesOf(spansOf(contract)));
  const count = (reading: EndDates['reading']): number => votes.filter((vote) => vote === reading).length;
  const [inclusive, exclusive] = [count('inclusive'), count('exclusive')];
  const inferred = exclusive > inclusive ? 'exclusive' : 'inclusive';
  return { reading: chosen === 'auto' ? inferred : chosen, inclusive, exclusive };
}

interface Span {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

function spansOf(contract: Cursor): Span[] {
  const spans = contract
    .field('billingPeriods')
    .items()
    .flatMap((period) => {
      const start = knownValue(period.field('dateStart').date());
      const end = knownValue(period.field('dateEnd').date());
      return start === null || end === null ? [] : [{ start, end }];
    });
  return spans.sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** Two questions of each period: where the next one starts, and where a month from its start ends. */
const votesOf = (spans: readonly Span[]): (EndDates['reading'] | null)[] =>
  spans.flatMap(({ start, end }, index) => {
    const next = spans[index + 1]?.start;
    return [next === undefined ? null : vote(end, next), vote(end, addMonths(start, 1))];
  });

const vote = (end: IsoDate, next: IsoDate): EndDates['reading'] | null =>
  next === end ? 'exclusive' : next === addDays(end, 1) ? 'inclusive' : null;

/** The last day that belongs to it, whatever the reading. */
export function inclusiveEnd(figure: Figure<IsoDate>, { reading }: EndDates): Figure<IsoDate> {
  if (figure.state !== 'known' || reading === 'inclusive') return figure;
  return { ...figure, value: addDays(figure.value, -1) };
}
