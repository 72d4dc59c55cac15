/** Prices and currencies that differ. */
import { add, type Decimal, decimal, decimalPlaces, multiply, ZERO } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Plan } from '../contract-book/book.ts';
import { resettle } from '../contract-book/charges.ts';
import type { Edit } from '../edit.ts';
import type { RateStep } from '../world/facts.ts';
import { otherCurrencyOf } from './currencies.ts';
import { type Defect, inProduct, type Place, sameProduct } from './defect.ts';
import { figuresAt, isPositive, overageAt, overageRateAt, rateAt } from './place-facts.ts';

/** Edits all prices of the place's product, in plans and charges. */
const ratesEdit = (place: Place, change: (step: RateStep) => RateStep): Edit => ({
  account: place.account.index,
  rates: (rates, { holding }) => (sameProduct(place, holding) ? rates.map(change) : rates),
});

/** So many units of a price's last decimal place. */
export const lastPlaces = (price: Decimal, count: number): Decimal => decimal(`${count}e-${decimalPlaces(price)}`);

const rateOff: Defect = {
  id: 'rate-off',
  title: 'The overage rate differs',
  rules: ['overage-rate'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    const rate = overageRateAt(place);
    if (rate === null) return 'needs an overage rate';
    if (!isPositive(overageAt(world, place))) return 'needs overage in the open period';
    const by = lastPlaces(rate, random.int(1, 250));
    const edit = ratesEdit(place, (step) => ({
      ...step,
      overagePrice: step.overagePrice === null ? null : add(step.overagePrice, by),
    }));
    return inProduct(place, edit, `overage rate ${rate} is ${by} too high`);
  },
};

const committedRateOff: Defect = {
  id: 'committed-rate-off',
  title: "The plan's price differs",
  rules: ['committed-rate'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (!isPositive(figuresAt(world, place).committed)) return 'needs a commitment';
    const { price, discount } = rateAt(place);
    const by = decimal(`${random.int(1, 25)}e-${Math.max(minorUnit(place.account.currency), decimalPlaces(price))}`);
    if (by === discount) return 'needs a difference that is not the discount';
    const edit = ratesEdit(place, (step) => ({ ...step, price: add(step.price, by) }));
    return inProduct(place, edit, `committed rate ${price} is ${by} too high`);
  },
};

const currencyWrong: Defect = {
  id: 'currency-wrong',
  title: 'Another currency code with the same numbers',
  rules: ['currency'],
  cause: 'currency-swap',
  scope: 'product',
  hide: (place) => {
    const { currency } = place.account;
    const other = otherCurrencyOf(currency);
    if (other === null) return 'needs a currency with a twin';
    const edit: Edit = {
      account: place.account.index,
      contracts: (contracts) =>
        contracts.map((contract) => ({
          ...contract,
          plans: contract.plans.map((plan) =>
            sameProduct(place, plan.holding)
              ? { ...plan, items: plan.items.map((item) => ({ ...item, currency: other })) }
              : plan,
          ),
        })),
      charges: (charges) =>
        charges.map((charge) => (sameProduct(place, charge.holding) ? { ...charge, currency: other } : charge)),
    };
    return inProduct(place, edit, `${other} instead of ${currency}`);
  },
};

const listPrice: Defect = {
  id: 'list-price',
  title: 'The price before discount',
  rules: ['committed-rate', 'overage-rate'],
  cause: 'discount-ignored',
  scope: 'product',
  hide: (place, { world }) => {
    const { price, discount } = rateAt(place);
    if (!isPositive(figuresAt(world, place).committed)) return 'needs a commitment';
    if (discount === null) return 'needs a discount';
    const edit = ratesEdit(place, (step) => ({ ...step, price: add(step.price, step.discount ?? ZERO) }));
    return inProduct(place, edit, `list price ${add(price, discount)} instead of ${price}`);
  },
};

const MONTHS = decimal(12);

const annualPrice: Defect = {
  id: 'annual-price',
  title: 'A yearly price in place of a monthly one',
  rules: ['committed-rate'],
  cause: 'annual-for-monthly',
  scope: 'product',
  hide: (place, { world }) => {
    if (!isPositive(figuresAt(world, place).committed)) return 'needs a commitment';
    const { price } = rateAt(place);
    const edit = ratesEdit(place, (step) => ({ ...step, price: multiply(step.price, MONTHS) }));
    return inProduct(place, edit, `${multiply(price, MONTHS)} a year instead of ${price} a month`);
  },
};

const staleRate: Defect = {
  id: 'stale-rate',
  title: 'The overage rate of a plan item that is no longer in force',
  rules: ['overage-rate'],
  cause: 'superseded-rate',
  scope: 'product',
  hide: (place, { world }) => {
    const [stale, ...later] = place.holding.rates;
    const now = overageRateAt(place);
    if (stale === undefined || stale.overagePrice === null || later.length === 0)
      return 'needs a price that has changed';
    if (now === null || !isPositive(overageAt(world, place))) return 'needs overage in the open period';
    if (stale.overagePrice === now) return 'needs a price that has changed';
    const edit: Edit = {
      account: place.account.index,
      charges: (charges) =>
        charges.map((charge) =>
          sameProduct(place, charge.holding) ? resettle({ ...charge, rate: stale.overagePrice }) : charge,
        ),
    };
    return inProduct(place, edit, `${stale.overagePrice}, which ${now} has replaced`);
  },
};

const planChargeDisagree: Defect = {
  id: 'plan-charge-disagree',
  title: "A charge's rate is in none of the contract's plans",
  rules: ['plan-charge-agreement'],
  cause: null,
  scope: 'product',
  hide: (place, { random }) => {
    const rate = overageRateAt(place);
    if (rate === null) return 'needs an overage rate';
    const by = lastPlaces(rate, random.int(251, 500));
    const off = (plan: Plan): Plan => ({
      ...plan,
      items: plan.items.map((item) => ({
        ...item,
        overagePrice: item.overagePrice === null ? null : add(item.overagePrice, by),
      })),
    });
    const edit: Edit = {
      account: place.account.index,
      contracts: (contracts) =>
        contracts.map((contract) => ({
          ...contract,
          plans: contract.plans.map((plan) => (sameProduct(place, plan.holding) ? off(plan) : plan)),
        })),
    };
    return inProduct(place, edit, `plans say ${add(rate, by)}, charges ${rate}`);
  },
};

export const rateDefects: readonly Defect[] = [
  rateOff,
  committedRateOff,
  listPrice,
  annualPrice,
  staleRate,
  currencyWrong,
  planChargeDisagree,
];
