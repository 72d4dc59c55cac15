/** Walks a listing by its `nextUri`, in every spelling, and never for ever. */
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument } from '../document.ts';
import { failureOf, statusFailure } from '../failure.ts';
import { fingerprint } from '../json-value.ts';
import type { PageSizes } from './page-size.ts';
import { contractSchema } from './schema.ts';

export interface WalkInput {
  readonly transport: Transport;
  readonly plan: (count: number) => void;
  /** Of the listing, without a query. */
  readonly path: string;
  /** Wire type of the listing. */
  readonly type: string;
  /** For people: `the contracts`. */
  readonly what: string;
  readonly subject: CaptureSubject;
  readonly sizes: PageSizes;
  /** Filters, such as `status=Active`. */
  readonly query?: string;
  /** A listing with more pages is given up. */
  readonly maxPages?: number;
}

export interface Walked {
  readonly pages: readonly Document[];
  /** Each entity once: by its id, or by what it says where it has none. */
  readonly entities: readonly Cursor[];
  readonly note: PagingNote;
  /** Why the listing may lack entities; null if it was walked to its end. */
  readonly failure: CaptureFailure | null;
  /** The first answer; null if there was none. */
  readonly first: Exchange | null;
}

/** As in the vendor's own command-line client: three pages without news, and the walk ends. */
const BARREN_PAGES = 3;
/** A million contracts at the documented page size. */
const MAX_PAGES = 100_000;

type Fault = Exclude<PagingNote['fault'], null>;

export async function walkListing(input: WalkInput): Promise<Walked> {
  return new ListingWalk(input).walk();
}

class ListingWalk {
  readonly #input: WalkInput;
  readonly #pages: Document[] = [];
  readonly #entities = new Map<string, Cursor>();
  readonly #asked = new Set<string>();
  #first: Exchange | null = null;
  #last = { exchange: '', pointer: '' };
  #barren = 0;
  #fault: { fault: Fault; message: string } | null = null;
  #failure: CaptureFailure | null = null;

  constructor(input: WalkInput) {
    this.#input = input;
  }

  async walk(): Promise<Walked> {
    let page = await this.#firstPage();
    while (page !== null) {
      this.#take(page);
      const next = this.#next(page);
      page = next === null ? null : this.#read(await this.#send(next));
    }
    return {
      pages: this.#pages,
      entities: [...this.#entities.values()],
      failure: this.#failure,
      first: this.#first,
      note: {
        source: 'contract-api',
        listing: this.#input.path,
        pages: this.#pages.length,
        entities: this.#entities.size,
        fault: this.#fault?.fault ?? null,
        message: this.#fault?.message ?? null,
        at: this.#pages[0]?.root.at ?? this.#last,
      },
    };
  }

  /** Finds a page size that the server takes; the answer to a refused one is not a page. */
  async #firstPage(): Promise<Document | null> {
    const { path, sizes, query } = this.#input;
    const filters = query === undefined ? '' : `${query}&`;
    for (;;) {
      const size = sizes.current;
      const exchange = await this.#send(`${path}?${filters}pageSize=${size}`);
      if (!sizes.lower(exchange, size)) return this.#read(exchange);
    }
  }

  async #send(path: string): Promise<Exchange> {
    const { transport, plan, what } = this.#input;
    this.#asked.add(path);
    plan(1);
    const subject = `${what}, page ${this.#pages.length + 1}`;
    const exchange = await transport.send({ source: 'contract-api', path, subject });
    if (exchange.outcome.kind === 'answer') this.#first ??= exchange;
    this.#last = { exchange: exchange.id, pointer: '' };
    return exchange;
  }

  #read(exchange: Exchange): Document | null {
    const { type, subject } = this.#input;
    const read = readDocument(exchange, contractSchema, { type, subject });
    if (read.kind === 'failure') this.#failure = read.failure;
    if (read.kind === 'not-found') this.#failure = statusFailure(exchange, subject, 404);
    if (read.kind !== 'document') return null;
    this.#pages.push(read.document);
    return read.document;
  }

  /** Of entities without an id, equal ones of one page all count; on a later page they are the same ones again. */
  #take(document: Document): void {
    const entities = document.root.field('entities').items();
    const copies = new Map<string, number>();
    let repeated = 0;
    for (const entity of entities) {
      const key = keyOf(entity, copies);
      if (this.#entities.has(key)) repeated += 1;
      else this.#entities.set(key, entity);
    }
    this.#barren = repeated < entities.length ? 0 : this.#barren + 1;
    const page = this.#pages.length;
    if (repeated === 0) return;
    if (repeated === entities.length)
      this.#blame('repeated-page', `page ${page} brings only what earlier pages brought`);
    else this.#blame('repeated-entity', `page ${page} brings ${repeated} of its ${entities.length} entries again`);
  }

  /** @returns path of the next page; null at the end, or where following on leads nowhere */
  #next({ root, exchange }: Document): string | null {
    const uri = root.field('nextUri').string();
    if (uri === null) return null;
    const path = resolveUri(uri, exchange);
    const { maxPages = MAX_PAGES } = this.#input;
    const page = this.#pages.length;
    if (path === null) {
      const reason = `the answer names a nextUri that is not on the same origin; it is not followed: ${uri.slice(0, 120)}`;
      return this.#fail(exchange, 'foreign-origin', reason, '/nextUri');
    }
    if (this.#asked.has(path))
      return this.#stop(exchange, 'repeated-cursor', `page ${page} leads back to an earlier page`);
    if (this.#barren >= BARREN_PAGES) {
      return this.#stop(exchange, 'no-news', `${BARREN_PAGES} pages in a row brought nothing new`);
    }
    if (page >= maxPages)
      return this.#fail(exchange, 'wire-contract', `the listing leads on after ${maxPages} pages`, '/nextUri');
    return path;
  }

  /** A listing without an end: what is not on it cannot be called missing. */
  #stop(exchange: Exchange, fault: Fault, message: string): null {
    this.#fault = { fault, message };
    return this.#fail(exchange, 'wire-contract', `the listing has no end that can be trusted: ${message}`, '/nextUri');
  }

  /** The first fault is told, unless the walk had to stop for another. */
  #blame(fault: Fault, message: string): void {
    this.#fault ??= { fault, message };
  }

  #fail(exchange: Exchange, code: CaptureFailure['code'], reason: string, pointer: string): null {
    this.#failure = failureOf(exchange, this.#input.subject, code, reason, pointer);
    return null;
  }
}

function keyOf(entity: Cursor, copies: Map<string, number>): string {
  const id = entity.field('id').string();
  if (id !== null) return `id ${id}`;
  const text = fingerprint(entity.json);
  const copy = (copies.get(text) ?? 0) + 1;
  copies.set(text, copy);
  return `copy ${copy} of ${text}`;
}

/**
 * Path and query of a `nextUri`: relative with or without a leading slash (both seen), a query alone, or absolute on the same
 * origin. @returns null for another origin, and for what is no address.
 */
export function resolveUri(uri: string, exchange: Pick<Exchange, 'url'>): string | null {
  try {
    const base = new URL(exchange.url);
    const asItIs = /^(?:[a-z][a-z0-9+.-]*:|[/\\?])/i.test(uri);
    const target = new URL(asItIs ? uri : `/${uri}`, base);
    return target.origin === base.origin ? `${target.pathname}${target.search}` : null;
  } catch {
    return null;
  }
}
