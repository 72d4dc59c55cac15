/** Which billing periods of which contracts a comparison needs. */
import { contains, type IsoDate, overlapOf } from '../../domain/billing-period.ts';
import type { Contract } from '../../domain/contract-side.ts';
import { knownValue } from '../../domain/figure.ts';
import type { PeriodChoice } from '../../domain/policy.ts';

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
 * organisations (a period may be cut in two by an amendment, or lie shifted).
 * @param legacyPeriods by organisation id
 */
export function periodsConcerned(
  contracts: readonly Contract[],
  choice: PeriodChoice,
  today: IsoDate,
  legacyPeriods: ReadonlyMap<string, readonly Span[]>,
): WantedPeriod[] {
  return contracts.flatMap((contract) => {
    const orgs = new Set(contract.plans.flatMap((plan) => plan.orgs.map(({ id }) => id)));
    const spans = [...orgs].flatMap((id) => legacyPeriods.get(id) ?? []);
    const newestClosed = contract.periods.reduce<IsoDate | null>((newest, period) => {
      const end = knownValue(period.end);
      return end !== null && end < today && (newest === null || end > newest) ? end : newest;
    }, null);
    return contract.periods
      .filter((period) => {
        const [start, end] = [knownValue(period.start), knownValue(period.end)];
        // Without dates nothing can be excluded: its detail may state them.
        if (start === null || end === null) return true;
        if (spans.some((span) => overlapOf(span, { start, end }) > 0)) return true;
        if (choice.kind === 'open') return knownValue(period.status) === 'Open';
        return choice.kind === 'last-closed' ? end === newestClosed : contains({ start, end }, choice.date);
      })
      .map(({ id: periodId }) => ({ contractId: contract.id, periodId }));
  });
}
