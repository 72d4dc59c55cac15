/** From the contract API's answers to the contract side. Pure. */
import type { CaptureFailure } from '../../domain/capture.ts';
import type { Contract, ContractSide, Invoice, InvoiceLine, PeriodDetail } from '../../domain/contract-side.ts';
import type { Line } from '../../domain/line.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import type { Cursor } from '../cursor.ts';
import type { Document } from '../document.ts';
import type { CapturedInvoice, ContractCapture, PeriodCapture } from './capture.ts';
import { lineOfCharge, readCharge, readWallet } from './charge.ts';
import { readContract, readPeriod } from './contract.ts';
import { type EndDates, inclusiveEnd, inferEndDates } from './end-dates.ts';

/** The contracts by id, as far as they are known before their periods are asked for. */
export function readContracts(
  capture: ContractCapture,
  chosen: PeriodEndReading,
): { contracts: Contract[]; ends: EndDates } {
  const roots = capture.contracts.map(({ root }) => root);
  const ends = inferEndDates(roots, chosen);
  return { contracts: roots.flatMap((root) => readContract(root, ends) ?? []), ends };
}

export function normaliseContracts(
  capture: ContractCapture,
  periods: PeriodCapture,
  chosen: PeriodEndReading,
): ContractSide {
  const { contracts, ends } = readContracts(capture, chosen);
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  const details: PeriodDetail[] = [];
  const lines: Line[] = [];
  const failures: CaptureFailure[] = [...capture.failures, ...periods.failures];
  for (const { contractId, document } of periods.details) {
    const read = readDetail(contractId, document, ends);
    if ('code' in read) {
      failures.push(read);
      continue;
    }
    details.push(read);
    const own = read.charges.map((charge) => lineOfCharge(charge, read.period, byId.get(contractId) ?? null));
    if (own.includes(null)) failures.push(undated(contractId, read.period.id, document));
    else lines.push(...own.flatMap((line) => line ?? []));
  }
  const documents = [...capture.documents, ...periods.details.map(({ document }) => document)];
  return {
    listed: capture.listed.flatMap((entity) => readContract(entity, ends) ?? []),
    contracts,
    details,
    lines,
    invoices: capture.invoices.map((invoice) => readInvoice(invoice, ends)),
    periodEnd: ends,
    paging: capture.paging,
    failures,
    schema: documents.flatMap(({ schema }) => schema),
    documents: documents.map(({ unit }) => unit),
  };
}

function readDetail(contractId: string, document: Document, ends: EndDates): PeriodDetail | CaptureFailure {
  const period = readPeriod(document.root, ends);
  if (period === null) return undated(contractId, '', document);
  return {
    contractId,
    period,
    charges: document.root
      .field('charges')
      .items()
      .map((charge) => readCharge(charge, contractId, period.id)),
    wallets: document.root
      .field('wallets')
      .items()
      .map((wallet) => readWallet(wallet)),
  };
}

const undated = (contractId: string, periodId: string, document: Document): CaptureFailure => ({
  side: 'contract',
  source: 'contract-api',
  subject: { kind: 'period', contractId, periodId },
  code: 'normalisation',
  message: `a billing period of contract ${contractId} states no id or no dates that can be read`,
  at: document.root.at,
});

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
  sku: line.field('product').field('sku').string()?.trim() ?? null,
  org: line.field('organization').org(),
  start: line.field('dateStart').date(),
  end: inclusiveEnd(line.field('dateEnd').date(), ends),
  quantity: line.field('quantity').decimal(),
  amount: line.field('amount').decimal(),
  at: line.at,
});
