/** Asks the Contract & Billing API: who and what first, then the billing periods concerned. */
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument, sortedDocuments } from '../document.ts';
import { inFixedOrder, statusFailure } from '../failure.ts';
import { PageSizes } from './page-size.ts';
import { walkListing } from './paging.ts';
import type { WantedPeriod } from './periods-concerned.ts';
import { probe } from './probes/index.ts';
import { ifRecorded, NOT_PROBED, type Probes } from './probes/probe.ts';
import { contractSchema } from './schema.ts';

const BASE = '/api/v2/billing/contracts';

/** Documented maximum of `/contracts`: 200 until 2026-08, 10 since. */
const CONTRACTS_PAGE = 10;
const OTHER_PAGE = 200;

export interface ContractCaptureInput {
  readonly transport: Transport;
  /** Told how many more requests there will be, before they are sent. */
  readonly plan: (count: number) => void;
}

export interface ContractCaptureChoice {
  readonly invoices?: 'none' | 'lines' | 'documents';
  /** What else is tried on purpose; left out: nothing. `restricted`: a client without permission is known. */
  readonly probe?: { readonly restricted: boolean };
}

export interface CapturedContract {
  /** As listed and asked for. */
  readonly contractId: string;
  readonly document: Document;
}

export interface CapturedInvoice {
  readonly id: string;
  readonly entity: Cursor;
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
  /** By id. */
  readonly contracts: readonly CapturedContract[];
  readonly invoices: readonly CapturedInvoice[];
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

/**
 * `/contracts` to its end and each contract by id; unless `invoices` is `none`, `/contracts/invoices` to its end and each
 * invoice's lines; with `documents` where each invoice's document lies, too; then the probes, if they are asked for. What the server does is told in `failures` and `paging`; rejects
 * only when interrupted or when recording fails.
 */
export async function captureContracts(input: ContractCaptureInput & ContractCaptureChoice): Promise<ContractCapture> {
  const capture = await new ContractWalk(input, input.invoices ?? 'lines').walk();
  if (input.probe === undefined) return capture;
  const hasAll = (kind: CaptureSubject['kind']): boolean =>
    !capture.failures.some(({ subject }) => subject.kind === kind);
  const probes = await probe({
    ...input,
    ...input.probe,
    contracts: { entities: capture.listed, complete: hasAll('contracts') },
    invoices: { entities: capture.invoices.map(({ entity }) => entity), complete: hasAll('invoices') },
  });
  return { ...capture, probes };
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
async function ask(
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

class ContractWalk {
  readonly #input: ContractCaptureInput;
  readonly #wanted: 'none' | 'lines' | 'documents';
  readonly #failures: CaptureFailure[] = [];
  readonly #paging: PagingNote[] = [];
  readonly #documents: Document[] = [];
  readonly #contractSizes = new PageSizes(CONTRACTS_PAGE);
  readonly #invoiceSizes = new PageSizes(OTHER_PAGE);
  readonly #lineSizes = new PageSizes(OTHER_PAGE);
  #first: Exchange | null = null;

  constructor(input: ContractCaptureInput, wanted: 'none' | 'lines' | 'documents') {
    this.#input = input;
    this.#wanted = wanted;
  }

  async walk(): Promise<ContractCapture> {
    const [contracts, invoices] = await Promise.all([
      this.#contracts(),
      this.#wanted === 'none' ? { invoices: [], pages: [] } : this.#invoices(),
    ]);
    return {
      listed: contracts.listed,
      contracts: contracts.contracts,
      invoices: invoices.invoices,
      pages: { contracts: contracts.pages, invoices: invoices.pages, strayLines: [] },
      paging: this.#paging.sort((a, b) => (a.listing < b.listing ? -1 : 1)),
      failures: inFixedOrder(this.#failures),
      documents: sortedDocuments(this.#documents),
      first: this.#first,
      probes: NOT_PROBED,
    };
  }

  async #contracts(): Promise<Pick<ContractCapture, 'listed' | 'contracts'> & { readonly pages: Pages }> {
    const about: CaptureSubject = { kind: 'contracts' };
    const walked = await this.#list(BASE, 'BillingContractListing', 'the contracts', about, this.#contractSizes);
    this.#first = walked.first;
    const ids = this.#ids(walked.entities, 'contract', about);
    this.#input.plan(ids.length);
    const contracts = await Promise.all(ids.map(({ id }) => this.#contract(id)));
    return { listed: walked.entities, contracts: contracts.flat(), pages: walked.pages };
  }

  async #contract(contractId: string): Promise<CapturedContract[]> {
    const path = `${BASE}/${encodeURIComponent(contractId)}`;
    const about: CaptureSubject = { kind: 'contract', contractId };
    const words = `contract ${contractId}`;
    const document = this.#keep(await ask(this.#input.transport, path, words, 'BillingContract', about));
    return document === null ? [] : [{ contractId, document }];
  }

  async #invoices(): Promise<Pick<ContractCapture, 'invoices'> & { readonly pages: Pages }> {
    const about: CaptureSubject = { kind: 'invoices' };
    const path = `${BASE}/invoices`;
    const walked = await this.#list(path, 'BillingInvoiceListing', 'the invoices', about, this.#invoiceSizes);
    const ids = this.#ids(walked.entities, 'invoice', about);
    if (this.#wanted === 'documents') this.#input.plan(ids.length);
    const invoices = await Promise.all(ids.map(({ id, entity }) => this.#invoice(id, entity)));
    return { invoices, pages: walked.pages };
  }

  async #invoice(id: string, entity: Cursor): Promise<CapturedInvoice> {
    const path = `${BASE}/invoices/${encodeURIComponent(id)}`;
    const about: CaptureSubject = { kind: 'invoice', invoiceId: id };
    const words = `lines of invoice ${id}`;
    const [lines] = await Promise.all([
      this.#list(`${path}/lines`, 'BillingInvoiceItemListing', words, about, this.#lineSizes),
      this.#wanted === 'documents' ? this.#invoiceDocument(id, `${path}/document`, about) : null,
    ]);
    return { id, entity, lines: lines.complete ? lines.entities : null, pages: lines.pages };
  }

  /** Runs do not ask for it, so that their recordings lack it. The link is signed: whether there is one is checked by its schema, and no more is done with it. */
  async #invoiceDocument(id: string, path: string, about: CaptureSubject): Promise<void> {
    const asked = ask(this.#input.transport, path, `document of invoice ${id}`, 'UrlResponse', about);
    const answer = await ifRecorded(asked, null);
    if (answer !== null) this.#keep(answer);
  }

  async #list(path: string, type: string, what: string, subject: CaptureSubject, sizes: PageSizes) {
    const { transport, plan } = this.#input;
    const walked = await walkListing({ transport, plan, path, type, what, subject, sizes });
    this.#paging.push(walked.note);
    this.#documents.push(...walked.pages);
    if (walked.failure !== null) this.#failures.push(walked.failure);
    const pages = walked.pages.map(({ root }) => root.field('entities').items());
    return { entities: walked.entities, pages, complete: walked.failure === null, first: walked.first };
  }

  /** An entry without its id can be neither asked for nor told apart: then the listing is not whole. */
  #ids(entities: readonly Cursor[], noun: string, about: CaptureSubject): { id: string; entity: Cursor }[] {
    return entities.flatMap((entity) => {
      const id = entity.field('id').string();
      if (id !== null) return [{ id, entity }];
      this.#failures.push({
        side: 'contract',
        source: 'contract-api',
        subject: about,
        code: 'wire-contract',
        message: `the listing has a ${noun} without an id, at ${entity.at.pointer}`,
        at: entity.at,
      });
      return [];
    });
  }

  #keep(answer: Answer): Document | null {
    if ('failure' in answer) {
      this.#failures.push(answer.failure);
      return null;
    }
    this.#documents.push(answer.document);
    return answer.document;
  }
}
