/** What each side really serves, seen in a few of its answers: app ids, part numbers, SKUs. */
import { isoDate } from '../domain/billing-period.ts';
import type { Decimal } from '../domain/decimal.ts';
import { HarnessError } from '../domain/errors.ts';
import type { Transport } from '../domain/exchange.ts';
import { knownValue } from '../domain/figure.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { capturePeriods } from '../sources/contract-api/capture.ts';
import { PageSizes } from '../sources/contract-api/page-size.ts';
import { walkListing } from '../sources/contract-api/paging.ts';
import { readProduct } from '../sources/contract-api/product.ts';
import type { Cursor } from '../sources/cursor.ts';
import { capturePartnerBilling } from '../sources/partner-billing/capture.ts';
import { normalisePartnerBilling } from '../sources/partner-billing/normalise.ts';
import { captureUsage } from '../sources/usage-api/capture.ts';
import { normaliseUsage } from '../sources/usage-api/normalise.ts';

/** Organisations and contracts that are looked at: enough to know the products, few enough to be quick. */
const SAMPLE = 20;
/** Of the listing of contracts. */
const MOST_PAGES = 20;

export interface Seen {
  /** As written on the wire. */
  readonly names: ReadonlySet<string>;
  /** Organisations or contracts that were looked at, and of how many. */
  readonly looked: number;
  readonly of: number;
}

export interface ServedOrg {
  readonly id: string;
  readonly name: string | null;
}

export interface ServedByUsageApi {
  /** Organisations by app id, over all regions; null: not stated. */
  readonly apps: ReadonlyMap<string, number | null>;
  readonly partNumbers: Seen;
  readonly orgs: readonly ServedOrg[];
}

const silent = (): void => undefined;
const today = (): ReturnType<typeof isoDate> => isoDate(new Date().toISOString());

/** @throws HarnessError `interrupted`. What a snapshot does not hold is not seen. */
export async function servedByUsageApi(transport: Transport, scenario: Scenario): Promise<ServedByUsageApi> {
  const { appIds, orgs } = scenario;
  const fields = scenario.legacy?.usageApi?.fields ?? {};
  const found = new Set<string>();
  const looked = new Set<string>();
  const concerns = (id: string): boolean => {
    found.add(id);
    if (looked.size < SAMPLE) looked.add(id);
    return looked.has(id);
  };
  const usage = await captureUsage({ transport, plan: silent, appIds, orgs, fields, concerns });
  const side = normaliseUsage(usage, { appIds, fields, today: today() });
  const members = side.regionListings.flatMap((listing) => listing.members.map(({ org }) => org));
  return {
    apps: new Map(appIds.map((appId) => [appId, countOf(side, appId)])),
    partNumbers: { names: partNumbersOf(side), looked: side.subscriptions.length, of: found.size },
    orgs: orgs ?? members,
  };
}

function countOf({ regionCounts }: LegacySide, appId: string): number | null {
  const counts = regionCounts
    .filter((one) => one.appId === appId)
    .map(({ count }) => knownValue<Decimal>(count))
    .filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + Number(count), 0);
}

/** @param orgs whom to look at: the first of them */
export async function servedByPartnerBilling(
  transport: Transport,
  scenario: Scenario,
  orgs: readonly ServedOrg[],
): Promise<Seen> {
  const some = orgs.slice(0, SAMPLE).map(({ id, name }) => ({ org: { id, name }, region: null }));
  const { period } = scenario;
  const capture = await capturePartnerBilling({ transport, plan: silent, orgs: some, period, today: today() });
  const side = normalisePartnerBilling(capture, today());
  return { names: partNumbersOf(side), looked: side.subscriptions.length, of: orgs.length };
}

const partNumbersOf = ({ subscriptions }: LegacySide): Set<string> =>
  new Set(
    subscriptions.flatMap(({ lines }) => lines.map(({ product }) => product)).filter((product) => product !== ''),
  );

/** SKUs of plans in the listing, and of charges in the newest periods of some contracts. */
export async function servedByContractApi(transport: Transport): Promise<Seen> {
  const walked = await walkListing({
    transport,
    plan: silent,
    path: '/api/v2/billing/contracts',
    type: 'BillingContractListing',
    what: 'the contracts',
    subject: { kind: 'contracts' },
    sizes: new PageSizes(10),
    maxPages: MOST_PAGES,
  });
  const names = new Set<string>();
  const wanted: { contractId: string; periodId: string }[] = [];
  for (const contract of walked.entities) {
    for (const plan of contract.field('plans').items()) keepSku(plan, names);
    const periods = contract.field('billingPeriods').items();
    const open = periods.find((period) => period.field('status').string() === 'Open') ?? periods.at(-1);
    const [contractId, periodId] = [contract.field('id').string(), open?.field('id').string() ?? null];
    if (contractId !== null && periodId !== null && wanted.length < SAMPLE) wanted.push({ contractId, periodId });
  }
  const { details } = await orNothing(capturePeriods({ transport, plan: silent }, wanted), {
    details: [],
    failures: [],
  });
  for (const { document } of details) {
    for (const charge of document.root.field('charges').items()) keepSku(charge, names);
  }
  const complete = walked.failure === null && wanted.length === walked.entities.length;
  return { names, looked: walked.entities.length, of: complete ? walked.entities.length : Number.POSITIVE_INFINITY };
}

function keepSku(owner: Cursor, names: Set<string>): void {
  const { sku } = readProduct(owner.field('product'));
  if (sku !== null && sku.trim() !== '') names.add(sku.trim());
}

/** A snapshot holds what its run asked for, which may be less. */
async function orNothing<T>(asked: Promise<T>, nothing: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'snapshot-missing') return nothing;
    throw error;
  }
}
