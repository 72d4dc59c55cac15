/** Which billing periods of which contracts a comparison needs. */
import { addDays, addMonths, contains, type IsoDate, lengthOf, overlapOf } from '../../domain/billing-period.ts';
import { periodStatus, statedPeriod } from '../../domain/contract-period.ts';
import type { ContractPeriod } from '../../domain/contract-side.ts';
import type { PeriodChoice } from '../../domain/policy.ts';

import type { ContractOutline } from './outline.ts';

export interface Span {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

export interface WantedPeriod {
  readonly contractId: string;
  readonly periodId: string;
}

/**
 * The period that the scenario asks for, and each that overlaps a period that legacy speaks of for one of the contract's
 * organisations (a period may be cut in two by an amendment, or lie shifted). Periods without dates are wanted too: their
 * detail may state them. Each id once, however often a contract lists it.
 * @param legacyPeriods by organisation id
 */
export function periodsConcerned(
  contracts: readonly ContractOutline[],
  choice: PeriodChoice,
  today: IsoDate,
  legacyPeriods: ReadonlyMap<string, readonly Span[]>,
): WantedPeriod[] {
  const all = [...legacyPeriods.values()].flat();
  return contracts.flatMap((contract) => {
    const orgs = new Set(contract.plans.flatMap((plan) => plan.orgs.map(({ id }) => id)));
    // Plans that name nobody: the contract may be anyone's.
    const spans = orgs.size === 0 ? distinct(all) : [...orgs].flatMap((id) => legacyPeriods.get(id) ?? []);
    const chosen = chooser(contract.periods, choice, today);
    const wanted = contract.periods.filter((period) => {
      const dates = statedPeriod(period);
      return dates === null || chosen(period, dates) || spans.some((span) => overlapOf(span, dates) > 0);
    });
    return eachOnce(wanted.map(({ id }) => id)).map((periodId) => ({ contractId: contract.id, periodId }));
  });
}

/** A billing period of fewer days was cut; what was billed for its other piece is looked at, too. */
const SHORTEST_MONTH = 28;

/**
 * The first day of the earliest billing period that the scenario asks for; of a period that an amendment cut, of the month that
 * ends with it. The same in every shard, as it is taken from the whole listing. Null: some contract's periods are not listed.
 */
export function invoicedSince(
  contracts: readonly Pick<ContractOutline, 'periods'>[],
  choice: PeriodChoice,
  today: IsoDate,
): IsoDate | null {
  let since: IsoDate | null = null;
  for (const { periods } of contracts) {
    const chosen = chooser(periods, choice, today);
    for (const period of periods) {
      const dates = statedPeriod(period);
      if (dates === null) return null;
      if (!chosen(period, dates)) continue;
      const start = lengthOf(dates) < SHORTEST_MONTH ? addDays(addMonths(dates.end, -1), 1) : dates.start;
      if (since === null || start < since) since = start;
    }
    if (periods.length === 0) return null;
  }
  return since;
}

/** Ids without case; of several spellings the first. */
const eachOnce = (ids: readonly string[]): string[] =>
  ids.filter((id, index) => ids.findIndex((other) => other.toLowerCase() === id.toLowerCase()) === index);

const distinct = (spans: readonly Span[]): Span[] => [
  ...new Map(spans.map((span) => [`${span.start} ${span.end}`, span])).values(),
];

type Chooser = (period: ContractPeriod, dates: Span) => boolean;

function chooser(periods: readonly ContractPeriod[], choice: PeriodChoice, today: IsoDate): Chooser {
  if (choice.kind === 'date') return (_, dates) => contains(dates, choice.date);
  if (choice.kind === 'open') {
    return ({ status }, dates) => {
      const stated = periodStatus(status);
      return stated === 'unknown' ? contains(dates, today) : stated === 'open';
    };
  }
  const closed = periods.flatMap((period) => statedPeriod(period) ?? []).filter(({ end }) => end < today);
  const newest = closed.reduce<IsoDate | null>((last, { end }) => (last === null || end > last ? end : last), null);
  return (_, { end }) => end === newest;
}
