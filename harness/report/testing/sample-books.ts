/** Accounts, bills and tie-out of the made-up report. They add up: a residual and a bill that is not known stand in them on purpose. */
import { add, type Decimal, decimal, negate, subtract, ZERO } from '../../domain/decimal.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Account } from '../../domain/record.ts';
import type { Finding, ResultMoney, ResultTieOut, StatementRow } from '../../domain/run-result.ts';
import type { ComparedWhat } from '../../domain/verdict.ts';
import { moneyOf } from '../words/finding.ts';
import { CURRENCIES, PRODUCTS, REGIONS } from './sample-parts.ts';

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

export const COMPARED: ComparedWhat = {
  quantities: true,
  prices: false,
  invoices: 'period',
  listingDetail: { asked: 40, of: 812 },
  because: {
    prices: 'no configured source carries the committed rates of 4 products',
    listingDetail: 'a sample of 2 %, at least 20',
  },
};

/** Counts of a kind that was compared whole, one in part, one mostly out of scope. */
export const accountsOf = (orgs: number): readonly Account[] => [
  { record: 'usage-row', received: orgs * 5, compared: orgs * 5, notComparable: 0, outOfScope: [] },
  {
    record: 'listing-member',
    received: orgs + 4,
    compared: orgs,
    notComparable: 0,
    outOfScope: [{ reason: 'organisation-not-listed', count: 4 }],
  },
  {
    record: 'charge',
    received: orgs * 6 + 10,
    compared: orgs * 6,
    notComparable: 2,
    outOfScope: [
      { reason: 'product-not-mapped', count: 7 },
      { reason: 'repeated', count: 1 },
    ],
  },
  {
    record: 'invoice-line',
    received: orgs * 3,
    compared: orgs,
    notComparable: 0,
    outOfScope: [{ reason: 'other-period', count: orgs * 2 }],
  },
];

export function moneyTotals(findings: readonly Finding[], status: Finding['status']): ResultMoney[] {
  const sums = new Map<string, { over: Decimal; under: Decimal }>();
  for (const { currency, amount, direction } of findings.filter((one) => one.status === status).flatMap(moneyOf)) {
    const sum = sums.get(currency) ?? { over: ZERO, under: ZERO };
    sums.set(currency, sum);
    if (direction === 'over-billed') sum.over = add(sum.over, decimal(amount));
    else sum.under = add(sum.under, decimal(amount));
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { over, under }]) => ({
      currency,
      overBilled: formatAmount(over, currency),
      underBilled: formatAmount(under, currency),
    }));
}

const UNKNOWN = 'Legacy states no rate for this product and no other source carries one.';
const BORROWED = 'valued-at-contract-rates';
/** In KWD, on one pair: what no finding explains. */
const RESIDUAL = '0.125';

interface Pair extends Pick<StatementRow, 'orgs' | 'region' | 'appId' | 'partNumber' | 'sku' | 'currency'> {
  findings: Decimal;
}

const signedAmount = (amount: string, direction: string): Decimal =>
  direction === 'over-billed' ? decimal(amount) : negate(decimal(amount));

/** One pair an organisation and product, and what its findings say of it. */
function pairsOf(
  findings: readonly Finding[],
  orgs: number,
  orgOf: (index: number) => Finding['orgs'][number],
): Pair[] {
  const pairs = new Map<string, Pair>();
  const put = (pair: Pair): void => {
    const key = [...pair.orgs.map(({ id }) => id), pair.sku, pair.currency].join(' ');
    const before = pairs.get(key);
    if (before === undefined) pairs.set(key, pair);
    else before.findings = add(before.findings, pair.findings);
  };
  for (let index = 0; index < orgs * 2; index++) {
    const { appId, sku } = at(PRODUCTS, index);
    const [org, currency] = [orgOf(index % orgs), at(CURRENCIES, index % orgs)];
    put({ orgs: [org], region: at(REGIONS, index % orgs), appId, partNumber: sku, sku, currency, findings: ZERO });
  }
  for (const finding of findings) {
    const { orgs: of, region, appId, sku, partNumber } = finding;
    for (const { currency, amount, direction } of moneyOf(finding)) {
      const money = signedAmount(amount, direction);
      put({ orgs: of, region, appId, partNumber: partNumber ?? '', sku: sku ?? '', currency, findings: money });
    }
  }
  return [...pairs.values()];
}

export function statementOf(
  findings: readonly Finding[],
  orgs: number,
  orgOf: (index: number) => Finding['orgs'][number],
): StatementRow[] {
  const pairs = pairsOf(findings, orgs, orgOf);
  const odd = pairs.findIndex(({ currency, findings: money }) => currency === 'KWD' && money === ZERO);
  const quiet = pairs.flatMap(({ findings: money }, index) => (money === ZERO ? [index] : []));
  const unknown = new Set(quiet.filter((index, place) => place % 9 === 4 && index !== odd));
  return pairs.map(({ findings: money, ...pair }, index) => {
    const { currency } = pair;
    const told = (amount: Decimal): string => formatAmount(amount, currency);
    const legacy = decimal(currency === 'JPY' ? 1_204_331 + index : 12_043 + index);
    const residual = index === odd ? decimal(RESIDUAL) : ZERO;
    const difference = add(money, residual);
    const known = !unknown.has(index);
    return {
      ...pair,
      period: { start: '2026-04-01', end: '2026-04-30', status: 'open' },
      legacy: known ? told(legacy) : null,
      contract: told(add(legacy, difference)),
      difference: known ? told(difference) : null,
      findings: told(money),
      residual: known ? told(residual) : null,
      note: known ? (index % 7 === 3 ? BORROWED : null) : UNKNOWN,
    };
  });
}

/** Adds up the lines whose two bills are known; the bills of the others are not compared. */
export function tieOutOf(statement: readonly StatementRow[]): ResultTieOut[] {
  const currencies = [...new Set(statement.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const lines = statement.filter((line) => line.currency === currency);
    const known = lines.filter(({ difference }) => difference !== null);
    const sum = (of: readonly StatementRow[], field: 'legacy' | 'contract' | 'findings' | 'residual'): Decimal =>
      of.reduce((total, line) => add(total, decimal(line[field] ?? '0')), ZERO);
    const told = (amount: Decimal): string => formatAmount(amount, currency);
    const [legacy, contract] = [sum(known, 'legacy'), sum(known, 'contract')];
    const left = lines.filter(({ difference }) => difference === null);
    return {
      currency,
      legacy: told(legacy),
      contract: told(contract),
      difference: told(subtract(contract, legacy)),
      findings: told(sum(known, 'findings')),
      residual: told(sum(known, 'residual')),
      notCompared: { legacy: told(sum(left, 'legacy')), contract: told(sum(left, 'contract')) },
    };
  });
}
