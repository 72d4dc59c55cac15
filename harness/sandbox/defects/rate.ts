/** Prices and currencies that differ. */
import { add, type Decimal, decimal, decimalPlaces } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Edit } from '../edit.ts';
import type { RateStep } from '../world/facts.ts';
import { type Defect, type Hidden, holdersOf, type Place, sameProduct } from './defect.ts';
import { figuresAt, isPositive, overageAt, overageRateAt, rateAt } from './look.ts';

/** Edits all prices of the place's product, in plans and charges. */
const ratesEdit = (place: Place, change: (step: RateStep) => RateStep): Edit => ({
  account: place.account.index,
  rates: (rates, { holding }) => (sameProduct(place, holding) ? rates.map(change) : rates),
});

const hiddenIn = (place: Place, edit: Edit, note: string): Hidden => ({
  edits: [edit],
  orgs: holdersOf(place),
  skus: place.holding.product.skus,
  note,
});

/** So many units of a price's last decimal place. */
const lastPlaces = (price: Decimal, count: number): Decimal => decimal(`${count}e-${decimalPlaces(price)}`);

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
    return hiddenIn(place, edit, `overage rate ${rate} is ${by} too high`);
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
    const { price } = rateAt(place);
    const by = decimal(`${random.int(1, 25)}e-${Math.max(minorUnit(place.account.currency), decimalPlaces(price))}`);
    const edit = ratesEdit(place, (step) => ({ ...step, price: add(step.price, by) }));
    return hiddenIn(place, edit, `committed rate ${price} is ${by} too high`);
  },
};

/** Another currency with the same minor unit, so that amounts stay at it. */
const OTHER_CURRENCY: Readonly<Record<string, string>> = {
  USD: 'CAD',
  EUR: 'CHF',
  GBP: 'USD',
  AUD: 'NZD',
  JPY: 'KRW',
  KWD: 'BHD',
};

const currencyWrong: Defect = {
  id: 'currency-wrong',
  title: 'Another currency code with the same numbers',
  rules: ['currency'],
  cause: 'currency-swap',
  scope: 'product',
  hide: (place) => {
    const { currency } = place.account;
    const other = OTHER_CURRENCY[currency];
    if (other === undefined) return 'needs a currency with a twin';
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
    return hiddenIn(place, edit, `${other} instead of ${currency}`);
  },
};

export const rateDefects: readonly Defect[] = [rateOff, committedRateOff, currencyWrong];
