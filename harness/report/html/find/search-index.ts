/** Findings made ready for searching and sorting, once. */
import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Finding, FindingMoney } from '../../../domain/run-result.ts';
import type { History } from '../data.ts';
import { isNew } from './history.ts';
import type { Searchable } from './query.ts';

export interface Entry extends Searchable {
  readonly finding: Finding;
  /** Place in the given order: by money, then by a fixed key. */
  readonly at: number;
}

export const moneyOf = (finding: Finding): readonly FindingMoney[] =>
  finding.moneyAtRisk === null ? [] : [finding.moneyAtRisk, ...(finding.moreMoneyAtRisk ?? [])];

const joined = (parts: readonly (string | null)[]): string =>
  parts
    .filter((part) => part !== null)
    .join(' ')
    .toLowerCase();

function fieldsOf(finding: Finding, isNew: boolean): Searchable['fields'] {
  return {
    rule: finding.rule,
    org: finding.orgs.length === 0 ? 'none' : joined(finding.orgs.flatMap(({ id, name }) => [id, name])),
    status: isNew ? `${finding.status} new` : finding.status,
    sku: joined([finding.sku, finding.partNumber]) || 'none',
    app: joined([finding.appId]),
    region: joined([finding.region]),
    category: finding.category,
    cause: finding.rootCause ?? (finding.status === 'mismatch' ? 'none' : ''),
    currency: joined(moneyOf(finding).map((money) => money.currency)),
    side: joined([finding.side]),
    id: finding.id,
  };
}

function entryOf(finding: Finding, at: number, history: History | null): Entry {
  const fields = fieldsOf(finding, isNew(finding.id, history));
  const stated = [finding.legacy?.value ?? null, finding.contract?.value ?? null, finding.reason];
  return {
    finding,
    at,
    fields,
    all: `${Object.values(fields).join(' ')} ${joined(stated)}`,
    amounts: moneyOf(finding)
      .map((money) => parseDecimal(money.amount))
      .filter((amount): amount is Decimal => amount !== null),
  };
}

export const buildIndex = (findings: readonly Finding[], history: History | null = null): readonly Entry[] =>
  findings.map((finding, at) => entryOf(finding, at, history));
