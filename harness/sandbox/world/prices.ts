/** Prices of a product in a currency, and how they changed. */
import { add, type Decimal, decimal } from '../../domain/decimal.ts';
import type { UsageKind } from '../../domain/line.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Product } from './catalogue.ts';
import type { Agreement, Period, RateStep } from './facts.ts';
import type { Random } from './random.ts';

/** Prices in minor units, from and to: a licence costs more than a message. */
const SIZE: Readonly<Record<UsageKind, readonly [number, number]>> = {
  user: [1500, 4000],
  site: [20_000, 90_000],
  peak: [800, 2500],
  sum: [4, 30],
};

/** A whole number of the last decimal place: `amount(2374, 2)` is `23.74`. */
const amount = (units: number, places: number): Decimal => decimal(`${units}e-${places}`);

/** Yen have no minor unit, dinars a thousandth: the same numbers of minor units are still believable prices. */
function priceFor(product: Product, currency: string, random: Random): Decimal {
  const [from, to] = SIZE[product.kind];
  return amount(random.int(from, to), minorUnit(currency));
}

/** One or two places finer than the minor unit, so that rounding matters. */
function overagePriceFor(product: Product, currency: string, random: Random): Decimal | null {
  if (product.kind === 'site') return null;
  const [from, to] = SIZE[product.kind];
  const finer = product.kind === 'sum' ? 2 : random.int(0, 1);
  return amount(random.int(from, to) * 10 ** finer + random.int(1, 9), minorUnit(currency) + finer);
}

/** Up to a tenth of a usual price. */
const tenth = (product: Product, currency: string, random: Random): Decimal =>
  amount(random.int(1, Math.floor(SIZE[product.kind][1] / 10)), minorUnit(currency));

/** The prices after a rise. */
export function changeOf(
  step: RateStep,
  from: RateStep['from'],
  product: Product,
  currency: string,
  random: Random,
): RateStep {
  const rise = (price: Decimal): Decimal => add(price, tenth(product, currency, random));
  return {
    from,
    price: rise(step.price),
    overagePrice: step.overagePrice === null ? null : rise(step.overagePrice),
    discount: step.discount,
  };
}

/**
 * The prices of one holding since its first agreement. About half of them changed at the start of an earlier period
 * within the agreement in force; never within the open period.
 */
export function pricesOf(
  product: Product,
  currency: string,
  agreements: readonly Agreement[],
  periods: readonly Period[],
  random: Random,
): RateStep[] {
  const first = agreements[0];
  const inForce = agreements.at(-1);
  if (first === undefined || inForce === undefined) throw new Error('an account without an agreement');
  const step: RateStep = {
    from: first.start,
    price: priceFor(product, currency, random),
    overagePrice: overagePriceFor(product, currency, random),
    discount: random.chance(60) ? tenth(product, currency, random) : null,
  };
  const turns = periods.filter((period) => !period.open && period.start > inForce.start);
  if (turns.length === 0 || random.chance(50)) return [step];
  return [step, changeOf(step, random.pick(turns).start, product, currency, random)];
}
