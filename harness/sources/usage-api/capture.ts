/** Asks the usage API's three endpoints (paths and `appIds` documented by the vendor). */
import type { CaptureFailure, CaptureSubject } from '../../domain/capture.ts';
import { isZero } from '../../domain/decimal.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import { knownValue } from '../../domain/figure.ts';
import type { ExpectedOrgs } from '../../domain/policy.ts';
import { type OrgRef, orgId } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument, sortedDocuments } from '../document.ts';
import { failureOf, inFixedOrder, statusWords } from '../failure.ts';
import { type FieldNames, readOrg } from './fields.ts';
import { usageSchema } from './schema.ts';

export interface UsageCaptureInput {
  readonly transport: Transport;
  /** Told how many more requests there will be, before they are sent. */
  readonly plan: (count: number) => void;
  readonly appIds: readonly string[];
  /** Null: everyone that the regions list. */
  readonly orgs: ExpectedOrgs;
  readonly fields: FieldNames;
  /** Whose own answers are asked for; everybody's if left out. Listings are read whole. */
  readonly concerns?: (orgId: string) => boolean;
}

/** An organisation as it was asked for. */
export interface AskedOrg {
  readonly org: OrgRef;
  readonly region: string;
}

export interface UsageCapture {
  readonly regions: Document | null;
  /** Only those that name their organisations; why others do not is among the failures. */
  readonly listings: readonly { readonly region: string; readonly document: Document }[];
  readonly subscriptions: readonly (AskedOrg & { readonly document: Document })[];
  /** Named by the scenario, and the API answered 404. */
  readonly unknownOrgs: readonly (AskedOrg & { readonly exchange: Exchange })[];
  readonly failures: readonly CaptureFailure[];
  /** Every body that was read, usable or not. */
  readonly documents: readonly Document[];
  /** The first answer, for its clock; null if there was none. */
  readonly first: Exchange | null;
}

/**
 * `/v1/regions`, the listing of each region concerned, and each organisation's own answer. What the server does is told in
 * `failures`; rejects only when interrupted or when recording fails.
 */
export async function captureUsage(input: UsageCaptureInput): Promise<UsageCapture> {
  return new UsageWalk(input).walk();
}

/** Asks for these organisations alone, no region and no listing: a second reading of what the first one found. */
export async function captureSubscriptions(
  input: UsageCaptureInput,
  asked: readonly AskedOrg[],
): Promise<Pick<UsageCapture, 'subscriptions' | 'unknownOrgs' | 'failures' | 'documents'>> {
  return new UsageWalk(input).subscriptions(asked);
}

class UsageWalk {
  readonly #input: UsageCaptureInput;
  readonly #query: string;
  readonly #failures: CaptureFailure[] = [];
  readonly #documents: Document[] = [];
  #first: Exchange | null = null;

  constructor(input: UsageCaptureInput) {
    this.#input = input;
    this.#query = `appIds=${input.appIds.map(encodeURIComponent).join(',')}`;
  }

