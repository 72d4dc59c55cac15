/** What a run says of each customer: checks by outcome, money at risk and bills. Sums are exact; currencies stay apart. */
import { customerKey, type PassedChecks } from '../../../domain/customer.ts';
import { absolute, add, compareDecimals, type Decimal, decimal, ZERO } from '../../../domain/decimal.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { Finding, ResultMoney, StatementRow } from '../../../domain/run-result.ts';
import { moneyOf } from '../../words/finding.ts';
import { HOLDS, parseQuery, type Term, type TextField } from './query.ts';

/** One organisation, or several that are billed together. */
export interface Customer {
  /** Ids in the order of the bill, by comma. */
  readonly key: string;
  readonly orgs: Finding['orgs'];
  /** Checks that match; null where the run did not keep them. */
  readonly passed: number | null;
  /** The same by rule. */
  readonly passedRules: PassedChecks['rules'] | null;
  readonly mismatch: number;
  /** Not comparable or unstable. */
  readonly open: number;
  /** Tolerated or waived. */
  readonly accepted: number;
  /** Of mismatches alone, by currency. */
  readonly money: readonly ResultMoney[];
  /** Pairs that have a bill. */
  readonly pairs: number;
  /** How many of its checks were unresolved in the runs before, oldest first; empty where none is known. */
  readonly before: readonly number[];
  /** Root causes of its mismatches, the most frequent first. */
  readonly causes: readonly string[];
}

interface Tally {
  readonly orgs: Finding['orgs'];
  mismatch: number;
  open: number;
  accepted: number;
  pairs: number;
  readonly money: Map<string, { over: Decimal; under: Decimal }>;
  readonly causes: Map<string, number>;
}

const emptyTally = (orgs: Finding['orgs']): Tally => ({
  orgs,
  mismatch: 0,
  open: 0,
  accepted: 0,
  pairs: 0,
  money: new Map(),
  causes: new Map(),
});

function addFinding(tally: Tally, finding: Finding): void {
  if (finding.status === 'tolerated' || finding.status === 'waived') tally.accepted += 1;
  else if (finding.status !== 'mismatch') tally.open += 1;
  if (finding.status !== 'mismatch') return;
  tally.mismatch += 1;
  if (finding.rootCause !== null) tally.causes.set(finding.rootCause, (tally.causes.get(finding.rootCause) ?? 0) + 1);
  for (const { currency, amount, direction } of moneyOf(finding)) {
    const sum = tally.money.get(currency) ?? { over: ZERO, under: ZERO };
    tally.money.set(currency, sum);
    if (direction === 'over-billed') sum.over = add(sum.over, decimal(amount));
    else sum.under = add(sum.under, decimal(amount));
  }
}

const moneyIn = ({ money }: Tally): ResultMoney[] =>
  [...money]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { over, under }]) => ({
      currency,
      overBilled: formatAmount(over, currency),
      underBilled: formatAmount(under, currency),
    }));

/**
 * The costliest first. Findings of no organisation are nobody's; what is billed over several organisations is a row of its own, so
 * that the rows add up.
 * @param passed null where what matched is not at hand
 * @param runsBefore unresolved findings by `customerKey`, oldest first
 */
export function customersOf(
  findings: readonly Finding[],
  statement: readonly StatementRow[],
  passed: readonly PassedChecks[] | null,
  runsBefore: readonly ReadonlyMap<string, number>[] = [],
): readonly Customer[] {
  const rulesOf = new Map(passed?.map(({ orgs, rules }) => [customerKey(orgs), rules]));
  const tallies = new Map<string, Tally>();
  const tallyOf = (orgs: Finding['orgs']): Tally => {
    const key = customerKey(orgs);
    const tally = tallies.get(key) ?? emptyTally(orgs);
    tallies.set(key, tally);
    return tally;
  };
  for (const { orgs } of statement) if (orgs.length > 0) tallyOf(orgs).pairs += 1;
  for (const finding of findings) if (finding.orgs.length > 0) addFinding(tallyOf(finding.orgs), finding);
  for (const { orgs } of passed ?? []) tallyOf(orgs);
  const customers = [...tallies].map(([key, tally]): Customer => {
    const { orgs, mismatch, open, accepted, pairs, causes } = tally;
    return {
      key,
      orgs,
      passed: passed === null ? null : sumOf(rulesOf.get(key) ?? {}),
      passedRules: passed === null ? null : (rulesOf.get(key) ?? {}),
      mismatch,
      open,
      accepted,
      pairs,
      money: moneyIn(tally),
      before: runsBefore.map((unresolved) => unresolved.get(key) ?? 0),
      causes: [...causes].sort((a, b) => b[1] - a[1]).map(([cause]) => cause),
    };
  });
  return costliestFirst(customers);
}

export const sumOf = (rules: PassedChecks['rules']): number =>
  Object.values(rules).reduce((sum, count) => sum + count, 0);

