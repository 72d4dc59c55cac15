/** Asks the usage API's three endpoints (paths and `appIds` documented by the vendor). */
import type { CaptureFailure, CaptureSubject } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { ExpectedOrgs } from '../../domain/policy.ts';
import { type OrgRef, orgId } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument, sortedDocuments } from '../document.ts';
import { failureOf, inFixedOrder, statusFailure } from '../failure.ts';
import { type FieldNames, orgIdsIn, readOrg } from './fields.ts';
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
  /** The region lists it: then 404 is a contradiction. */
  readonly listed: boolean;
}

export interface UsageCapture {
  readonly regions: Document | null;
  /** Only those that name their organisations; why others do not is among the failures. */
  readonly listings: readonly { readonly region: string; readonly document: Document }[];
  readonly subscriptions: readonly (AskedOrg & { readonly document: Document })[];
  /** Named by the scenario, and the API answered 404. */
  readonly unknownOrgs: readonly (AskedOrg & { readonly exchange: Exchange })[];
  readonly failures: readonly CaptureFailure[];
  /** Whom the listings and the scenario name, those that `concerns` leaves out too. */
  readonly named: readonly AskedOrg[];
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
    const named = this.#orgsToAsk(listings);
    const answers = await this.subscriptions(named.filter(({ org }) => concerns(org.id)));
    return { regions, listings, named, ...answers, first: this.#first };
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
      // Whom another region lists is known to the API.
      unknownOrgs: answers.flatMap(({ one, answer }) =>
        answer.unknown && !asked.some((other) => other.listed && other.org.id === one.org.id)
          ? [{ ...one, exchange: answer.unknown }]
          : [],
      ),
      failures: inFixedOrder(this.#failures),
      documents: sortedDocuments(this.#documents),
    };
  }

  async #regions(): Promise<Document | null> {
    const subject: CaptureSubject = { kind: 'regions' };
    const { document } = await this.#ask(`/v1/regions?${this.#query}`, 'the regions', 'Regions', subject);
    if (document === null) return null;
    this.#mustBeNamed(document, 'regions', (entry) => entry.field('id').string(), subject);
    return document;
  }

  async #listing(region: string): Promise<UsageCapture['listings']> {
    const path = `/v1/regions/${encodeURIComponent(region)}/organizations?${this.#query}`;
    const subject: CaptureSubject = { kind: 'region-listing', region };
    const { document } = await this.#ask(path, `the organisations of ${region}`, 'OrganizationListing', subject);
    if (document === null) return [];
    this.#mustBeNamed(document, 'organizations', (entry) => readOrg(entry, this.#input.fields), subject);
    return [{ region, document }];
  }

  async #subscription({
    org,
    region,
    listed,
  }: AskedOrg): Promise<{ document: Document | null; unknown: Exchange | null }> {
    const path = `/v1/regions/${encodeURIComponent(region)}/organizations/${encodeURIComponent(org.id)}?${this.#query}`;
    const about: CaptureSubject = { kind: 'organisation', org, region };
    const words = `organisation ${org.name ?? org.id} (${region})`;
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
    const read = readDocument(exchange, usageSchema, {
      type,
      subject: about,
      orgIds: (root) => orgIdsIn(root, this.#input.fields),
    });
    if (read.kind === 'document') {
      this.#documents.push(read.document);
      return { document: read.document, unknown: null };
    }
    if (read.kind === 'not-found' && notFound === 'unknown') return { document: null, unknown: exchange };
    if (read.kind === 'failure') this.#failures.push(read.failure);
    else this.#failures.push(statusFailure(exchange, about, 404));
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
    const reason = `the answer has ${nameless.length} ${list} without an id`;
    this.#fail(document.exchange, subject, 'wire-contract', reason, first.at.pointer);
  }

  #fail(
    exchange: Exchange,
    about: CaptureSubject,
    code: CaptureFailure['code'],
    reason: string,
    pointer: string,
  ): void {
    this.#failures.push(failureOf(exchange, about, code, reason, pointer));
  }

  /**
   * Every region, whatever its counts say: they may be wrong, and then nobody else tells of who is there. Of listed organisations
   * their own regions, too, should `/v1/regions` lack them.
   */
  #regionsToList(regions: Document | null): string[] {
    const own = (this.#input.orgs ?? []).map(({ region }) => region);
    const entries = regions?.root.field('regions').items() ?? [];
    return [...new Set([...own, ...entries.flatMap((entry) => entry.field('id').string() ?? [])])];
  }

  /** Each in every region that lists it; one that the scenario names in its own region, too. */
  #orgsToAsk(listings: UsageCapture['listings']): AskedOrg[] {
    const { orgs, fields } = this.#input;
    const asked = new Map<string, AskedOrg>();
    const keyOf = ({ org, region }: Pick<AskedOrg, 'org' | 'region'>): string => `${org.id} ${region}`;
    for (const { id, name, region } of orgs ?? []) {
      const one = { org: { id: orgId(id), name }, region, listed: false };
      asked.set(keyOf(one), one);
    }
    const names = new Map((orgs ?? []).map(({ id, name }) => [orgId(id), name]));
    for (const { region, document } of listings) {
      for (const member of document.root.field('organizations').items()) {
        const org = readOrg(member, fields);
        if (org === null || (orgs !== null && !names.has(org.id))) continue;
        const one = { org: { id: org.id, name: names.get(org.id) ?? org.name }, region, listed: true };
        if (asked.get(keyOf(one))?.listed !== true) asked.set(keyOf(one), one);
      }
    }
    return [...asked.values()];
  }
}
