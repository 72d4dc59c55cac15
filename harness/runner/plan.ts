/** What a run would ask, and how long that takes at the rate limit; without sending anything. */
import type { LoadedScenario, Scenario } from '../scenario/scenario.ts';

interface PlannedRequests {
  readonly source: string;
  readonly path: string;
  /** Null: known only once the listings have been read. */
  readonly count: number | null;
}

function planOf(scenario: Scenario): readonly PlannedRequests[] {
  const appIds = scenario.appIds.join(',');
  const orgs = scenario.orgs;
  const regions = orgs === null ? null : new Set(orgs.map((org) => org.region)).size;
  const usage: PlannedRequests[] = [
    { source: 'usage-api', path: `/v1/regions?appIds=${appIds}`, count: 1 },
    { source: 'usage-api', path: `/v1/regions/{region}/organizations?appIds=${appIds}`, count: regions },
    {
      source: 'usage-api',
      path: `/v1/regions/{region}/organizations/{orgId}?appIds=${appIds}`,
      count: orgs?.length ?? null,
    },
  ];
  const partner: PlannedRequests[] = [
    {
      source: 'partner-billing',
      path: '/api/v2/billing/trusteebillingoverview/{orgId}?billingPeriodIndex=N',
      count: orgs?.length ?? null,
    },
  ];
  const contract = [
    '/api/v2/billing/contracts',
    '/api/v2/billing/contracts/{contractId}',
    '/api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}',
    '/api/v2/billing/contracts/invoices',
    '/api/v2/billing/contracts/invoices/{invoiceId}/lines',
  ].map((path) => ({ source: 'contract-api', path, count: null }));
  const usageAsked = scenario.sandbox !== null || (scenario.legacy?.usageApi ?? null) !== null;
  const partnerAsked = scenario.sandbox === null && (scenario.legacy?.partnerBilling ?? null) !== null;
  return [...(usageAsked ? usage : []), ...(partnerAsked ? partner : []), ...contract];
}

/** The plan for people: requests by endpoint, and the time that those take whose number is known. */
export function planText({ name, scenario }: LoadedScenario): string {
  const plan = planOf(scenario);
  const rows = plan.map(
    ({ source, path, count }) =>
      `  ${source.padEnd(16)} ${(count === null ? '?' : String(count)).padStart(6)}  ${path}`,
  );
  const known = plan.reduce((total, { count }) => total + (count ?? 0), 0);
  const minutes = known / scenario.limits.requestsPerMinute;
  const time = minutes < 1 ? 'under a minute' : `about ${Math.ceil(minutes)} minutes`;
  return `${[
    `Plan of ${name} (nothing is sent)`,
    `  ${'source'.padEnd(16)} ${'count'.padStart(6)}  request`,
    ...rows,
    `  At least ${known} requests, ${time} at ${scenario.limits.requestsPerMinute} requests a minute for each credential.`,
    '  ? = known only once the listings have been read.',
  ].join('\n')}\n`;
}
