/** The answers about one batch: everyone's own answers, the contracts concerned, and their billing periods. */
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { SourceName } from '../../domain/side.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import {
  asListed,
  type CapturedContract,
  captureContracts,
  capturePeriods,
  type ListedEntry,
} from '../../sources/contract-api/capture.ts';
import { outlineOf } from '../../sources/contract-api/outline.ts';
import { periodsConcerned } from '../../sources/contract-api/periods-concerned.ts';
import { sortedDocuments } from '../../sources/document.ts';
import { inFixedOrder } from '../../sources/failure.ts';
import { capturePartnerBilling, type PartnerCapture } from '../../sources/partner-billing/capture.ts';
import { captureSubscriptions, type UsageCapture, type UsageCaptureInput } from '../../sources/usage-api/capture.ts';
import { type Answers, NO_CONTRACTS } from './answers.ts';
import type { Batch } from './batch.ts';
import { spansByOrg } from './concerned.ts';
import { type Asking, bodiesOf, type ContractsById, type Opening } from './opening.ts';

interface BatchInput {
  readonly opening: Pick<Opening, 'today' | 'share' | 'usage' | 'whole' | 'thin' | 'wanted' | 'outlines'>;
  readonly scenario: Scenario;
  readonly legacySources: readonly SourceName[];
  readonly asking: Asking;
  readonly usageInput: UsageCaptureInput;
  /** The legacy side of these answers. */
  readonly legacyOf: (usage: UsageCapture | null, partner: PartnerCapture | null) => LegacySide | null;
}

export async function captureBatch(batch: Batch, input: BatchInput): Promise<Answers> {
  const { opening, scenario, legacySources, asking, usageInput, legacyOf } = input;
  const { today, share } = opening;
  const hasPartner = legacySources.includes('partner-billing');
  const [usage, partner, byId] = await Promise.all([
    opening.usage === null ? null : subscriptionsOf(opening.usage, batch, usageInput),
    hasPartner
      ? capturePartnerBilling({ ...asking('partner-billing'), orgs: batch.partner, period: scenario.period, today })
      : null,
    contractsById(batch, opening, asking),
  ]);
  const contracts = batch.entries.flatMap((entry) => {
    const { asked, read } = byId;
    return asked.has(entry) ? (read.get(entry.id) ?? []) : asListed(entry);
  });
  const known = new Set(contracts.map(({ contractId }) => contractId));
  const concerned = batch.entries
    .filter(({ id }) => known.has(id))
    .map((entry) => outlineOf(bodiesOf(entry, byId.read), opening.whole.ends))
    .filter((outline) => share === null || share.concerns(outline));
  const spans = spansByOrg(legacyOf(usage, partner));
  const periods = await capturePeriods(
    asking('contract-api'),
    periodsConcerned(concerned, scenario.period, today, spans),
  );
  return {
    usage,
    partner,
    contracts: {
      ...NO_CONTRACTS,
      listed: batch.entries.map(({ entity }) => entity),
      contracts,
      invoices: batch.invoices,
      pages: { contracts: [batch.entities], invoices: [batch.invoiceEntities], strayLines: [] },
      failures: inFixedOrder(byId.failures),
      documents: sortedDocuments(byId.documents),
    },
    periods,
  };
}

/** Without what the opening holds: regions and their listings. */
async function subscriptionsOf(opened: UsageCapture, batch: Batch, input: UsageCaptureInput): Promise<UsageCapture> {
  const answers = await captureSubscriptions(input, batch.usage);
  return { ...opened, regions: null, listings: [], named: [], ...answers };
}

interface ReadById {
  readonly asked: ReadonlySet<ListedEntry>;
  readonly read: ReadonlyMap<string, CapturedContract>;
  readonly failures: ContractsById['failures'];
  readonly documents: ContractsById['documents'];
}

/** A contract that concerns other shards alone is not asked for by id. */
async function contractsById(batch: Batch, opening: BatchInput['opening'], asking: Asking): Promise<ReadById> {
  const { thin, wanted, outlines, share } = opening;
  const isOwn = ({ id }: ListedEntry): boolean => {
    const outline = outlines.get(id);
    return share === null || outline === undefined || share.concerns(outline);
  };
  const asked = batch.entries.filter((entry) => wanted.has(entry.id) && !thin.ids.has(entry.id) && isOwn(entry));
  const answers = await captureContracts(asking('contract-api'), asked);
  const ids = new Set(batch.entries.map(({ id }) => id));
  const early = thin.contracts.filter(({ contractId }) => ids.has(contractId));
  return {
    asked: new Set([...asked, ...batch.entries.filter(({ id }) => thin.ids.has(id))]),
    read: new Map([...early, ...answers.contracts].map((contract) => [contract.contractId, contract])),
    failures: [...(batch.own === null ? thin.failures : []), ...answers.failures],
    documents: [...early.map(({ document }) => document), ...answers.documents],
  };
}
