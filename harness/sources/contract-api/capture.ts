/** Asks the Contract & Billing API: who and what first, then the billing periods concerned. */
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { InvoicesAsked } from '../../domain/contract-side.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument, sortedDocuments } from '../document.ts';
import { inFixedOrder, statusFailure } from '../failure.ts';
import { PageSizes } from './page-size.ts';
import { walkListing } from './paging.ts';
import type { WantedPeriod } from './periods-concerned.ts';
import type { Probes } from './probes/probe.ts';
import { contractSchema } from './schema.ts';

export const BASE = '/api/v2/billing/contracts';

/** Documented maximum of `/contracts`: 200 until 2026-08, 10 since. */
const CONTRACTS_PAGE = 10;
export const OTHER_PAGE = 200;

export interface ContractCaptureInput {
  readonly transport: Transport;
  /** Told how many more requests there will be, before they are sent. */
  readonly plan: (count: number) => void;
}

/** One entry of a listing that can be asked for by its id. */
export interface ListedEntry {
  readonly id: string;
  readonly entity: Cursor;
  /** The page that it stands on. */
  readonly document: Document;
}

export interface CapturedListing {
  readonly entries: readonly ListedEntry[];
  /** Every entry, those without an id too. */
  readonly entities: readonly Cursor[];
  readonly pages: Pages;
  /** False: not every page could be had, or an entry has no id. */
  readonly complete: boolean;
}

/** What the listings say, before anything is asked for by its id. */
export interface ListingCapture {
  readonly contracts: CapturedListing;
  /** Null: it was not asked for. */
  readonly invoices: CapturedListing | null;
  readonly paging: readonly PagingNote[];
  readonly failures: readonly CaptureFailure[];
  readonly documents: readonly Document[];
  /** The first answer, for its clock; null if there was none. */
  readonly first: Exchange | null;
}

export interface CapturedContract {
  /** As listed and asked for. */
  readonly contractId: string;
  /** Of one that was not asked for, its entry in the listing. */
  readonly document: Document;
}

export interface CapturedInvoice {
  readonly id: string;
  readonly entity: Cursor;
  /** False: its lines were not asked for, as it is dated before what is compared. */
  readonly asked: boolean;
  /** Null if not every page of its lines could be had. */
  readonly lines: readonly Cursor[] | null;
  /** Its lines as they came, page by page, of a listing that was given up, too. */
  readonly pages: Pages;
}

/** Entries of each page of a listing, repeated ones too. */
export type Pages = readonly (readonly Cursor[])[];

export interface ContractCapture {
  /** As listed. */
  readonly listed: readonly Cursor[];
  /** Each as far as it is known: by id, or as listed where it was not asked for. */
  readonly contracts: readonly CapturedContract[];
  readonly invoices: readonly CapturedInvoice[];
  /** Of which invoices the lines were asked for. */
  readonly invoicesAsked: InvoicesAsked;
  /** Both listings as they came; of files, also lines of which nobody can tell whose they are. */
  readonly pages: { readonly contracts: Pages; readonly invoices: Pages; readonly strayLines: Pages };
  readonly paging: readonly PagingNote[];
  readonly failures: readonly CaptureFailure[];
  /** Every body that was read. */
  readonly documents: readonly Document[];
  /** The first answer, for its clock; null if there was none. */
  readonly first: Exchange | null;
  readonly probes: Probes;
}

export interface PeriodCapture {
  readonly details: readonly (WantedPeriod & { readonly document: Document })[];
  readonly failures: readonly CaptureFailure[];
}

/** What the answers to further requests add to a capture. */
export interface CaptureParts {
  readonly paging?: readonly PagingNote[];
  readonly failures: readonly CaptureFailure[];
  readonly documents: readonly Document[];
}

/**
 * `/contracts` to its end and, where `invoices` says so, `/contracts/invoices` to its end. What the server does is told in
 * `failures` and `paging`; rejects only when interrupted or when recording fails. So do all captures of this API.
 */
export async function captureListings(
  input: ContractCaptureInput,
  invoices: 'listed' | 'none',
): Promise<ListingCapture> {
  const [listed, billed] = await Promise.all([
    captureListing(input, CONTRACTS),
    invoices === 'none' ? null : captureListing(input, INVOICES),
  ]);
  const parts = billed === null ? [listed] : [listed, billed];
  return {
    contracts: listed.listing,
    invoices: billed?.listing ?? null,
    paging: parts.flatMap(({ paging }) => paging),
    failures: parts.flatMap(({ failures }) => failures),
    documents: parts.flatMap(({ documents }) => documents),
    first: listed.first,
  };
}

/** `/contracts/{id}` for each of these; of one that was asked for and not read there is no contract, but a failure. */
export async function captureContracts(
  input: ContractCaptureInput,
  asked: readonly ListedEntry[],
): Promise<CaptureParts & { readonly contracts: readonly CapturedContract[] }> {
  input.plan(asked.length);
  const answers = await Promise.all(
    asked.map(async ({ id }) => {
      const path = `${CONTRACTS.path}/${encodeURIComponent(id)}`;
      const about: CaptureSubject = { kind: 'contract', contractId: id };
      const answer = await ask(input.transport, path, `contract ${id}`, 'BillingContract', about);
      return { contractId: id, answer };
    }),
  );
  const contracts = answers.flatMap(({ contractId, answer }) =>
    'document' in answer ? [{ contractId, document: answer.document }] : [],
  );
  return {
    contracts,
    failures: answers.flatMap(({ answer }) => ('failure' in answer ? [answer.failure] : [])),
    documents: contracts.map(({ document }) => document),
  };
}

