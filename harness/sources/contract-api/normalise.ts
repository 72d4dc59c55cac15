/** From the contract API's answers to the contract side. Pure. */

import type { CaptureFailure, CaptureSubject, SchemaNote } from '../../domain/capture.ts';
import { usablePeriod } from '../../domain/contract-period.ts';
import type { ContractPeriod, ContractSide, Invoice, InvoiceLine, PeriodDetail } from '../../domain/contract-side.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import type { Shape } from '../../domain/shape.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, sortedDocuments } from '../document.ts';
import { unusable } from '../failure.ts';
import type { CapturedInvoice, ContractCapture, PeriodCapture } from './capture.ts';
import { readCharge, readWallet } from './charge.ts';
import { type ReadContract, readContract, readPeriod } from './contract.ts';
import { type EndDates, inclusiveEnd, inferEndDates } from './end-dates.ts';
import { linesOf } from './lines.ts';
import { missingHeaders } from './probes/headers.ts';
import type { Probes } from './probes/probe.ts';
import { contractRecords } from './records.ts';
import { againstBaseline } from './shape/drift.ts';
import { observeShape } from './shape/observe.ts';
import { unionOf } from './union.ts';
import { type FieldPresence, joinPresence, presenceIn, vanishedFields } from './vanished-fields.ts';

export interface ReadContracts {
  /** By id, each with what only its listing states. */
  readonly contracts: readonly ReadContract[];
  /** As listed. */
  readonly listed: readonly ReadContract[];
  readonly ends: EndDates;
}

/** What is the same for everybody: taken from the whole listing where only a part of the contracts is read. */
export interface WholeListing {
  readonly ends: EndDates;
  /** As `ContractSide.listedFields`. */
  readonly listedFields: ReadonlySet<string>;
  /** Of the objects that were read elsewhere; null: what vanished is not looked at here. */
  readonly presence: readonly FieldPresence[] | null;
}

/** Fields that any of them states. */
export const fieldsOf = (entities: readonly Cursor[]): ReadonlySet<string> =>
  new Set(entities.flatMap((entity) => entity.fields().flatMap(([name, field]) => (field.isThere ? [name] : []))));

/**
 * The contracts, as far as they are known before their periods are asked for.
 * @param known how end dates are read; left out: as these contracts show it
 */
export function readContracts(
  capture: Pick<ContractCapture, 'listed' | 'contracts'>,
  chosen: PeriodEndReading,
  known?: EndDates,
): ReadContracts {
  const entries = capture.listed.flatMap((entity) => {
    const id = entity.field('id').string();
    return id === null ? [] : [{ id, entity }];
  });
  const entryOf = new Map(entries.map(({ id, entity }) => [id, entity]));
  const bodies = capture.contracts.map(({ contractId, document: { root } }) => {
    const entry = entryOf.get(contractId);
    return { contractId, bodies: entry === undefined ? [root] : [root, entry] };
  });
  const ends = known ?? inferEndDates(bodies, chosen);
  const listed = entries.map(({ id, entity }) => readContract(entity, id, ends));
  const listedById = new Map(listed.map((contract) => [contract.id, contract]));
  const contracts = capture.contracts.map(({ contractId, document }) =>
    unionOf(readContract(document.root, contractId, ends), listedById.get(contractId)),
  );
  return { contracts, listed, ends };
}

/**
 * @param look what to hold the shape of the answers against; null: it is not looked at
 * @param whole of the whole listing; left out: the capture is the whole
 */
export function normaliseContracts(
  capture: ContractCapture,
  periods: PeriodCapture,
  chosen: PeriodEndReading,
  look: { readonly baseline: Shape | null } | null = null,
  whole: WholeListing | null = null,
): ContractSide {
  const { contracts, listed, ends } = readContracts(capture, chosen, whole?.ends);
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  const read = periods.details.map((detail) => readDetail(detail, byId.get(detail.contractId), ends));
  const documents = [...capture.documents, ...periods.details.map(({ document }) => document)];
  return {
    listed,
    listedFields: whole?.listedFields ?? fieldsOf(capture.listed),
    contracts,
    details: read.flatMap(({ detail }) => detail ?? []),
    lines: read.flatMap(({ lines }) => lines),
    invoices: capture.invoices.map((invoice) => readInvoice(invoice, ends)),
    invoicesAsked: capture.invoicesAsked,
    periodEnd: ends.periods,
    contractEnd: ends.terms,
    records: contractRecords(capture, periods, ends),
    paging: capture.paging,
    probes: capture.probes.notes,
    failures: [...capture.failures, ...periods.failures, ...read.flatMap((one) => one.failure ?? [])],
    ...againstSchema(documents, vanishedIn(capture, periods, whole), look, capture.probes),
    documents: documents.map(({ checkedBody }) => checkedBody),
  };
}

