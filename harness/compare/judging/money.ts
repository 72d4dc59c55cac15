/** Money at risk: what the two sides would bill differently. Once a pair, in each currency by itself. */
import { ascending, group } from 'd3-array';
import { absolute, add, type Decimal, isNegative, isZero, negate, ZERO } from '../../domain/decimal.ts';
import type { Cell, MoneyAtRisk, MoneyTotal } from '../../domain/finding.ts';
import type { Line } from '../../domain/line.ts';
import type { OrgPair, Pair, PairMaterial } from '../pairs/pair.ts';
import { PLAIN } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import type { ProductGroup, Products } from '../scope/products.ts';
import type { Readings } from '../scope/readings.ts';

/** A signed amount: above zero if the contract side would bill more. */
export interface SignedMoney {
  readonly currency: string;
  readonly amount: Decimal;
}

/** Contract − legacy; one entry where both bills are in one currency, both bills where they are not. */
export function differencesOf({ bills: { legacy, contract } }: Pick<Pair, 'bills'>): readonly SignedMoney[] | null {
  if (!legacy.known || !contract.known) return null;
  const before = legacy.currency ?? contract.currency;
  const after = contract.currency ?? legacy.currency;
  if (before === null || after === null) return [];
  const own = { currency: before, amount: negate(legacy.amount) };
  const other = { currency: after, amount: contract.amount };
  return before === after ? [{ currency: before, amount: add(own.amount, other.amount) }] : [own, other];
}

/** What the contract side would bill for the pair more or less than legacy; of bills that are not known what both sides state. */
export function moneyOfPair(pair: Pick<Pair, 'bills'>): readonly MoneyAtRisk[] {
  const { stated } = pair.bills;
  const partly = stated === null ? [] : [{ currency: stated.currency, amount: stated.difference }];
  return sorted((differencesOf(pair) ?? partly).flatMap(atRisk));
}

function atRisk({ currency, amount }: SignedMoney): MoneyAtRisk[] {
  if (isZero(amount)) return [];
  return [{ currency, amount: absolute(amount), direction: isNegative(amount) ? 'under-billed' : 'over-billed' }];
}

export const signed = ({ amount, direction }: MoneyAtRisk): Decimal =>
  direction === 'under-billed' ? negate(amount) : amount;

/** The pairs of an organisation that only one side has, product by product. */
export function pairsOfOrg(pair: OrgPair, products: Products, readings: Readings): readonly Pair[] {
  const productOf = ({ side, product }: Line): ProductGroup | undefined =>
    side === 'legacy' ? products.byPartNumber(product) : products.bySku(product);
  const byProduct = group(pair.lines, productOf);
  return products.groups.flatMap((product) => {
    const lines = byProduct.get(product);
    if (lines === undefined) return [];
    const material: PairMaterial = {
      ...PLAIN,
      key: `${pair.key}|${product.key}`,
      product,
      orgs: [pair.org],
      region: pair.region,
      period: pair.period,
      legacyLines: lines.filter((line) => line.side === 'legacy'),
      contractLines: lines.filter((line) => line.side === 'contract'),
      notComparableReason: null,
      unreadSource: null,
    };
    return [readPair(material, readings)];
  });
}

/** The whole bill of an organisation that only one side has. */
export function moneyOfOrg(pair: OrgPair, products: Products, readings: Readings): readonly MoneyAtRisk[] {
  const totals = new Map<string, Decimal>();
  for (const money of pairsOfOrg(pair, products, readings).flatMap(moneyOfPair)) {
    totals.set(money.currency, add(totals.get(money.currency) ?? ZERO, signed(money)));
  }
  return sorted([...totals].flatMap(([currency, amount]) => atRisk({ currency, amount })));
}

const sorted = (money: readonly MoneyAtRisk[]): readonly MoneyAtRisk[] =>
  [...money].sort((a, b) => ascending(a.currency, b.currency));

/** Both directions apart, by currency code. */
export function totalsOf(cells: Iterable<Pick<Cell, 'money'>>): readonly MoneyTotal[] {
  const totals = new Map<string, { over: Decimal; under: Decimal }>();
  for (const cell of cells) {
    for (const { currency, amount, direction } of cell.money) {
      const total = totals.get(currency) ?? { over: ZERO, under: ZERO };
      if (direction === 'over-billed') total.over = add(total.over, amount);
      else total.under = add(total.under, amount);
      totals.set(currency, total);
    }
  }
  return [...totals]
    .sort(([a], [b]) => ascending(a, b))
    .map(([currency, { over, under }]) => ({ currency, overBilled: over, underBilled: under }));
}
