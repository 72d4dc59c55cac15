/** What would have to be waived for a run to have no mismatch: by root cause first, then by rule. */
import { group } from 'd3-array';
import { add, type Decimal, decimal, multiply } from '../../domain/decimal.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Finding, FindingMoney, RunResult } from '../../domain/run-result.ts';
import { moneyOf } from '../words/finding.ts';

export interface Proposal {
  /** One of both is null. */
  readonly rule: string | null;
  readonly cause: string | null;
  readonly org: string | null;
  readonly sku: string | null;
  readonly appId: string | null;
  /** First day of the billing period. */
  readonly period: string | null;
  readonly delta: string | null;
  /** By currency; null: no limit. */
  readonly maxMoney: Readonly<Record<string, string>> | null;
  /** Mismatches that it covers, with what follows from them. */
  readonly covers: number;
  /** What they cost now, both directions added, by currency. */
  readonly money: readonly { readonly currency: string; readonly amount: string }[];
  /** A figure of it belongs to an open period and moves from run to run. */
  readonly open: boolean;
  readonly about: string;
}

/** @param findings as in findings.jsonl */
export function proposalsFor({ rootCauses }: Pick<RunResult, 'rootCauses'>, findings: readonly Finding[]): Proposal[] {
  const mismatches = findings.filter(({ status }) => status === 'mismatch');
  const followers = group(mismatches, ({ derivedFrom }) => derivedFrom);
  const byId = new Map(mismatches.map((finding) => [finding.id, finding]));
  const covered = new Set<string>();
  const causes = rootCauses.map((cause): Proposal => {
    const own = withFollowers(
      cause.findings.flatMap((id) => byId.get(id) ?? []),
      followers,
    );
    for (const { id } of own) covered.add(id);
    return byCause(cause, own);
  });
  const left = mismatches.filter(
    ({ id, derivedFrom }) => !covered.has(id) && (derivedFrom === null || !byId.has(derivedFrom)),
  );
  const groups = group(left, (finding) => JSON.stringify(placeOf(finding)));
  return [...causes, ...[...groups.values()].map((own) => byRule(own, followers))];
}

function withFollowers(own: readonly Finding[], followers: ReadonlyMap<string | null, readonly Finding[]>): Finding[] {
  const all = new Set(own);
  // A set that grows while it is walked is walked to its end: followers of followers are reached too.
  for (const { id } of all) for (const follower of followers.get(id) ?? []) all.add(follower);
  return [...all];
}

type Scope = Pick<Proposal, 'rule' | 'org' | 'sku' | 'appId' | 'period' | 'delta'>;

/** In an open period use moves the difference from run to run: no exact one is proposed. */
function placeOf({ rule, orgs, sku, partNumber, appId, period, delta }: Finding): Scope {
  return {
    rule,
    org: orgs[0]?.id ?? null,
    sku: sku?.split(', ')[0] ?? partNumber,
    appId: appId?.includes(', ') ? null : appId,
    period: period?.start ?? null,
    delta: isOpen(period) ? null : delta,
  };
}

function byCause({ id, title, sku }: RunResult['rootCauses'][number], own: readonly Finding[]): Proposal {
  const orgs = new Set(own.flatMap((finding) => finding.orgs.map((org) => org.id)));
  return {
    ...{ rule: null, cause: id, org: null, sku: sku?.split(', ')[0] ?? null, appId: null, period: null, delta: null },
    ...costOf(own, false),
    about: `${title}, at ${orgs.size} ${orgs.size === 1 ? 'organisation' : 'organisations'}`,
  };
}

/** @param own of one place; several only where no exact difference tells them apart */
function byRule(own: readonly Finding[], followers: ReadonlyMap<string | null, readonly Finding[]>): Proposal {
  const [first] = own;
  if (first === undefined) throw new Error('a proposal of nothing');
  const place = placeOf(first);
  const where = first.orgs.map(({ id, name }) => name ?? id).join(' + ');
  return {
    ...place,
    cause: null,
    ...costOf(withFollowers(own, followers), place.delta !== null),
    about: [where, first.reason].filter((part) => part).join(': '),
  };
}

const isOpen = (period: Finding['period']): boolean => period !== null && period.status !== 'closed';

/** Today's money where nothing moves; twice as much in an open period, in which it grows. */
function costOf(own: readonly Finding[], isExact: boolean): Pick<Proposal, 'maxMoney' | 'covers' | 'money' | 'open'> {
  const open = own.some(({ period }) => isOpen(period));
  const money = [...sums(own.flatMap(moneyOf))].sort(([a], [b]) => (a < b ? -1 : 1));
  const limits = money.map(([currency, amount]) => {
    return [currency, formatAmount(open ? multiply(amount, TWICE) : amount, currency)] as const;
  });
  return {
    maxMoney: isExact || limits.length === 0 ? null : Object.fromEntries(limits),
    covers: own.length,
    money: money.map(([currency, amount]) => ({ currency, amount: formatAmount(amount, currency) })),
    open,
  };
}

const TWICE = decimal(2);

function sums(money: readonly FindingMoney[]): Map<string, Decimal> {
  const totals = new Map<string, Decimal>();
  for (const { currency, amount } of money) {
    totals.set(currency, add(totals.get(currency) ?? decimal(0), decimal(amount)));
  }
  return totals;
}