const riskOf = ({ overBilled, underBilled }: Pick<ResultMoney, 'overBilled' | 'underBilled'>): Decimal =>
  add(absolute(decimal(overBilled)), absolute(decimal(underBilled)));

/** The costliest of each currency, then the second of each: amounts of two currencies are never compared. */
function costliestFirst(customers: readonly Customer[]): readonly Customer[] {
  const byCurrency = new Map<string, { customer: Customer; risk: Decimal }[]>();
  for (const customer of customers) {
    for (const money of customer.money) {
      const list = byCurrency.get(money.currency) ?? [];
      byCurrency.set(money.currency, list);
      list.push({ customer, risk: riskOf(money) });
    }
  }
  const ranks = new Map<Customer, number>();
  // The currency that most customers have money in comes first among equals.
  const currencies = [...byCurrency.values()].sort((a, b) => b.length - a.length);
  for (const [place, list] of currencies.entries()) {
    list.sort((a, b) => Number(b.risk) - Number(a.risk) || compareDecimals(b.risk, a.risk));
    for (const [rank, { customer }] of list.entries()) {
      const at = rank + place / (currencies.length + 1);
      ranks.set(customer, Math.min(at, ranks.get(customer) ?? Number.POSITIVE_INFINITY));
    }
  }
  const rankOf = (customer: Customer): number => ranks.get(customer) ?? Number.POSITIVE_INFINITY;
  return [...customers].sort((a, b) => {
    const [x, y] = [rankOf(a), rankOf(b)];
    if (x !== y) return x - y;
    return b.mismatch - a.mismatch || b.open - a.open || byName(a, b);
  });
}

const nameOf = ({ orgs: [first] }: Customer): string => (first?.name ?? first?.id ?? '').toLowerCase();
const byName = (a: Customer, b: Customer): number => {
  const [x, y] = [nameOf(a), nameOf(b)];
  return x < y ? -1 : x > y ? 1 : a.key < b.key ? -1 : 1;
};

export type CustomerSort = 'worst' | 'org' | 'money' | 'mismatch' | 'open' | 'accepted' | 'passed' | 'pairs';

export interface CustomerView {
  readonly query: string;
  readonly sort: CustomerSort;
  readonly descending: boolean;
}

const FIELDS: Readonly<Partial<Record<TextField, (customer: Customer) => string>>> = {
  org: ({ orgs }) => orgs.map(({ id, name }) => `${id} ${name ?? ''}`).join(' '),
  cause: ({ causes }) => causes.join(' '),
  currency: ({ money }) => money.map(({ currency }) => currency).join(' '),
};

function fits(term: Term, customer: Customer): boolean {
  if (term.kind === 'money') {
    return customer.money.some((one) => HOLDS[term.operator](compareDecimals(riskOf(one), term.amount)));
  }
  const of = term.field === null ? undefined : FIELDS[term.field];
  const text =
    of === undefined
      ? Object.values(FIELDS)
          .map((each) => each(customer))
          .join(' ')
      : of(customer);
  return text.toLowerCase().includes(term.value);
}

/** By currency first: the commonest of the customer's own leads. */
function byMoney(a: Customer, b: Customer): number {
  const [x, y] = [a.money[0], b.money[0]];
  if (x === undefined || y === undefined) return Number(y === undefined) - Number(x === undefined);
  if (x.currency !== y.currency) return x.currency < y.currency ? 1 : -1;
  return compareDecimals(riskOf(x), riskOf(y));
}

const ORDERS: Readonly<Record<Exclude<CustomerSort, 'worst'>, (a: Customer, b: Customer) => number>> = {
  org: byName,
  money: byMoney,
  mismatch: (a, b) => a.mismatch - b.mismatch,
  open: (a, b) => a.open - b.open,
  accepted: (a, b) => a.accepted - b.accepted,
  passed: (a, b) => (a.passed ?? -1) - (b.passed ?? -1),
  pairs: (a, b) => a.pairs - b.pairs,
};

/** `org:`, `cause:`, `currency:` and `money:` as for findings, else plain words; `worst` keeps the order as it is. */
export function selectCustomers(
  customers: readonly Customer[],
  { query, sort, descending }: CustomerView,
): { readonly rows: readonly Customer[]; readonly misread: readonly string[] } {
  const { terms, misread } = parseQuery(query);
  const foreign = terms.flatMap((term) =>
    term.kind === 'text' && term.field !== null && FIELDS[term.field] === undefined ? [`${term.field}:`] : [],
  );
  const rows = customers.filter((customer) => terms.every((term) => fits(term, customer) !== term.negated));
  const sign = descending ? -1 : 1;
  if (sort !== 'worst') rows.sort((a, b) => sign * ORDERS[sort](a, b) || byName(a, b));
  return { rows, misread: [...misread, ...foreign] };
}
