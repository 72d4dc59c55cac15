/** What a run asks first: who there is on both sides, and what belongs to no organisation. */
import { type IsoDate, parseDate } from '../../domain/billing-period.ts';
import { answeredAt, type Exchange, type Transport } from '../../domain/exchange.ts';
import type { Shard } from '../../domain/shard.ts';
import type { SourceName } from '../../domain/side.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { contractsToAsk, lacksWhatIsCompared } from '../../sources/contract-api/by-id.ts';
import {
  type CapturedContract,
  type CaptureParts,
  captureContracts,
  captureListings,
  type ListedEntry,
  type ListingCapture,
} from '../../sources/contract-api/capture.ts';
import { captureInvoices } from '../../sources/contract-api/invoices.ts';
import { fieldsOf, type WholeListing } from '../../sources/contract-api/normalise.ts';
import { type ContractOutline, outlinesOf } from '../../sources/contract-api/outline.ts';
import { probe } from '../../sources/contract-api/probes/index.ts';
import { NOT_PROBED, type Probes } from '../../sources/contract-api/probes/probe.ts';
import type { Cursor } from '../../sources/cursor.ts';
import { captureUsage, type UsageCapture, type UsageCaptureInput } from '../../sources/usage-api/capture.ts';
import { invoiceChoice, invoicesAsked, listingDetail } from './asking.ts';
import { type ShardShare, shareOf } from './share.ts';

export interface OpeningInput {
  readonly scenario: Scenario;
  readonly legacySources: readonly SourceName[];
  readonly shard: Shard | null;
  /** What the contract side is tried with on purpose; left out: nothing. */
  readonly probe?: { readonly restricted: boolean };
}

export type Asking = (source: SourceName) => { readonly transport: Transport; readonly plan: (count: number) => void };

/** Contracts that were asked for by id. */
export type ContractsById = CaptureParts & { readonly contracts: readonly CapturedContract[] };

export interface Opening {
  /** By the clock of the answers. */
  readonly today: IsoDate;
  /** Regions and their listings; nobody's own answer yet. Null: the usage API is not asked. */
  readonly usage: UsageCapture | null;
  readonly listings: ListingCapture;
  /** By contract id, in the order of the listing. */
  readonly outlines: ReadonlyMap<string, ContractOutline>;
  readonly whole: Omit<WholeListing, 'presence'>;
  /** Contracts whose listing lacks what is compared, by id. */
  readonly thin: ContractsById & { readonly ids: ReadonlySet<string> };
  /** Ids of those that are asked for by id, the thin ones among them. */
  readonly wanted: ReadonlySet<string>;
  readonly invoices: Awaited<ReturnType<typeof captureInvoices>>;
  readonly probes: Probes;
  /** Null: everybody is asked for. */
  readonly share: ShardShare | null;
}

/** Rejects only when interrupted, or when the snapshot cannot be written or lacks a request. */
export async function openCapture(run: OpeningInput, asking: Asking, usageInput: UsageCaptureInput): Promise<Opening> {
  const contractApi = asking('contract-api');
  const [usage, listings] = await Promise.all([
    run.legacySources.includes('usage-api') ? captureUsage({ ...usageInput, concerns: () => false }) : null,
    captureListings(contractApi, invoicesAsked(run) === 'none' ? 'none' : 'listed'),
  ]);
  const today = todayOf(listings.first ?? usage?.first ?? null);
  const { entries } = listings.contracts;
  // Families form from the listing; what it leaves out of a contract is asked for first, by every shard.
  const bare = entries.filter(({ entity }) => lacksWhatIsCompared(entity));
  const ids = new Set(bare.map(({ id }) => id));
  const thin = { ids, ...(await captureContracts(contractApi, bare)) };
  const byId = new Map(thin.contracts.map((contract) => [contract.contractId, contract]));
  const { contracts, ends } = outlinesOf(
    entries.map((entry) => bodiesOf(entry, byId)),
    run.scenario.periodEnd,
  );
  const [invoices, probes] = await Promise.all([
    captureInvoices(contractApi, listings, invoiceChoice(run, contracts, today)),
    probed(run, asking, listings),
  ]);
  return {
    today,
    usage,
    listings,
    outlines: new Map(contracts.map((outline) => [outline.id, outline])),
    whole: { ends, listedFields: fieldsOf(listings.contracts.entities) },
    thin,
    wanted: new Set(contractsToAsk(entries, listingDetail(run), today).map(({ id }) => id)),
    invoices,
    probes,
    share: run.shard === null ? null : shareOf(run.shard, contracts),
  };
}

/** What was read by id comes before what the listing says. */
export function bodiesOf(
  { id, entity }: ListedEntry,
  byId: ReadonlyMap<string, CapturedContract>,
): { readonly contractId: string; readonly bodies: readonly Cursor[] } {
  const own = byId.get(id);
  return { contractId: id, bodies: own === undefined ? [entity] : [own.document.root, entity] };
}

async function probed(run: OpeningInput, asking: Asking, { contracts, invoices }: ListingCapture): Promise<Probes> {
  if (run.probe === undefined) return NOT_PROBED;
  return probe({
    ...asking('contract-api'),
    ...run.probe,
    contracts: { entities: contracts.entities, complete: contracts.complete },
    invoices: {
      entities: (invoices?.entries ?? []).map(({ entity }) => entity),
      complete: invoices?.complete ?? true,
    },
  });
}

function todayOf(first: Exchange | null): IsoDate {
  const today = parseDate(first === null ? new Date().toISOString() : answeredAt(first));
  if (today === null) throw new Error('an instant without a date');
  return today;
}
