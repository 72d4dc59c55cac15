/** Money at risk: what the two sides would bill differently. Once a pair, in each currency by itself. */
import { ascending, group } from 'd3-array';
import { absolute, add, type Decimal, isNegative, isZero, multiply, subtract, ZERO } from '../domain/decimal.ts';
import type { Cell, MoneyAtRisk, MoneyTotal } from '../domain/finding.ts';
import type { Line } from '../domain/line.ts';
import { toMinorUnit } from '../domain/money.ts';
import type { OrgPair, Pair, PairMaterial } from './pair.ts';
import type { ProductGroup, Products } from './products.ts';
import { type Readings, readPair } from './read-pair.ts';
import { isNothing, type Reading } from './reading.ts';
import type { SideReading } from './side-reading.ts';

/** Null where nobody can say. */
type Amount = Decimal | null;

function fee(committed: Reading, rate: Reading): Amount {
  if (isNothing(committed)) return ZERO;
  return committed.state === 'known' && rate.state === 'known' ? multiply(committed.value, rate.value) : null;
}

const charge = (reading: Reading): Amount =>
  reading.state === 'known' ? reading.value : reading.state === 'absent' ? ZERO : null;

/** Fee and overage charge of one side; a part that nobody can say is left out. */
function billOf(side: SideReading): Decimal {
  return add(fee(side.committed, side.committedRate) ?? ZERO, charge(side.overageCharge) ?? ZERO);
}

const currencyOf = (side: SideReading | null): string | null =>
  side?.currency.state === 'known' ? side.currency.value : null;

function atRisk(currency: string | null, amount: Decimal): MoneyAtRisk[] {
  if (currency === null) return [];
  const rounded = toMinorUnit(amount, currency);
  if (isZero(rounded)) return [];
  return [{ currency, amount: absolute(rounded), direction: isNegative(rounded) ? 'under-billed' : 'over-billed' }];
}

/** What the contract side would bill for the pair more or less than legacy; both bills where the currencies differ. */
export function moneyOfPair({ legacy, contract }: Pick<Pair, 'legacy' | 'contract'>): readonly MoneyAtRisk[] {
  const before = currencyOf(legacy);
  const after = currencyOf(contract);
  if (legacy === null) return contract === null ? [] : atRisk(after, billOf(contract));
  if (contract === null) return atRisk(before, subtract(ZERO, billOf(legacy)));
  if (before !== null && after !== null && before !== after) {
    return sorted([...atRisk(before, subtract(ZERO, billOf(legacy))), ...atRisk(after, billOf(contract))]);
  }
  return atRisk(before ?? after, difference(legacy, contract));
}

/** Each part counts only if both sides state it; a side without a committed rate borrows the other's. */
function difference(legacy: SideReading, contract: SideReading): Decimal {
  const ownOr = (own: Reading, other: Reading): Reading => (own.state === 'known' ? own : other);
  const before = fee(legacy.committed, ownOr(legacy.committedRate, contract.committedRate));
  const after = fee(contract.committed, ownOr(contract.committedRate, legacy.committedRate));
  const fees = before === null || after === null ? ZERO : subtract(after, before);
  const over = charge(contract.overageCharge);
  const overBefore = charge(legacy.overageCharge);
  return over === null || overBefore === null ? fees : add(fees, subtract(over, overBefore));
}

/** The whole bill of an organisation that only one side has. */
export function moneyOfOrg(pair: OrgPair, products: Products, readings: Readings): readonly MoneyAtRisk[] {
  const productOf = ({ side, product }: Line): ProductGroup | undefined =>
    side === 'legacy' ? products.byPartNumber(product) : products.bySku(product);
  const byProduct = group(pair.lines, productOf);
  const totals = new Map<string, Decimal>();
  for (const product of products.groups) {
    const lines = byProduct.get(product) ?? [];
    const material: PairMaterial = {
      ...pair,
      product,
      orgs: [pair.org],
      legacyLines: lines.filter((line) => line.side === 'legacy'),
      contractLines: lines.filter((line) => line.side === 'contract'),
      obstacle: null,
      legacyGap: null,
    };
    for (const { currency, amount, direction } of moneyOfPair(readPair(material, readings))) {
      const signed = direction === 'under-billed' ? subtract(ZERO, amount) : amount;
      totals.set(currency, add(totals.get(currency) ?? ZERO, signed));
    }
  }
  return sorted([...totals].flatMap(([currency, amount]) => atRisk(currency, amount)));
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
