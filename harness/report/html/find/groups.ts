/** Findings gathered under what they share, with their money by currency. */
import { add, compareDecimals, type Decimal, decimal } from '../../../domain/decimal.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { Finding, FindingMoney } from '../../../domain/run-result.ts';
import { notAtRisk } from '../../words/finding.ts';
import type { Entry } from './search-index.ts';
import { moneyOf } from './search-index.ts';
import type { GroupKey } from './view-state.ts';

export interface Group {
  readonly key: string;
  readonly title: string;
  /** Finds exactly these when it is added to the query. */
  readonly query: string;
  readonly count: number;
  readonly orgs: number;
  /** Of mismatches, by currency; the larger direction first. */
  readonly money: readonly FindingMoney[];
  /** In the group, money of findings that are waived, tolerated or unverified: in no sum of money at risk. */
  readonly otherMoney: readonly FindingMoney[];
}

interface Place {
  readonly key: string;
  readonly title: string;
  readonly query: string;
}

const quoted = (text: string): string => (/[\s"]/.test(text) ? `"${text.replaceAll('"', '')}"` : text);

function placesOf(finding: Finding, by: GroupKey): readonly Place[] {
  switch (by) {
    case 'cause': {
      if (finding.rootCause !== null) {
        return [{ key: finding.rootCause, title: finding.rootCause, query: `cause:${finding.rootCause}` }];
      }
      if (finding.status !== 'mismatch') return [{ key: '', title: 'no mismatch', query: '-status:mismatch' }];
      return [{ key: 'none', title: 'not explained', query: 'cause:none' }];
    }
    case 'org':
      if (finding.orgs.length === 0) return [{ key: '', title: 'no organisation', query: 'org:none' }];
      return finding.orgs.map(({ id, name }) => ({ key: id, title: name ?? id, query: `org:${id}` }));
    case 'product': {
      const product = finding.sku ?? finding.partNumber;
      if (product === null) return [{ key: '', title: 'no product', query: 'sku:none' }];
      return [{ key: product, title: product, query: `sku:${quoted(product)}` }];
    }
    case 'rule':
      return [{ key: finding.rule, title: finding.rule, query: `rule:${finding.rule}` }];
  }
}

interface Tally {
  readonly place: Place;
  count: number;
  readonly orgs: Set<string>;
  readonly money: Sums;
  readonly otherMoney: Sums;
}

type Sums = Map<string, { readonly of: FindingMoney; sum: Decimal }>;

function count(tally: Tally, finding: Finding): void {
  tally.count += 1;
  for (const { id } of finding.orgs) tally.orgs.add(id);
  const sums = notAtRisk(finding) === null ? tally.money : tally.otherMoney;
  for (const money of moneyOf(finding)) {
    const key = `${money.currency} ${money.direction}`;
    const before = sums.get(key);
    if (before === undefined) sums.set(key, { of: money, sum: decimal(money.amount) });
    else before.sum = add(before.sum, decimal(money.amount));
  }
}

/**
 * Entries come by money, so that groups do too: the one that holds the first entry stands first.
 * A finding over several organisations counts under each of them.
 */
export function groupsOf(entries: readonly Entry[], by: GroupKey): readonly Group[] {
  const tallies = new Map<string, Tally>();
  for (const { finding } of entries) {
    for (const place of placesOf(finding, by)) {
      const tally = tallies.get(place.key) ?? {
        place,
        count: 0,
        orgs: new Set<string>(),
        money: new Map(),
        otherMoney: new Map(),
      };
      tallies.set(place.key, tally);
      count(tally, finding);
    }
  }
  return [...tallies.values()].map(({ place, count: size, orgs, money, otherMoney }) => ({
    ...place,
    count: size,
    orgs: orgs.size,
    money: amountsOf(money),
    otherMoney: amountsOf(otherMoney),
  }));
}

const amountsOf = (sums: Sums): FindingMoney[] =>
  [...sums.values()]
    .sort((a, b) =>
      a.of.currency < b.of.currency ? -1 : a.of.currency > b.of.currency ? 1 : compareDecimals(b.sum, a.sum),
    )
    .map(({ of, sum }) => ({ ...of, amount: formatAmount(sum, of.currency) }));
