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
import { lineOfCharge, readCharge, readWallet } from './charge.ts';
import { type ReadContract, readContract, readPeriod } from './contract.ts';
import { type EndDates, inclusiveEnd, inferEndDates } from './end-dates.ts';
import { missingHeaders } from './probes/headers.ts';
import type { Probes } from './probes/probe.ts';
import { againstBaseline } from './shape/drift.ts';
import { observeShape } from './shape/observe.ts';
import { vanishedFields } from './vanished-fields.ts';

export interface ReadContracts {
  readonly contracts: readonly ReadContract[];
  /** Answers that are not about the contract that was asked for. */
  readonly failures: readonly CaptureFailure[];
  readonly ends: EndDates;
}

/** The contracts by id, as far as they are known before their periods are asked for. */
export function readContracts(capture: ContractCapture, chosen: PeriodEndReading): ReadContracts {
  const ends = inferEndDates(
    capture.contracts.map(({ document }) => document.root),
    chosen,
  );
  const contracts: ReadContract[] = [];
  const failures: CaptureFailure[] = [];
  for (const { contractId, document } of capture.contracts) {
    const stranger = isAbout(document.root, contractId, `contract ${contractId}`, { kind: 'contract', contractId });
    if (stranger === null) contracts.push(readContract(document.root, contractId, ends));
    else failures.push(stranger);
  }
  return { contracts, failures, ends };
}

/** @param look what to hold the shape of the answers against; null: it is not looked at */
export function normaliseContracts(
  capture: ContractCapture,
  periods: PeriodCapture,
  chosen: PeriodEndReading,
  look: { readonly baseline: Shape | null } | null = null,
): ContractSide {
  const { contracts, failures, ends } = readContracts(capture, chosen);
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  const read = periods.details.map((detail) => readDetail(detail, byId.get(detail.contractId), ends));
  const documents = [...capture.documents, ...periods.details.map(({ document }) => document)];
  const listed = capture.listed.flatMap((entity) => {
    const id = entity.field('id').string();
    return id === null ? [] : [readContract(entity, id, ends)];
  });
  return {
    listed,
    contracts,
    details: read.flatMap(({ detail }) => detail ?? []),
    lines: read.flatMap(({ lines }) => lines),
    invoices: capture.invoices.map((invoice) => readInvoice(invoice, ends)),
    periodEnd: ends,
    paging: capture.paging,
    probes: capture.probes.notes,
    failures: [...capture.failures, ...failures, ...periods.failures, ...read.flatMap((one) => one.failure ?? [])],
    ...againstSchema(documents, vanishedFields(capture, periods), look, capture.probes),
    documents: documents.map(({ unit }) => unit),
  };
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

/** An answer may leave its id out; another id than the one asked for makes it an answer about something else. */
function isAbout(root: Cursor, id: string, what: string, about: CaptureSubject): CaptureFailure | null {
  const said = root.field('id').string();
  if (said === null || said.toLowerCase() === id.toLowerCase()) return null;
  return unusable('contract-api', about, `the answer for ${what} is about another (${said})`, root.field('id').at);
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
  const about: CaptureSubject = { kind: 'period', contractId, periodId };
  const what = `billing period ${periodId} of contract ${contractId}`;
  const failed = (failure: CaptureFailure): ReadDetail => ({ detail: null, lines: [], failure });
  const stranger = isAbout(root, periodId, what, about);
  if (stranger !== null) return failed(stranger);
  const listed = contract?.periods.find(({ id }) => id === periodId) ?? null;
  const period = withDatesOf(readPeriod(root, periodId, ends), listed);
  const dates = usablePeriod(period);
  if (dates === null)
    return failed(unusable('contract-api', about, `${what} states no dates that can be read`, root.at));
  const list = root.field('charges');
  // Left out like every optional field means none; anything else than a list means that the charges are not known.
  if (list.isThere && !list.isList) {
    return failed(unusable('contract-api', about, `the charges of ${what} are no list`, list.at));
  }
  const plans = contract?.plans ?? [];
  const charges = list.items().map((charge) => readCharge(charge, { contractId, periodId }, plans));
  const wallets = root.field('wallets').items();
  return {
    detail: { contractId, period, charges, wallets: wallets.map(readWallet) },
    lines: charges.map((charge) => lineOfCharge(charge, dates, plans)),
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

function readInvoice({ id, entity, lines }: CapturedInvoice, ends: EndDates): Invoice {
  return {
    id,
    date: entity.field('dateInvoiced').date(),
    currency: entity.field('currencyIsoCode').currency(),
    amount: entity.field('amount').decimal(),
    lines: lines === null ? null : lines.map((line) => readLine(line, ends)),
    at: entity.at,
  };
}

const readLine = (line: Cursor, ends: EndDates): InvoiceLine => ({
  id: line.field('id').string(),
  sku: line.field('product').field('sku').string(),
  org: line.field('organization').org(),
  start: line.field('dateStart').date(),
  end: inclusiveEnd(line.field('dateEnd').date(), ends),
  quantity: line.field('quantity').decimal(),
  amount: line.field('amount').decimal(),
  at: line.at,
});
