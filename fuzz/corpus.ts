/** Bodies in memory: parsed, typed by what was asked for, and served again with changes in them. */
import type { Exchange, Transport } from '../harness/domain/exchange.ts';
import { requestId } from '../harness/http/exchange-id.ts';
import type { Api } from './wire.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface Body {
  readonly exchange: Exchange;
  readonly api: Api;
  /** Wire type of the whole body. */
  readonly type: string;
  readonly json: JsonObject;
}

export interface Corpus {
  readonly exchanges: ReadonlyMap<string, Exchange>;
  /** Those that were answered with 200. */
  readonly bodies: readonly Body[];
}

/** What one change puts in place of one body. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** By exchange id. */
export type Replacements = ReadonlyMap<string, Answered>;

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/regions$/, 'Regions'],
  [/^\/v1\/regions\/[^/]+\/organizations$/, 'OrganizationListing'],
  [/^\/v1\/regions\/[^/]+\/organizations\/[^/]+$/, 'OrganizationSubscription'],
  [/^\/api\/v2\/billing\/trusteebillingoverview\/[^/]+$/, 'TrusteeBillingOverview'],
  [/^\/api\/v2\/billing\/contracts$/, 'BillingContractListing'],
  [/^\/api\/v2\/billing\/contracts\/invoices$/, 'BillingInvoiceListing'],
  [/^\/api\/v2\/billing\/contracts\/invoices\/[^/]+\/lines$/, 'BillingInvoiceItemListing'],
  [/^\/api\/v2\/billing\/contracts\/[^/]+$/, 'BillingContract'],
  [/^\/api\/v2\/billing\/contracts\/[^/]+\/billingperiods\/[^/]+$/, 'BillingContractPeriodDetail'],
];

export function corpusOf(exchanges: readonly Exchange[]): Corpus {
  const bodies = exchanges.flatMap((exchange) => {
    const { outcome, path, source: api } = exchange;
    const [plain = ''] = path.split('?');
    const type = TYPES.find(([pattern]) => pattern.test(plain))?.[1];
    if (outcome.kind !== 'answer' || outcome.status !== 200 || type === undefined) return [];
    return [{ exchange, api, type, json: JSON.parse(outcome.body) as JsonObject }];
  });
  return { exchanges: new Map(exchanges.map((exchange) => [exchange.id, exchange])), bodies };
}

/** Answers from memory. What was never recorded is not known to the server: 404. A second reading says what the first one said. */
export function serving({ exchanges }: Corpus, replaced: Replacements): Transport {
  const [template] = exchanges.values();
  if (template === undefined) throw new Error('nothing was recorded');
  return {
    async send(request) {
      const id = requestId({ ...request, reading: 0 });
      const known = exchanges.get(id);
      const other = replaced.get(id);
      if (known !== undefined && other === undefined) return known;
      const { status, body } = other ?? {
        status: 404,
        body: '{"message":"not found","code":"not.found","status":404}',
      };
      const { headers } = template.outcome.kind === 'answer' ? template.outcome : { headers: {} };
      const { path, subject, source } = request;
      return {
        ...(known ?? { ...template, id, path, subject, source }),
        outcome: { kind: 'answer', status, headers, body },
      };
    },
  };
}