function vanishedIn(capture: ContractCapture, periods: PeriodCapture, whole: WholeListing | null): SchemaNote[] {
  const own = presenceIn(capture, periods);
  if (whole === null) return vanishedFields(own);
  return whole.presence === null ? [] : vanishedFields(joinPresence(own, whole.presence));
}

function againstSchema(
  documents: readonly Document[],
  vanished: readonly SchemaNote[],
  look: { readonly baseline: Shape | null } | null,
  probes: Probes,
): Pick<ContractSide, 'schema' | 'observed'> {
  const schema = [...documents.flatMap((document) => document.schema), ...vanished];
  const { contractsPageMaximum } = probes;
  const headers = missingHeaders(documents);
  if (look === null) return { schema, observed: null };
  const seen = observeShape(sortedDocuments(documents), contractsPageMaximum);
  if (look.baseline === null)
    return { schema: [...schema, ...headers], observed: { shape: seen.shape, firstSeen: [] } };
  const { notes, firstSeen } = againstBaseline(schema, seen, look.baseline);
  return { schema: [...notes, ...headers], observed: { shape: seen.shape, firstSeen } };
}

interface ReadDetail {
  readonly detail: PeriodDetail | null;
  readonly lines: readonly Line[];
  readonly failure: CaptureFailure | null;
}

function readDetail(
  { contractId, periodId, document: { root } }: PeriodCapture['details'][number],
  contract: ReadContract | undefined,
  ends: EndDates,
): ReadDetail {
  const listed = contract?.periods.find(({ id }) => id === periodId) ?? null;
  const head = readPeriod(root, periodId, ends);
  const period = withDatesOf(head, listed);
  const dates = usablePeriod(period);
  if (dates === null) {
    const about: CaptureSubject = { kind: 'period', contractId, periodId };
    const message = `billing period ${periodId} of contract ${contractId} states no dates that can be read`;
    return { detail: null, lines: [], failure: unusable('contract-api', about, message, root.at) };
  }
  const plans = contract?.plans ?? [];
  // Left out like every optional field means none; that they are lists if they are there was seen before.
  const charges = root
    .field('charges')
    .items()
    .map((charge) => readCharge(charge, { contractId, periodId }, plans));
  const wallets = root
    .field('wallets')
    .items()
    .map((wallet) => readWallet(wallet, plans));
  return {
    detail: { contractId, period, head, charges, wallets },
    lines: linesOf({ contractId, periodId, period: dates, charges, wallets, plans }),
    failure: null,
  };
}

/** What the detail leaves out is taken from the period in its contract. */
function withDatesOf(period: ContractPeriod, listed: ContractPeriod | null): ContractPeriod {
  const or = <T>(own: Figure<T>, other: Figure<T> | undefined): Figure<T> =>
    own.state === 'absent' ? (other ?? own) : own;
  return {
    ...period,
    start: or(period.start, listed?.start),
    end: or(period.end, listed?.end),
    status: or(period.status, listed?.status),
  };
}

function readInvoice({ id, entity, asked, lines }: CapturedInvoice, ends: EndDates): Invoice {
  return {
    id,
    date: entity.field('dateInvoiced').date(),
    currency: entity.field('currencyIsoCode').currency(),
    amount: entity.field('amount').decimal(),
    asked,
    lines: lines === null ? null : lines.map((line) => readLine(line, ends)),
    at: entity.at,
  };
}

const readLine = (line: Cursor, ends: EndDates): InvoiceLine => ({
  id: line.field('id').string(),
  sku: line.field('product').field('sku').string(),
  org: line.field('organization').org(),
  start: line.field('dateStart').date(),
  end: inclusiveEnd(line.field('dateEnd').date(), ends.periods),
  quantity: line.field('quantity').decimal(),
  amount: line.field('amount').decimal(),
  unit: line.field('unitOfMeasure').text(),
  at: line.at,
});