  async walk(): Promise<UsageCapture> {
    this.#input.plan(1);
    const regions = await this.#regions();
    const names = this.#regionsToList(regions);
    this.#input.plan(names.length);
    const listings = (await Promise.all(names.map((region) => this.#listing(region)))).flat();
    const { concerns = () => true } = this.#input;
    const answers = await this.subscriptions(this.#orgsToAsk(listings).filter(({ org }) => concerns(org.id)));
    return { regions, listings, ...answers, first: this.#first };
  }

  async subscriptions(
    asked: readonly AskedOrg[],
  ): Promise<Pick<UsageCapture, 'subscriptions' | 'unknownOrgs' | 'failures' | 'documents'>> {
    this.#input.plan(asked.length);
    const answers = await Promise.all(asked.map(async (one) => ({ one, answer: await this.#subscription(one) })));
    return {
      subscriptions: answers.flatMap(({ one, answer }) =>
        answer.document ? [{ ...one, document: answer.document }] : [],
      ),
      unknownOrgs: answers.flatMap(({ one, answer }) => (answer.unknown ? [{ ...one, exchange: answer.unknown }] : [])),
      failures: inFixedOrder(this.#failures),
      documents: sortedDocuments(this.#documents),
    };
  }

  async #regions(): Promise<Document | null> {
    const subject: CaptureSubject = { kind: 'regions' };
    const { document } = await this.#ask(`/v1/regions?${this.#query}`, 'the regions', 'Regions', subject);
    if (document === null) return null;
    if (!document.root.field('regions').isList) {
      this.#fail(document.exchange, subject, 'wire-contract', 'names no list of regions', '/regions');
      return null;
    }
    this.#mustBeNamed(document, 'regions', (entry) => entry.field('id').string(), subject);
    return document;
  }

  async #listing(region: string): Promise<UsageCapture['listings']> {
    const path = `/v1/regions/${encodeURIComponent(region)}/organizations?${this.#query}`;
    const subject: CaptureSubject = { kind: 'region-listing', region };
    const { document } = await this.#ask(path, `the organisations of ${region}`, 'OrganizationListing', subject);
    if (document === null) return [];
    if (!document.root.field('organizations').isList) {
      this.#fail(document.exchange, subject, 'wire-contract', 'names no list of organisations', '/organizations');
      return [];
    }
    this.#mustBeNamed(document, 'organizations', (entry) => readOrg(entry, this.#input.fields), subject);
    return [{ region, document }];
  }

  async #subscription({ org, region }: AskedOrg): Promise<{ document: Document | null; unknown: Exchange | null }> {
    const path = `/v1/regions/${encodeURIComponent(region)}/organizations/${encodeURIComponent(org.id)}?${this.#query}`;
    const about: CaptureSubject = { kind: 'organisation', org, region };
    const words = `organisation ${org.name ?? org.id} (${region})`;
    const listed = this.#input.orgs === null;
    return this.#ask(path, words, 'OrganizationSubscription', about, listed ? 'failure' : 'unknown');
  }

  /** @param notFound what 404 means: that the organisation is not known, or a contradiction to what was listed */
  async #ask(
    path: string,
    words: string,
    type: string,
    about: CaptureSubject,
    notFound: 'failure' | 'unknown' = 'failure',
  ): Promise<{ document: Document | null; unknown: Exchange | null }> {
    const exchange = await this.#input.transport.send({ source: 'usage-api', path, subject: words });
    if (exchange.outcome.kind === 'answer') this.#first ??= exchange;
    const read = readDocument(exchange, type, usageSchema, about);
    if (read.kind === 'document') {
      this.#documents.push(read.document);
      return { document: read.document, unknown: null };
    }
    if (read.kind === 'not-found' && notFound === 'unknown') return { document: null, unknown: exchange };
    if (read.kind === 'failure') this.#failures.push(read.failure);
    else this.#fail(exchange, about, 'http-status', statusWords(exchange, 404), '');
    return { document: null, unknown: null };
  }

  /** An entry without its id can be neither asked for nor counted. */
  #mustBeNamed(document: Document, list: string, nameOf: (entry: Cursor) => unknown, subject: CaptureSubject): void {
    const nameless = document.root
      .field(list)
      .items()
      .filter((entry) => nameOf(entry) === null);
    const [first] = nameless;
    if (first === undefined) return;
    const said = `has ${nameless.length} ${list} without an id`;
    this.#fail(document.exchange, subject, 'wire-contract', said, first.at.pointer);
  }

  #fail(exchange: Exchange, about: CaptureSubject, code: CaptureFailure['code'], said: string, pointer: string): void {
    this.#failures.push(failureOf(exchange, about, code, said, pointer));
  }

  /** Zero counts occur, and nobody is listed there. A listed organisation's region is asked whatever the counts say. */
  #regionsToList(regions: Document | null): string[] {
    const { orgs } = this.#input;
    if (orgs !== null) return [...new Set(orgs.map(({ region }) => region))];
    const entries = regions?.root.field('regions').items() ?? [];
    const names = entries.flatMap((entry) => {
      const name = entry.field('id').string();
      return name === null || isEmptyRegion(entry) ? [] : [name];
    });
    return [...new Set(names)];
  }

  #orgsToAsk(listings: UsageCapture['listings']): AskedOrg[] {
    const { orgs, fields } = this.#input;
    if (orgs !== null) return orgs.map(({ id, name, region }) => ({ org: { id: orgId(id), name }, region }));
    const found = new Map<string, AskedOrg>();
    for (const { region, document } of listings) {
      for (const member of document.root.field('organizations').items()) {
        const org = readOrg(member, fields);
        if (org !== null && !found.has(org.id)) found.set(org.id, { org, region });
      }
    }
    return [...found.values()];
  }
}

/** Every count is stated and zero. A count that is missing or unreadable is not taken for zero. */
function isEmptyRegion(region: Cursor): boolean {
  const counts = region.field('organizationCounts').fields();
  const values = counts.map(([, count]) => knownValue(count.decimal()));
  return values.length > 0 && values.every((value) => value !== null && isZero(value));
}
