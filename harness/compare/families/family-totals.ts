/** What families leave that were judged for good: sums, the cells that say something, and of what matches no more than that it does. */
import { ascending } from 'd3-array';
import { add } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import { MatchLog } from '../../domain/match-log.ts';
import type { Account } from '../../domain/record.ts';
import { OUT_OF_SCOPE_REASONS, RECORD_KINDS } from '../../domain/record.ts';
import type { OrgCounts, StatementLine, TieOut } from '../../domain/verdict.ts';
import type { ComparedParts } from '../conservation/compared-what.ts';
import type { Tally } from '../judging/gate.ts';
import { type Facts, joinFacts, NO_FACTS } from '../scope/family-facts.ts';

/** What a judgement took for granted of everybody else; if it is not so, the families are judged again. */
export type Assumption =
  /** Legacy states the rate in no row of the product. */
  | { readonly kind: 'rate-not-carried'; readonly product: string; readonly rate: 'committedRate' | 'overageRate' }
  /** One legacy API states nothing of the part number for anyone. */
  | { readonly kind: 'part-not-stated'; readonly partNumber: string; readonly source: 'usage' | 'partner' };

export interface FamilyTotals {
  readonly facts: Facts;
  readonly assumptions: readonly Assumption[];
  readonly tally: Tally;
  readonly orgs: OrgCounts;
  readonly accounts: readonly Account[];
  readonly statement: readonly StatementLine[];
  readonly tieOut: readonly TieOut[];
  readonly compared: ComparedParts;
  /** Cells that are no match, and those of their pairs. */
  readonly cells: readonly Cell[];
  /** Ids of those that coverage leaves out. */
  readonly outside: ReadonlySet<string>;
  /** All other cells. */
  readonly matches: MatchLog;
  readonly anythingCompared: boolean;
}

const NO_TALLY: Tally = {
  counts: { match: 0, tolerated: 0, mismatch: 0, waived: 0, unstable: 0, notComparable: 0 },
  unexpected: 0,
  unstableClosed: 0,
  subjects: { compared: 0, mismatching: 0 },
};

export const NO_FAMILY_TOTALS: FamilyTotals = {
  facts: NO_FACTS,
  assumptions: [],
  tally: NO_TALLY,
  orgs: { expected: 0, compared: 0, atParity: 0, unreachable: 0 },
  accounts: [],
  statement: [],
  tieOut: [],
  compared: { quantities: false, unpriced: new Set(), listingDetail: { asked: 0, of: 0 } },
  cells: [],
  outside: new Set(),
  matches: MatchLog.EMPTY,
  anythingCompared: false,
};

/** What several batches of families leave, together. @param shares in a fixed order */
export function together(shares: readonly FamilyTotals[]): FamilyTotals {
  return {
    facts: joinAll(shares.map(({ facts }) => facts)),
    assumptions: distinct(shares.flatMap(({ assumptions }) => assumptions)),
    tally: shares.reduce((sum, { tally }) => joinTally(sum, tally), NO_TALLY),
    orgs: shares.reduce((sum, { orgs }) => addCounts(sum, orgs), NO_FAMILY_TOTALS.orgs),
    accounts: joinAccounts(shares.flatMap(({ accounts }) => accounts)),
    statement: shares.flatMap(({ statement }) => statement),
    tieOut: joinTieOut(shares.flatMap(({ tieOut }) => tieOut)),
    compared: shares.map(({ compared }) => compared).reduce(joinCompared, NO_FAMILY_TOTALS.compared),
    cells: shares.flatMap(({ cells }) => cells),
    outside: new Set(shares.flatMap(({ outside }) => [...outside])),
    matches: MatchLog.join(shares.map(({ matches }) => matches)),
    anythingCompared: shares.some(({ anythingCompared }) => anythingCompared),
  };
}

/** Pair by pair, so that sets are not copied over and over. */
function joinAll(facts: readonly Facts[]): Facts {
  if (facts.length <= 1) return facts[0] ?? NO_FACTS;
  const middle = Math.ceil(facts.length / 2);
  return joinFacts(joinAll(facts.slice(0, middle)), joinAll(facts.slice(middle)));
}

const distinct = (all: readonly Assumption[]): readonly Assumption[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];

const addCounts = <T extends object>(a: T, b: T): T =>
  Object.fromEntries(Object.entries(a).map(([name, count]) => [name, count + (b[name as keyof T] as number)])) as T;

export const joinTally = (a: Tally, b: Tally): Tally => ({
  counts: addCounts(a.counts, b.counts),
  unexpected: a.unexpected + b.unexpected,
  unstableClosed: a.unstableClosed + b.unstableClosed,
  subjects: addCounts(a.subjects, b.subjects),
});

export const joinOrgs = (a: OrgCounts, b: OrgCounts): OrgCounts => addCounts(a, b);

export const joinCompared = (a: ComparedParts, b: ComparedParts): ComparedParts => ({
  quantities: a.quantities || b.quantities,
  unpriced: new Set([...a.unpriced, ...b.unpriced]),
  listingDetail: addCounts(a.listingDetail, b.listingDetail),
});

/** In the order of kinds and reasons. */
export function joinAccounts(all: readonly Account[]): readonly Account[] {
  return RECORD_KINDS.flatMap((kind) => {
    const own = all.filter(({ record }) => record === kind);
    if (own.length === 0) return [];
    const sum = (of: (account: Account) => number): number => own.reduce((total, one) => total + of(one), 0);
    const out = (reason: string): number =>
      sum((one) => one.outOfScope.find((each) => each.reason === reason)?.count ?? 0);
    return [
      {
        record: kind,
        received: sum(({ received }) => received),
        compared: sum(({ compared }) => compared),
        notComparable: sum(({ notComparable }) => notComparable),
        outOfScope: OUT_OF_SCOPE_REASONS.map((reason) => ({ reason, count: out(reason) })).filter(
          ({ count }) => count > 0,
        ),
      },
    ];
  });
}

/** Every amount is a sum over pairs. */
export function joinTieOut(all: readonly TieOut[]): readonly TieOut[] {
  const byCurrency = new Map<string, TieOut>();
  for (const one of all) {
    const before = byCurrency.get(one.currency);
    byCurrency.set(one.currency, before === undefined ? one : addTieOut(before, one));
  }
  return [...byCurrency.values()].sort((a, b) => ascending(a.currency, b.currency));
}

const addTieOut = (a: TieOut, b: TieOut): TieOut => ({
  currency: a.currency,
  legacy: add(a.legacy, b.legacy),
  contract: add(a.contract, b.contract),
  difference: add(a.difference, b.difference),
  findings: add(a.findings, b.findings),
  residual: add(a.residual, b.residual),
  notCompared: {
    legacy: add(a.notCompared.legacy, b.notCompared.legacy),
    contract: add(a.notCompared.contract, b.notCompared.contract),
  },
});
