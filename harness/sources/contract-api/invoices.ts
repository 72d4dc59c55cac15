/** Asks for the lines of invoices, and where their documents lie. */

import type { IsoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { InvoicesAsked } from '../../domain/contract-side.ts';
import type { Document } from '../document.ts';
import {
  ask,
  BASE,
  type CapturedInvoice,
  type CaptureParts,
  type ContractCaptureInput,
  type ListedEntry,
  type ListingCapture,
  OTHER_PAGE,
} from './capture.ts';
import { PageSizes } from './page-size.ts';
import { walkListing } from './paging.ts';
import { ifRecorded } from './probes/probe.ts';

export interface InvoiceChoice {
  readonly asked: InvoicesAsked;
  /** With `period`: lines are asked for of invoices dated on this day or later, and of those without a date; null: of all. */
  readonly since: IsoDate | null;
  /** Whether it is asked where each invoice's document lies, too. */
  readonly documents: boolean;
}

/** `/contracts/invoices/{id}/lines` to its end for each invoice that is wanted. */
export async function captureInvoices(
  input: ContractCaptureInput,
  { invoices: listing }: ListingCapture,
  { asked, since, documents }: InvoiceChoice,
): Promise<
  Required<CaptureParts> & { readonly invoices: readonly CapturedInvoice[]; readonly invoicesAsked: InvoicesAsked }
> {
  const reader = new LineReader(input, documents);
  const entries = listing?.entries ?? [];
  const isWanted = isLookedAt({ asked, since });
  if (documents) input.plan(entries.filter(isWanted).length);
  // A recording of a run may lack what a run does not ask for.
  const isSpare = (entry: ListedEntry): boolean => documents && since !== null && isDatedBefore(entry, since);
  const invoices = await Promise.all(
    entries.map((entry) => {
      if (!isWanted(entry)) return notAsked(entry);
      return isSpare(entry) ? ifRecorded(reader.read(entry), notAsked(entry)) : reader.read(entry);
    }),
  );
  return {
    invoices,
    invoicesAsked: invoicesLookedAt(listing, asked, invoices),
    paging: reader.paging,
    failures: reader.failures,
    documents: reader.documents,
  };
}

function invoicesLookedAt(
  listing: ListingCapture['invoices'],
  chosen: InvoicesAsked,
  invoices: readonly CapturedInvoice[],
): InvoicesAsked {
  if (listing === null) return 'none';
  return chosen === 'all' && invoices.some(({ asked }) => !asked) ? 'period' : chosen;
}

/** Whether the lines of an invoice are asked for. */
export function isLookedAt({ asked, since }: Pick<InvoiceChoice, 'asked' | 'since'>): (entry: ListedEntry) => boolean {
  const from = asked === 'period' ? since : null;
  return (entry) => asked !== 'none' && (from === null || !isDatedBefore(entry, from));
}

function isDatedBefore({ entity }: ListedEntry, day: IsoDate): boolean {
  const dated = entity.field('dateInvoiced').date();
  return dated.state === 'known' && dated.value < day;
}

const notAsked = ({ id, entity }: ListedEntry): CapturedInvoice => ({
  id,
  entity,
  asked: false,
  lines: null,
  pages: [],
});

class LineReader {
  readonly paging: PagingNote[] = [];
  readonly failures: CaptureFailure[] = [];
  readonly documents: Document[] = [];
  readonly #input: ContractCaptureInput;
  readonly #withDocuments: boolean;
  readonly #sizes = new PageSizes(OTHER_PAGE);

  constructor(input: ContractCaptureInput, withDocuments: boolean) {
    this.#input = input;
    this.#withDocuments = withDocuments;
  }

  async read({ id, entity }: ListedEntry): Promise<CapturedInvoice> {
    const path = `${BASE}/invoices/${encodeURIComponent(id)}`;
    const subject: CaptureSubject = { kind: 'invoice', invoiceId: id };
    const { transport, plan } = this.#input;
    const type = 'BillingInvoiceItemListing';
    const what = `lines of invoice ${id}`;
    const [walked] = await Promise.all([
      walkListing({ transport, plan, path: `${path}/lines`, type, what, subject, sizes: this.#sizes }),
      this.#withDocuments ? this.#document(id, `${path}/document`, subject) : null,
    ]);
    this.paging.push(walked.note);
    this.documents.push(...walked.pages);
    if (walked.failure !== null) this.failures.push(walked.failure);
    return {
      id,
      entity,
      asked: true,
      lines: walked.failure === null ? walked.entities : null,
      pages: walked.pages.map(({ root }) => root.field('entities').items()),
    };
  }

  /** Runs do not ask for it, so that their recordings lack it. The link is signed: whether there is one is checked by its schema, and no more is done with it. */
  async #document(id: string, path: string, about: CaptureSubject): Promise<void> {
    const asked = ask(this.#input.transport, path, `document of invoice ${id}`, 'UrlResponse', about);
    const answer = await ifRecorded(asked, null);
    if (answer === null) return;
    if ('failure' in answer) this.failures.push(answer.failure);
    else this.documents.push(answer.document);
  }
}
