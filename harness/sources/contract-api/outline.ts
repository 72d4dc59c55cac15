/** What has to be known of a contract to tell whom it concerns and which of its billing periods to ask for. */
import type { ContractPeriod } from '../../domain/contract-side.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import type { OrgRef } from '../../domain/side.ts';
import { readOrgs, readPeriod } from './contract.ts';
import { type ContractBodies, type EndDates, inferEndDates } from './end-dates.ts';

export interface ContractOutline {
  readonly id: string;
  /** Of all its bodies, each id once. */
  readonly periods: readonly ContractPeriod[];
  /** Of all its bodies; one that names nobody may be anyone's. */
  readonly plans: readonly { readonly orgs: readonly OrgRef[] }[];
}

export interface Outlines {
  readonly contracts: readonly ContractOutline[];
  readonly ends: EndDates;
}

/** @param chosen how end dates are read; `auto`: as these contracts show it */
export function outlinesOf(contracts: readonly ContractBodies[], chosen: PeriodEndReading): Outlines {
  const ends = inferEndDates(contracts, chosen);
  return { contracts: contracts.map((contract) => outlineOf(contract, ends)), ends };
}

/** What an earlier body says comes before what a later one says. */
export function outlineOf({ contractId, bodies }: ContractBodies, ends: EndDates): ContractOutline {
  const periods = new Map<string, ContractPeriod>();
  for (const body of bodies) {
    const own = body
      .field('billingPeriods')
      .items()
      .flatMap((period) => {
        const periodId = period.field('id').string();
        return periodId === null ? [] : [readPeriod(period, periodId, ends)];
      });
    for (const period of own) if (!periods.has(period.id.toLowerCase())) periods.set(period.id.toLowerCase(), period);
  }
  const plans = bodies.flatMap((body) =>
    body
      .field('plans')
      .items()
      .map((plan) => ({ orgs: readOrgs(plan.field('organizations')) })),
  );
  return { id: contractId, periods: [...periods.values()], plans };
}
