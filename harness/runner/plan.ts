/** What a run would ask, and how long that takes at the rate limit. */
import type { SourceName } from '../domain/side.ts';
import type { LoadedScenario, Scenario } from '../scenario/scenario.ts';

export const PATHS = {
  regions: '/v1/regions',
  regionListing: '/v1/regions/{region}/organizations',
  organisation: '/v1/regions/{region}/organizations/{orgId}',
  partner: '/api/v2/billing/trusteebillingoverview/{orgId}',
  contracts: '/api/v2/billing/contracts',
  contract: '/api/v2/billing/contracts/{contractId}',
  period: '/api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}',
  invoices: '/api/v2/billing/contracts/invoices',
  invoiceLines: '/api/v2/billing/contracts/invoices/{invoiceId}/lines',
} as const;

/** Requests by path, as in `PATHS`. */
export type RequestCounts = Readonly<Record<string, number>>;

interface PlannedRequests {
  readonly source: SourceName;
  readonly path: string;
  readonly query: string;
  /** Null: known only once the listings have been read. */
  readonly count: number | null;
}

/** @param counts from the listings; null: they were not asked for */
function planOf(scenario: Scenario, counts: RequestCounts | null): readonly PlannedRequests[] {
  // The sandbox serves both legacy APIs, and of a scenario that names neither both are asked.
  const { legacy } = scenario;
  const usageAsked = legacy === null || legacy.usageApi !== null;
  const partnerAsked = legacy === null || legacy.partnerBilling !== null;
  const known = counts ?? countsOf(scenario);
  const row = (source: SourceName, path: string, query = ''): PlannedRequests => {
    return { source, path, query, count: known[path] ?? null };
  };
  const appIds = `?appIds=${scenario.appIds.join(',')}`;
  const { regions, regionListing, organisation, partner, ...contract } = PATHS;
  return [
    ...(usageAsked ? [regions, regionListing, organisation].map((path) => row('usage-api', path, appIds)) : []),
    ...(partnerAsked ? [row('partner-billing', partner, '?billingPeriodIndex=N')] : []),
    ...Object.values(contract).map((path) => row('contract-api', path)),
  ];
}

/** What the scenario alone tells. */
function countsOf({ orgs, checks }: Scenario): RequestCounts {
  const none = checks.invoices === 'none' ? { [PATHS.invoices]: 0, [PATHS.invoiceLines]: 0 } : {};
  if (orgs === null) return { [PATHS.regions]: 1, ...none };
  return {
    [PATHS.regions]: 1,
    [PATHS.regionListing]: new Set(orgs.map((org) => org.region)).size,
    [PATHS.organisation]: orgs.length,
    [PATHS.partner]: orgs.length,
    ...none,
  };
}

/**
 * The plan for people: requests by endpoint, and the time that those take whose number is known.
 * @param counts from the listings; null: nothing was sent
 */
export function planText({ name, scenario }: LoadedScenario, counts: RequestCounts | null): string {
  const plan = planOf(scenario, counts);
  const rows = plan.map(
    ({ source, path, query, count }) =>
      `  ${source.padEnd(16)} ${(count === null ? '?' : String(count)).padStart(6)}  ${path}${query}`,
  );
  const known = plan.reduce((total, { count }) => total + (count ?? 0), 0);
  const isWhole = plan.every(({ count }) => count !== null);
  const rate = scenario.limits.requestsPerMinute;
  return `${[
    `Plan of ${name} (${counts === null ? 'nothing is sent' : 'the listings were read, and nothing else'})`,
    `  ${'source'.padEnd(16)} ${'count'.padStart(6)}  request`,
    ...rows,
    `  ${isWhole ? '' : 'At least '}${known} requests, ${timeOf(plan, rate)} at ${rate} requests a minute for each credential.`,
    isWhole
      ? '  Retries, and second readings of what differs, come on top.'
      : '  ? = known only once the listings have been read: --dry-run=count reads them.',
  ].join('\n')}\n`;
}

/** Credentials are asked side by side: the busiest one decides. */
function timeOf(plan: readonly PlannedRequests[], requestsPerMinute: number): string {
  const bySource = new Map<SourceName, number>();
  for (const { source, count } of plan) bySource.set(source, (bySource.get(source) ?? 0) + (count ?? 0));
  const minutes = Math.max(...bySource.values()) / requestsPerMinute;
  return minutes < 1 ? 'under a minute' : `about ${Math.ceil(minutes)} minutes`;
}
