/** Walks a listing by its `nextUri`, in every spelling, and never for ever. */
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument } from '../document.ts';
import type { PageSizes } from './page-size.ts';
import { contractSchema } from './schema.ts';

export interface WalkInput {
  readonly transport: Transport;
  readonly plan: (count: number) => void;
  readonly path: string;
  /** Wire type of the listing. */
  readonly type: string;
  readonly what: string;
  readonly subject: CaptureSubject;
  readonly sizes: PageSizes;
}

export interface Walked {
  readonly pages: readonly Document[];
  /** Each entity once, by its id; those without an id all. */
  readonly entities: readonly Cursor[];
  readonly note: PagingNote;
  readonly failure: CaptureFailure | null;
}

const BARREN_PAGES = 3;

type Fault = Exclude<PagingNote['fault'], null>;

export async function walkListing(input: WalkInput): Promise<Walked> {
  return new ListingWalk(input).walk();
}

class ListingWalk {
  readonly #input: WalkInput;
  readonly #pages: Document[] = [];
  readonly #entities = new Map<string, Cursor>();
  readonly #asked = new Set<string>();
  #fault: { fault: Fault; message: string } | null = null;
  #failure: CaptureFailure | null = null;

  constructor(input: WalkInput) {
    this.#input = input;
  }

  async walk(): Promise<Walked> {
    let path: string | null = await this.#firstPath();
    let barren = 0;
    while (path !== null) {
      this.#asked.add(path);
      const document: Document | null = await this.#page(path);
      if (document === null) break;
      const news = this.#take(document);
      barren = news ? 0 : barren + 1;
      path = this.#next(document, barren);
    }
    const { path: listing } = this.#input;
    const first = this.#pages[0]?.root.at ?? { exchange: '', pointer: '' };
    return {
      pages: this.#pages,
      entities: [...this.#entities.values()],
      failure: this.#failure,
      note: {
        source: 'contract-api',
        listing,
        pages: this.#pages.length,
        entities: this.#entities.size,
        fault: this.#fault?.fault ?? null,
        message: this.#fault?.message ?? null,
        at: first,
      },
    };
  }

  /** Finds a page size that the server takes; the answer to the refused one is not a page. */
  async #firstPath(): Promise<string> {
    const { path, sizes } = this.#input;
    return `${path}?pageSize=${sizes.current}`;
  }

  async #page(path: string): Promise<Document | null> {
    const { transport, plan, what, type, subject, sizes } = this.#input;
    plan(1);
    const exchange = await transport.send({
      source: 'contract-api',
      path,
      subject: `${what}, page ${this.#pages.length + 1}`,
    });
    if (this.#pages.length === 0 && sizes.lower(exchange)) return this.#page(await this.#firstPath());
    const read = readDocument(exchange, type, contractSchema, subject);
    if (read.kind === 'document') {
      this.#pages.push(read.document);
      return read.document;
    }
    this.#failure = read.kind === 'failure' ? read.failure : this.#fail(exchange, 'http-status', 'answered 404');
    return null;
  }

  #take(document: Document): boolean {
    const before = this.#entities.size;
    const entities = document.root.field('entities').items();
    let repeated = 0;
    for (const entity of entities) {
      const id = entity.field('id').string() ?? `${entity.at.exchange}${entity.at.pointer}`;
      if (this.#entities.has(id)) repeated += 1;
      else this.#entities.set(id, entity);
    }
    const page = this.#pages.length;
    if (repeated > 0 && repeated === entities.length)
      this.#blame('repeated-page', `page ${page} brings only what earlier pages brought`);
    else if (repeated > 0)
      this.#blame(
        'repeated-entity',
        `${repeated} of the ${entities.length} entries of page ${page} were on earlier pages`,
      );
    return this.#entities.size > before;
  }

  #next(document: Document, barren: number): string | null {
    const uri = document.root.field('nextUri').string()?.trim() ?? '';
    if (uri === '') return null;
    const path = resolveUri(uri, document.exchange);
    if (path === null) {
      this.#failure = this.#fail(
        document.exchange,
        'foreign-origin',
        `names a nextUri on another origin, which is not followed: ${uri.slice(0, 120)}`,
      );
      return null;
    }
    if (this.#asked.has(path))
      return this.#stop('repeated-cursor', `page ${this.#pages.length} leads back to a page that was read already`);
    if (barren >= BARREN_PAGES) return this.#stop('no-news', `${BARREN_PAGES} pages in a row brought nothing new`);
    return path;
  }

  /** The listing has no end that can be trusted: what is missing from it cannot be called missing. */
  #stop(fault: Fault, message: string): null {
    this.#blame(fault, message);
    return null;
  }

  #blame(fault: Fault, message: string): void {
    this.#fault ??= { fault, message };
  }

  #fail(exchange: Exchange, code: CaptureFailure['code'], message: string): CaptureFailure {
    const { subject, what } = this.#input;
    return {
      side: 'contract',
      source: 'contract-api',
      subject,
      code,
      message: `GET ${exchange.path} (${what}) ${message}`,
      at: { exchange: exchange.id, pointer: '/nextUri' },
    };
  }
}

/**
 * Path and query of a `nextUri`: relative with or without a leading slash (both seen), absolute on the same origin.
 * @returns null for another origin, and for what is no address.
 */
export function resolveUri(uri: string, exchange: Exchange): string | null {
  try {
    const base = new URL(exchange.url);
    const absolute = /^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('//') || uri.startsWith('\\');
    const target = absolute ? new URL(uri, base) : new URL(uri.startsWith('/') ? uri : `/${uri}`, base.origin);
    return target.origin === base.origin ? `${target.pathname}${target.search}` : null;
  } catch {
    return null;
  }
}
