/** Asks the Contract & Billing API: who and what first, then the billing periods concerned. */
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument } from '../document.ts';
import { PageSizes } from './page-size.ts';
import { walkListing } from './paging.ts';
import { contractSchema } from './schema.ts';

const BASE = '/api/v2/billing/contracts';

export interface ContractCaptureInput {
  readonly transport: Transport;
  /** Told before requests are sent. */
  readonly plan: (count: number) => void;
}

export interface CapturedInvoice {
  readonly id: string;
  readonly entity: Cursor;
  /** Null if not every page of its lines could be had. */
  readonly lines: readonly Cursor[] | null;
}

export interface ContractCapture {
  /** As listed. */
  readonly listed: readonly Cursor[];
  /** By id. */
  readonly contracts: readonly Document[];
  readonly invoices: readonly CapturedInvoice[];
  readonly paging: readonly PagingNote[];
  readonly failures: readonly CaptureFailure[];
  /** Every body that was read. */
  readonly documents: readonly Document[];
  readonly first: Exchange | null;
}

export interface PeriodCapture {
  readonly details: readonly { readonly contractId: string; readonly document: Document }[];
  readonly failures: readonly CaptureFailure[];
}

/** `/contracts` to its end, each contract by id, `/contracts/invoices` to its end, and each invoice's lines. */
export async function captureContracts(input: ContractCaptureInput): Promise<ContractCapture> {
  return new ContractWalk(input).walk();
}

/** `/contracts/{id}/billingperiods/{id}` for each period wanted. */
export async function capturePeriods(
  input: ContractCaptureInput,
  wanted: readonly { readonly contractId: string; readonly periodId: string }[],
): Promise<PeriodCapture> {
  input.plan(wanted.length);
  const failures: CaptureFailure[] = [];
  const read = await Promise.all(
    wanted.map(async ({ contractId, periodId }) => {
      const path = `${BASE}/${encodeURIComponent(contractId)}/billingperiods/${encodeURIComponent(periodId)}`;
      const document = await one(
        input,
        path,
        `billing period ${periodId} of contract ${contractId}`,
        'BillingContractPeriodDetail',
        {
          kind: 'period',
          contractId,
          periodId,
        },
      );
      if ('code' in document) failures.push(document);
      else return [{ contractId, document }];
      return [];
    }),
  );
  return { details: read.flat(), failures };
}

/** Where an invoice's document lies. The link is signed: it is read and not kept. */
export function captureInvoiceDocument(
  input: ContractCaptureInput,
  invoiceId: string,
): Promise<Document | CaptureFailure> {
  input.plan(1);
  const path = `${BASE}/invoices/${encodeURIComponent(invoiceId)}/document`;
  return one(input, path, `document of invoice ${invoiceId}`, 'UrlResponse', { kind: 'invoice', invoiceId });
}

async function one(
  { transport }: ContractCaptureInput,
  path: string,
  subject: string,
  type: string,
  about: CaptureSubject,
): Promise<Document | CaptureFailure> {
  const exchange = await transport.send({ source: 'contract-api', path, subject });
  const read = readDocument(exchange, type, contractSchema, about);
  if (read.kind === 'document') return read.document;
  if (read.kind === 'failure') return read.failure;
  return {
    side: 'contract',
    source: 'contract-api',
    subject: about,
    code: 'http-status',
    message: `GET ${path} (${subject}) answered 404 although it was listed`,
    at: { exchange: exchange.id, pointer: '' },
  };
}

class ContractWalk {
  readonly #input: ContractCaptureInput;
  readonly #failures: CaptureFailure[] = [];
  readonly #paging: PagingNote[] = [];
  readonly #documents: Document[] = [];
  /** Documented maximum of /contracts: 200 until 2026-08, 10 since. */
  readonly #contractSizes = new PageSizes(10);
  readonly #otherSizes = new PageSizes(200);

  constructor(input: ContractCaptureInput) {
    this.#input = input;
  }

  async walk(): Promise<ContractCapture> {
    const [contracts, invoices] = await Promise.all([this.#contracts(), this.#invoices()]);
    return {
      ...contracts,
      invoices,
      paging: this.#paging.sort((a, b) => (a.listing < b.listing ? -1 : 1)),
      failures: this.#failures,
      documents: this.#documents,
    };
  }

  async #contracts(): Promise<Pick<ContractCapture, 'listed' | 'contracts' | 'first'>> {
    const listed = await this.#list(
      BASE,
      'BillingContractListing',
      'the contracts',
      { kind: 'contracts' },
      this.#contractSizes,
    );
    const ids = listed.entities.flatMap((entity) => entity.field('id').string() ?? []);
    this.#input.plan(ids.length);
    const read = await Promise.all(
      ids.map((contractId) =>
        one(this.#input, `${BASE}/${encodeURIComponent(contractId)}`, `contract ${contractId}`, 'BillingContract', {
          kind: 'contract',
          contractId,
        }),
      ),
    );
    const contracts = read.flatMap((document) => this.#keep(document));
    return { listed: listed.entities, contracts, first: listed.first };
  }

  async #invoices(): Promise<CapturedInvoice[]> {
    const listed = await this.#list(
      `${BASE}/invoices`,
      'BillingInvoiceListing',
      'the invoices',
      { kind: 'invoices' },
      this.#otherSizes,
    );
    return Promise.all(
      listed.entities.flatMap((entity) => {
        const id = entity.field('id').string();
        return id === null ? [] : [this.#invoice(id, entity)];
      }),
    );
  }

  async #invoice(id: string, entity: Cursor): Promise<CapturedInvoice> {
    const path = `${BASE}/invoices/${encodeURIComponent(id)}/lines`;
    const lines = await this.#list(
      path,
      'BillingInvoiceItemListing',
      `lines of invoice ${id}`,
      { kind: 'invoice', invoiceId: id },
      this.#otherSizes,
    );
    return { id, entity, lines: lines.complete ? lines.entities : null };
  }

  async #list(path: string, type: string, what: string, subject: CaptureSubject, sizes: PageSizes) {
    const walked = await walkListing({ ...this.#input, path, type, what, subject, sizes });
    this.#paging.push(walked.note);
    this.#documents.push(...walked.pages);
    if (walked.failure !== null) this.#failures.push(walked.failure);
    return { entities: walked.entities, complete: walked.failure === null, first: walked.pages[0]?.exchange ?? null };
  }

  #keep(document: Document | CaptureFailure): Document[] {
    if ('code' in document) {
      this.#failures.push(document);
      return [];
    }
    this.#documents.push(document);
    return [document];
  }
}
