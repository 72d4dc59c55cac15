/** How the contract side's end dates are meant: not documented, so inferred, for each kind of end by itself. */
import { addDays, addMonths, type IsoDate } from '../../domain/billing-period.ts';
import type { EndReading } from '../../domain/contract-side.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import type { Cursor } from '../cursor.ts';

export interface EndDates {
  /** Of billing periods, and of plan items and invoice lines, which follow them. */
  readonly periods: EndReading;
  /** Of contracts and ramps. */
  readonly terms: EndReading;
}

type EndReadingKind = EndReading['reading'];
type Vote = EndReadingKind | null;

/** The bodies that speak of one contract: by id, and its entry in the listing. */
export interface ContractBodies {
  readonly contractId: string;
  readonly bodies: readonly Cursor[];
}

/**
 * The majority of all that speaks. Where nothing speaks or both speak alike, periods are inclusive, and ends of contracts and
 * ramps as those of periods.
 */
export function inferEndDates(contracts: readonly ContractBodies[], chosen: PeriodEndReading): EndDates {
  const read = contracts.map(({ bodies }) => ({ bodies, spans: spansOf(bodies) }));
  const periods = decide(
    read.flatMap(({ spans }) => votesOf(spans)),
    chosen,
    'inclusive',
  );
  const terms = decide(
    read.flatMap(({ bodies, spans }) => termVotes(bodies, spans)),
    chosen,
    periods.reading,
  );
  return { periods, terms };
}

function decide(votes: readonly Vote[], chosen: PeriodEndReading, otherwise: EndReadingKind): EndReading {
  const count = (reading: EndReadingKind): number => votes.filter((each) => each === reading).length;
  const [inclusive, exclusive] = [count('inclusive'), count('exclusive')];
  const inferred = exclusive === inclusive ? otherwise : exclusive > inclusive ? 'exclusive' : 'inclusive';
  return { reading: chosen === 'auto' ? inferred : chosen, inclusive, exclusive };
}

interface Span {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

/** Each billing period once, by its start. */
function spansOf(bodies: readonly Cursor[]): Span[] {
  const periods = new Map<string, Cursor>();
  for (const period of bodies.flatMap((body) => body.field('billingPeriods').items())) {
    const id = period.field('id').string()?.toLowerCase() ?? period.at.pointer;
    if (!periods.has(id)) periods.set(id, period);
  }
  const spans = [...periods.values()].flatMap((period) => {
    const start = knownValue(period.field('dateStart').date());
    const end = knownValue(period.field('dateEnd').date());
    return start === null || end === null ? [] : [{ start, end }];
  });
  return spans.sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** Two questions of each period: where the next one starts, and where a month from its start ends. */
const votesOf = (spans: readonly Span[]): Vote[] =>
  spans.flatMap(({ start, end }, index) => {
    const next = spans[index + 1]?.start;
    return [next === undefined ? null : vote(end, next), vote(end, addMonths(start, 1))];
  });

const vote = (end: IsoDate, next: IsoDate): Vote =>
  next === end ? 'exclusive' : next === addDays(end, 1) ? 'inclusive' : null;

/** The end of the contract and that of its ramp: each lies where one of the contract's periods begins, or the day before. */
function termVotes(bodies: readonly Cursor[], spans: readonly Span[]): Vote[] {
  const stated = (name: string): IsoDate | null =>
    bodies.map((body) => knownValue(body.field(name).endDate())).find((date) => date !== null) ?? null;
  const start = stated('dateStart');
  const starts = new Set(spans.map((span) => span.start));
  const anchors = anchorsOf(start, spans[0]?.start ?? null);
  const begins = (day: IsoDate): boolean => starts.has(day) || anchors.some((anchor) => isMonthsAfter(anchor, day));
  return [stated('dateEnd'), stated('dateRampEnd')].map((end) => {
    if (end === null) return null;
    const [onTheDay, nextDay] = [begins(end), begins(addDays(end, 1))];
    return onTheDay === nextDay ? null : onTheDay ? 'exclusive' : 'inclusive';
  });
}

/** Days from which months are counted: the contract's first, and that of its first period where the two do not go together. */
const anchorsOf = (contract: IsoDate | null, period: IsoDate | null): IsoDate[] => {
  if (contract === null || period === null) return [contract ?? period].filter((day) => day !== null);
  return contract === period || isMonthsAfter(contract, period) ? [contract] : [contract, period];
};

/** A whole number of months after the anchor: of an anchor on the 29th to 31st, the last day of a shorter month, too. */
function isMonthsAfter(anchor: IsoDate, day: IsoDate): boolean {
  const monthOf = (date: IsoDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  const months = monthOf(day) - monthOf(anchor);
  return months > 0 && addMonths(anchor, months) === day;
}

/** The last day that belongs to it, whatever the reading. */
export function inclusiveEnd(figure: Figure<IsoDate>, { reading }: EndReading): Figure<IsoDate> {
  if (figure.state !== 'known' || reading === 'inclusive') return figure;
  return { ...figure, value: addDays(figure.value, -1) };
}