/** The entry of a listing in place of the contract by id. Its page was held against the schema already. */
export const asListed = ({ id, entity, document }: ListedEntry): CapturedContract => ({
  contractId: id,
  document: { ...document, root: entity, schema: [] },
});

/** Everything that was had, in an order that does not depend on the order of the answers. */
export function assembleCapture(
  listings: ListingCapture,
  contracts: CaptureParts & { readonly contracts: readonly CapturedContract[] },
  invoices: CaptureParts & Pick<ContractCapture, 'invoices' | 'invoicesAsked'>,
  probes: Probes,
): ContractCapture {
  const parts = [listings, contracts, invoices];
  return {
    listed: listings.contracts.entities,
    contracts: contracts.contracts,
    invoices: invoices.invoices,
    invoicesAsked: invoices.invoicesAsked,
    pages: { contracts: listings.contracts.pages, invoices: listings.invoices?.pages ?? [], strayLines: [] },
    paging: parts.flatMap(({ paging = [] }) => paging).sort((a, b) => (a.listing < b.listing ? -1 : 1)),
    failures: inFixedOrder(parts.flatMap(({ failures }) => failures)),
    documents: sortedDocuments(parts.flatMap(({ documents }) => documents)),
    first: listings.first,
    probes,
  };
}

/** `/contracts/{id}/billingperiods/{id}` for each period wanted. Failures as above. */
export async function capturePeriods(
  input: ContractCaptureInput,
  wanted: readonly WantedPeriod[],
): Promise<PeriodCapture> {
  input.plan(wanted.length);
  const failures: CaptureFailure[] = [];
  const read = await Promise.all(
    wanted.map(async ({ contractId, periodId }) => {
      const path = `${BASE}/${encodeURIComponent(contractId)}/billingperiods/${encodeURIComponent(periodId)}`;
      const words = `billing period ${periodId} of contract ${contractId}`;
      const about: CaptureSubject = { kind: 'period', contractId, periodId };
      const answer = await ask(input.transport, path, words, 'BillingContractPeriodDetail', about);
      if ('document' in answer) return [{ contractId, periodId, document: answer.document }];
      failures.push(answer.failure);
      return [];
    }),
  );
  return { details: read.flat(), failures: inFixedOrder(failures) };
}

type Answer = { readonly document: Document } | { readonly failure: CaptureFailure };

/** Asks for one thing that another answer named: here 404 is a contradiction. */
export async function ask(
  transport: Transport,
  path: string,
  words: string,
  type: string,
  about: CaptureSubject,
): Promise<Answer> {
  const exchange = await transport.send({ source: 'contract-api', path, subject: words });
  const read = readDocument(exchange, contractSchema, { type, subject: about });
  if (read.kind === 'not-found') return { failure: statusFailure(exchange, about, 404) };
  return read;
}

interface Listing {
  readonly path: string;
  readonly type: string;
  /** For people: `the contracts`, and one of them. */
  readonly what: string;
  readonly noun: string;
  readonly about: CaptureSubject;
  readonly pageSize: number;
}

const CONTRACTS: Listing = {
  path: BASE,
  type: 'BillingContractListing',
  what: 'the contracts',
  noun: 'contract',
  about: { kind: 'contracts' },
  pageSize: CONTRACTS_PAGE,
};

const INVOICES: Listing = {
  path: `${BASE}/invoices`,
  type: 'BillingInvoiceListing',
  what: 'the invoices',
  noun: 'invoice',
  about: { kind: 'invoices' },
  pageSize: OTHER_PAGE,
};

async function captureListing(
  { transport, plan }: ContractCaptureInput,
  { path, type, what, noun, about, pageSize }: Listing,
): Promise<Required<CaptureParts> & { readonly listing: CapturedListing; readonly first: Exchange | null }> {
  const sizes = new PageSizes(pageSize);
  const walked = await walkListing({ transport, plan, path, type, what, subject: about, sizes });
  const pageOf = new Map(walked.pages.map((document) => [document.root.at.exchange, document]));
  const failures: CaptureFailure[] = walked.failure === null ? [] : [walked.failure];
  const entries = walked.entities.flatMap((entity): ListedEntry[] => {
    const id = entity.field('id').string();
    const document = pageOf.get(entity.at.exchange);
    if (id !== null && document !== undefined) return [{ id, entity, document }];
    failures.push(withoutId(entity, noun, about));
    return [];
  });
  return {
    listing: {
      entries,
      entities: walked.entities,
      pages: walked.pages.map(({ root }) => root.field('entities').items()),
      complete: failures.length === 0,
    },
    paging: [walked.note],
    failures,
    documents: walked.pages,
    first: walked.first,
  };
}

/** It can be neither asked for nor told apart: then the listing is not whole. */
const withoutId = (entity: Cursor, noun: string, subject: CaptureSubject): CaptureFailure => ({
  side: 'contract',
  source: 'contract-api',
  subject,
  code: 'wire-contract',
  message: `the listing has a ${noun} without an id, at ${entity.at.pointer}`,
  at: entity.at,
});
