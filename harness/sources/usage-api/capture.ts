/** Asks the usage API's three endpoints (paths and `appIds` documented by the vendor). */
import type { CaptureFailure, CaptureSubject } from '../../domain/capture.ts';
import { compareDecimals, ZERO } from '../../domain/decimal.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import { knownValue } from '../../domain/figure.ts';
import type { ExpectedOrgs } from '../../domain/policy.ts';
import { type OrgRef, orgId } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';
import { type Document, readDocument } from '../document.ts';
import { type FieldNames, usageField } from './fields.ts';
import { usageSchema } from './schema.ts';

export interface UsageCaptureInput {
  readonly transport: Transport;
  /** Told before requests are sent. */
  readonly plan: (count: number) => void;
  readonly appIds: readonly string[];
  /** Null: everyone that the regions list. */
  readonly orgs: ExpectedOrgs;
  readonly fields: FieldNames;
}

export interface UsageCapture {
  readonly regions: Document | null;
  readonly listings: readonly { readonly region: string; readonly document: Document }[];
  readonly subscriptions: readonly { readonly org: OrgRef; readonly region: string; readonly document: Document }[];
  readonly unknownOrgs: readonly { readonly org: OrgRef; readonly region: string; readonly exchange: Exchange }[];
  readonly failures: readonly CaptureFailure[];
  /** The first answer, for its clock. */
  readonly first: Exchange | null;
}

interface Asked {
  readonly org: OrgRef;
  readonly region: string;
}

/** Never rejects for what the server does; only when interrupted or when recording fails. */
export async function captureUsage(input: UsageCaptureInput): Promise<UsageCapture> {
  return new UsageWalk(input).walk();
}

class UsageWalk {
  readonly #input: UsageCaptureInput;
  readonly #query: string;
  readonly #failures: CaptureFailure[] = [];
  #first: Exchange | null = null;

  constructor(input: UsageCaptureInput) {
    this.#input = input;
    this.#query = `appIds=${input.appIds.map(encodeURIComponent).join(',')}`;
  }

  async walk(): Promise<UsageCapture> {
    this.#input.plan(1);
    const regions = await this.#document(`/v1/regions?${this.#query}`, 'the regions', 'Regions', { kind: 'regions' });
    const names = this.#regionsToList(regions);
    this.#input.plan(names.length);
    const listed = await Promise.all(
      names.map(async (region) => ({
        region,
        document: await this.#document(
          `/v1/regions/${encodeURIComponent(region)}/organizations?${this.#query}`,
          `the organisations of ${region}`,
          'OrganizationListing',
          { kind: 'region-listing', region },
        ),
      })),
    );
    const listings = listed.flatMap(({ region, document }) => (document === null ? [] : [{ region, document }]));
    const asked = this.#orgsToAsk(listings);
    this.#input.plan(asked.length);
    const unknownOrgs: (Asked & { exchange: Exchange })[] = [];
    const subscriptions = await Promise.all(
      asked.map(async ({ org, region }) => {
        const path = `/v1/regions/${encodeURIComponent(region)}/organizations/${encodeURIComponent(org.id)}?${this.#query}`;
        const subject = `organisation ${org.name ?? org.id} (${region})`;
        const document = await this.#document(
          path,
          subject,
          'OrganizationSubscription',
          { kind: 'organisation', org, region },
          (exchange) => unknownOrgs.push({ org, region, exchange }),
        );
        return { org, region, document };
      }),
    );
    return {
      regions,
      listings,
      subscriptions: subscriptions.flatMap((one) =>
        one.document === null ? [] : [{ ...one, document: one.document }],
      ),
      unknownOrgs,
      failures: this.#failures,
      first: this.#first,
    };
  }

  async #document(
    path: string,
    subject: string,
    type: string,
    about: CaptureSubject,
    notFound?: (exchange: Exchange) => void,
  ): Promise<Document | null> {
    const exchange = await this.#input.transport.send({ source: 'usage-api', path, subject });
    this.#first ??= exchange;
    const read = readDocument(exchange, type, usageSchema, about);
    if (read.kind === 'document') return read.document;
    if (read.kind === 'failure') this.#failures.push(read.failure);
    else if (notFound !== undefined) notFound(exchange);
    else this.#failures.push(notFoundFailure(exchange, about));
    return null;
  }

  /** Zero counts occur; nobody is listed there. A listed organisation's region is asked whatever the counts say. */
  #regionsToList(regions: Document | null): string[] {
    const { orgs } = this.#input;
    if (orgs !== null) return [...new Set(orgs.map((org) => org.region))];
    const entries = regions?.root.field('regions').items() ?? [];
    const names = entries.flatMap((entry) => {
      const name = entry.field('id').string();
      const counts = entry
        .field('organizationCounts')
        .fields()
        .map(([, count]) => knownValue(count.decimal()));
      const empty = counts.length > 0 && counts.every((count) => count !== null && compareDecimals(count, ZERO) === 0);
      return name === null || empty ? [] : [name];
    });
    return [...new Set(names)];
  }

  #orgsToAsk(listings: UsageCapture['listings']): Asked[] {
    const { orgs, fields } = this.#input;
    if (orgs !== null) return orgs.map(({ id, name, region }) => ({ org: { id: orgId(id), name }, region }));
    const found = new Map<string, Asked>();
    for (const { region, document } of listings) {
      for (const member of document.root.field('organizations').items()) {
        const org = readOrg(member, usageField(fields));
        if (org !== null && !found.has(org.id)) found.set(org.id, { org, region });
      }
    }
    return [...found.values()];
  }
}

/** An organisation by any of its spellings, or nested as `organization: {id, name}`. */
export function readOrg(owner: Cursor, field: ReturnType<typeof usageField>): OrgRef | null {
  const nested = owner.field('organization').org();
  const id = field(owner, 'orgId').string()?.trim() ?? nested?.id ?? '';
  if (id === '') return null;
  return { id: orgId(id), name: field(owner, 'orgName').string()?.trim() ?? nested?.name ?? null };
}

const notFoundFailure = (exchange: Exchange, subject: CaptureSubject): CaptureFailure => ({
  side: 'legacy',
  source: 'usage-api',
  subject,
  code: 'http-status',
  message: `GET ${exchange.path} (${exchange.subject}) answered 404`,
  at: { exchange: exchange.id, pointer: '' },
});
