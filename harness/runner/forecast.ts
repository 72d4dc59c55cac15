/** How many requests a run will send, from the listings alone. */
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import { answeredAt } from '../domain/exchange.ts';
import type { RunListener } from '../domain/run-event.ts';
import type { LoadedScenario, Scenario } from '../scenario/scenario.ts';
import { contractsToAsk } from '../sources/contract-api/by-id.ts';
import { captureListings, type ListingCapture } from '../sources/contract-api/capture.ts';
import { isLookedAt } from '../sources/contract-api/invoices.ts';
import { outlinesOf } from '../sources/contract-api/outline.ts';
import { periodsConcerned } from '../sources/contract-api/periods-concerned.ts';
import { captureUsage, type UsageCapture } from '../sources/usage-api/capture.ts';
import { normaliseUsage } from '../sources/usage-api/normalise.ts';
import { type AskingRun, invoiceChoice, invoicesAsked, listingDetail } from './capture/asking.ts';
import { partnerOrgs } from './capture/concerned.ts';
import type { RunOptions } from './options.ts';
import { PATHS, type RequestCounts } from './plan.ts';
import { allSources, type OpenSides, openSides, settleSides } from './sides.ts';

export interface Forecast {
  readonly counts: RequestCounts;
  /** What could not be listed, so that what hangs on it is not counted. */
  readonly failures: readonly string[];
}

/**
 * Reads the listings of both sides, and nothing else: requests by endpoint, the listings among them. Second readings and retries
 * cannot be foreseen. Billing periods are those of the scenario's choice; legacy may speak of another beside them.
 * @throws HarnessError `usage`, `configuration`, `interrupted`, `snapshot-*`
 */
export async function forecast(
  { scenario }: LoadedScenario,
  origins: RunOptions,
  signal: AbortSignal,
): Promise<Forecast> {
  const listen: RunListener = () => undefined;
  const options = await settleSides(scenario, origins, true);
  const sides = await openSides({ scenario, options, withLegacy: true, listen, signal });
  try {
    const run: AskingRun = { scenario, legacySources: sides.legacySources, shard: options.shard };
    const asking = { transport: allSources(sides), plan: listen as () => void };
    const [usage, listings] = await Promise.all([
      usageListings(sides, scenario, asking),
      captureListings(asking, invoicesAsked(run) === 'none' ? 'none' : 'listed'),
    ]);
    const first = listings.first ?? usage?.first ?? null;
    const today = parseDate(first === null ? new Date().toISOString() : answeredAt(first));
    if (today === null) throw new Error('an instant without a date');
    return {
      counts: { ...legacyCounts(sides, scenario, usage, today), ...contractCounts(run, listings, today) },
      failures: [...(usage?.failures ?? []), ...listings.failures].map(({ message }) => message),
    };
  } finally {
    await sides.close();
  }
}

type Asking = Parameters<typeof captureListings>[0];

async function usageListings(sides: OpenSides, { appIds, orgs, legacy }: Scenario, asking: Asking) {
  if (!sides.legacySources.includes('usage-api')) return null;
  const fields = legacy?.usageApi?.fields ?? {};
  return captureUsage({ ...asking, appIds, orgs, fields, concerns: () => false });
}

function legacyCounts(
  { legacySources }: OpenSides,
  scenario: Scenario,
  usage: UsageCapture | null,
  today: IsoDate,
): RequestCounts {
  const fields = scenario.legacy?.usageApi?.fields ?? {};
  const normal = usage === null ? null : normaliseUsage(usage, { appIds: scenario.appIds, fields, today });
  const partner = legacySources.includes('partner-billing') ? partnerOrgs(scenario, normal).length : 0;
  // Of a closed period index 0 is asked first: it may be the ended one still.
  const each = scenario.period.kind === 'open' ? 1 : 2;
  return {
    ...(usage === null
      ? {}
      : {
          [PATHS.regions]: 1,
          [PATHS.regionListing]: new Set(usage.listings.map(({ region }) => region)).size,
          [PATHS.organisation]: usage.named.length,
        }),
    [PATHS.partner]: partner * each,
  };
}

function contractCounts(run: AskingRun, listings: ListingCapture, today: IsoDate): RequestCounts {
  const { scenario } = run;
  const { entries } = listings.contracts;
  const { contracts } = outlinesOf(
    entries.map(({ id, entity }) => ({ contractId: id, bodies: [entity] })),
    scenario.periodEnd,
  );
  const invoices = listings.invoices?.entries ?? [];
  const pages = (path: string): number => listings.paging.find(({ listing }) => listing === path)?.pages ?? 0;
  return {
    [PATHS.contracts]: pages(PATHS.contracts),
    [PATHS.contract]: contractsToAsk(entries, listingDetail(run), today).length,
    [PATHS.period]: periodsConcerned(contracts, scenario.period, today, new Map()).length,
    [PATHS.invoices]: pages(PATHS.invoices),
    [PATHS.invoiceLines]: invoices.filter(isLookedAt(invoiceChoice(run, contracts, today))).length,
  };
}
