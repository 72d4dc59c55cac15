/** Overage worked out wrongly on the contract side. */
import { add, compareDecimals, type Decimal, decimal, maximum, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Charge, Part } from '../contract-book/book.ts';
import type { Edit } from '../edit.ts';
import { openPeriod } from '../world/build.ts';
import { figuresOf, limitOf, overageChargeOf, overageOf } from '../world/figures.ts';
import { chargedTogether, type Defect, inCharges, inProduct, type Place, sameProduct } from './defect.ts';
import { figuresAt, isPositive, isTrial, overageAt, overageRateAt } from './place-facts.ts';

/** Edits the charges of the place's product that name its organisation, in every period. */
export const chargesEdit = (place: Place, change: (charge: Charge) => Charge): Edit => ({
  account: place.account.index,
  charges: (charges) =>
    charges.map((charge) =>
      sameProduct(place, charge.holding) && charge.parts.some(({ org }) => org === place.org) ? change(charge) : charge,
    ),
});

/** Edits the overage of every organisation in these charges, and what is charged for it. */
const overageEdit = (place: Place, change: (part: Part) => Decimal): Edit =>
  chargesEdit(place, (charge) => ({
    ...charge,
    parts: charge.parts.map((part) => withOverage(charge, part, change(part))),
  }));

const withOverage = ({ rate, currency }: Charge, part: Part, overage: Decimal): Part => ({
  ...part,
  overage,
  overageCharge: overageChargeOf(overage, rate, currency),
});

/** So many of the currency's minor units: 7 in USD is 0.07. */
const minorUnits = (count: number, currency: string): Decimal => decimal(`${count}e-${minorUnit(currency)}`);

const NEEDS_OVERAGE = 'needs overage in the open period';

const overageChargeWrong: Defect = {
  id: 'overage-charge-wrong',
  title: 'The overage charge is not quantity × rate',
  rules: ['overage-charge', 'charge-arithmetic'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (overageRateAt(place) === null) return 'needs an overage rate';
    if (!isPositive(overageAt(world, place))) return NEEDS_OVERAGE;
    const by = minorUnits(random.int(1, 99), place.account.currency);
    const wrong = (part: Part): Part =>
      part.org === place.org && isPositive(part.overage)
        ? { ...part, overageCharge: add(part.overageCharge, by) }
        : part;
    const edit = chargesEdit(place, (charge) => ({ ...charge, parts: charge.parts.map(wrong) }));
    return inCharges(place, edit, `overage charge is ${by} ${place.account.currency} too high`);
  },
};

/** The whole figures stand in one charge, whose one part says them. */
const isWhole = ({ account, holding }: Place): boolean => account.cut === null && holding.product.skus.length === 1;

const overageIgnoresCommitted: Defect = {
  id: 'overage-ignores-committed',
  title: 'Overage is all that was used',
  rules: ['overage-quantity', 'overage-arithmetic'],
  cause: 'committed-ignored',
  scope: 'product',
  hide: (place, { world }) => {
    const figures = figuresAt(world, place);
    if (place.holding.product.kind === 'site') return 'needs a product that can have overage';
    if (figures.included !== null || !isPositive(figures.committed)) return 'needs a commitment without fair use';
    if (!isPositive(figures.actual)) return 'needs use in the open period';
    const edit = overageEdit(place, (part) => part.actual);
    return inCharges(place, edit, `${figures.actual} over instead of ${overageOf(figures)}`);
  },
};

const overageIgnoresIncluded: Defect = {
  id: 'overage-ignores-included',
  title: 'Fair use is not subtracted from overage',
  rules: ['overage-quantity', 'overage-arithmetic'],
  cause: 'included-ignored',
  scope: 'product',
  hide: (place, { world }) => {
    const figures = figuresAt(world, place);
    if (!isWhole(place)) return 'needs a period that nothing cuts';
    if (isTrial(place.account)) return 'needs use that is billed: of a trial’s nobody says whether it is';
    if (limitOf(figures) === figures.committed) return 'needs a fair-use allowance above the commitment';
    const beyond = (actual: Decimal, committed: Decimal): Decimal => maximum(subtract(actual, committed), ZERO);
    if (!isPositive(beyond(figures.actual, figures.committed))) return 'needs use beyond the commitment';
    const edit = overageEdit(place, ({ actual, prepaid }) => beyond(actual, prepaid));
    return inCharges(place, edit, `${beyond(figures.actual, figures.committed)} over instead of ${overageOf(figures)}`);
  },
};

const overageNegative: Defect = {
  id: 'overage-negative',
  title: 'Unused commitment is a negative overage',
  rules: ['overage-quantity', 'overage-arithmetic'],
  cause: 'negative-overage',
  scope: 'product',
  hide: (place, { world }) => {
    const figures = figuresAt(world, place);
    const unused = subtract(limitOf(figures), figures.actual);
    if (!isWhole(place) || chargedTogether(place).length > 1)
      return 'needs a charge of one organisation in an uncut period';
    if (!isPositive(unused)) return 'needs unused commitment in the open period';
    const limit = (part: Part): Decimal => limitOf({ committed: part.prepaid, included: part.included });
    const edit = overageEdit(place, (part) => subtract(part.actual, limit(part)));
    return inCharges(place, edit, `-${unused} over instead of 0`);
  },
};

/** One overage of all: what is unused here makes up for what is over there. It stands in the first part. */
function pooled(charge: Charge): Charge {
  const actual = sum(charge.parts.map((part) => part.actual));
  const committed = sum(charge.parts.map((part) => part.prepaid));
  const over = subtract(actual, committed);
  const overage = compareDecimals(over, ZERO) > 0 ? over : ZERO;
  return {
    ...charge,
    parts: charge.parts.map((part, index) => withOverage(charge, part, index === 0 ? overage : ZERO)),
  };
}

const pooledOverage: Defect = {
  id: 'pooled-overage',
  title: 'One organisation’s unused commitment is netted against another’s overage',
  rules: ['overage-quantity'],
  cause: 'pooled-overage',
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding } = place;
    if (!holding.pooled) return 'needs a charge over several organisations';
    if (!isWhole(place)) return 'needs a period that nothing cuts';
    if (holding.holders.some(({ included }) => included !== null)) return 'needs a product without fair use';
    const all = holding.holders.map((holder) => figuresOf(world.seed, holding, holder, openPeriod(account)));
    const unused = all.some((figures) => compareDecimals(figures.actual, limitOf(figures)) < 0);
    const over = sum(all.map(overageOf));
    if (!unused || !isPositive(over)) return 'needs both overage and unused commitment';
    return inCharges(place, chargesEdit(place, pooled), `${over} over, netted against what others left unused`);
  },
};

export const cutBilledTwice: Defect = {
  id: 'cut-billed-twice',
  title: 'Both pieces of a cut period bill the whole overage',
  rules: ['overage-charge'],
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding } = place;
    if (account.cut === null) return 'needs a period that an amendment cuts in two';
    if (holding.product.kind === 'sum') return 'needs licences or a high-water mark';
    if (overageRateAt(place) === null) return 'needs an overage rate';
    const overage = overageAt(world, place);
    if (!isPositive(overage)) return NEEDS_OVERAGE;
    const edit: Edit = {
      account: account.index,
      parts: (parts, at) => (sameProduct(place, at.holding) ? [at.whole, at.whole] : parts),
    };
    return inProduct(place, edit, `${overage} over in each of the two pieces, and billed in each`);
  },
};

export const overageDefects: readonly Defect[] = [
  overageChargeWrong,
  overageIgnoresCommitted,
  overageIgnoresIncluded,
  overageNegative,
  pooledOverage,
];
