/** How much a run asks for beside what is compared itself: `checks` of the scenario, as far as the kind of run leaves it open. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { InvoicesAsked } from '../../domain/contract-side.ts';
import { isFirst, type Shard } from '../../domain/shard.ts';
import type { SourceName } from '../../domain/side.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { ListingDetail } from '../../sources/contract-api/by-id.ts';
import type { InvoiceChoice } from '../../sources/contract-api/invoices.ts';
import type { ContractOutline } from '../../sources/contract-api/outline.ts';
import { invoicedSince } from '../../sources/contract-api/periods-concerned.ts';

export interface AskingRun {
  readonly scenario: Scenario;
  /** Empty when the contract side is looked at alone. */
  readonly legacySources: readonly SourceName[];
  readonly shard: Shard | null;
}

/** Of closed periods, and where the contract side itself is looked at, everything is asked for. */
const isThorough = ({ scenario, legacySources }: AskingRun): boolean =>
  legacySources.length === 0 || scenario.period.kind === 'last-closed';

export function listingDetail(run: AskingRun): ListingDetail {
  const { listingDetail: chosen } = run.scenario.checks;
  return chosen === 'auto' && isThorough(run) ? 'full' : chosen;
}

/** Invoices belong to no family: they are the first shard's. */
export function invoicesAsked(run: AskingRun): InvoicesAsked {
  const { invoices } = run.scenario.checks;
  if (!isFirst(run.shard)) return 'none';
  return invoices === 'period' && isThorough(run) ? 'all' : invoices;
}

/** @param contracts all that are listed, so that every shard draws the same line */
export const invoiceChoice = (
  run: AskingRun,
  contracts: readonly Pick<ContractOutline, 'periods'>[],
  today: IsoDate,
): InvoiceChoice => ({
  asked: invoicesAsked(run),
  since: invoicedSince(contracts, run.scenario.period, today),
  // Signed links are read only where the contract side itself is what is looked at.
  documents: run.legacySources.length === 0,
});
