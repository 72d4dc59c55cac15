/** Quantities and amounts that are rounded where they must not be, or in another way. */
import { type Decimal, multiply, round, ZERO } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Charge, Part } from '../contract-book/book.ts';
import { openPeriod } from '../world/build.ts';
import { figuresOf, overageChargeOf } from '../world/figures.ts';
import { chargedTogether, type Defect, inCharges, type Way } from './defect.ts';
import { chargesEdit } from './overage.ts';
import { overageAt, overageRateAt } from './place-facts.ts';
import { chargedEdit } from './quantity.ts';

const quantity =
  (places: number, mode: 'half-up' | 'down', words: string): Way =>
  (place, { world }) => {
    const rounding = (value: Decimal): Decimal => round(value, places, mode);
    const [holder, ...others] = place.holding.holders.filter(({ org }) => chargedTogether(place).includes(org));
    if (holder === undefined || others.length > 0) return 'needs a charge of one organisation';
    const { actual } = figuresOf(world.seed, place.holding, holder, openPeriod(place.account));
    if (rounding(actual) === actual) return 'needs use with enough decimals';
    if (rounding(actual) === ZERO) return 'needs use that does not vanish';
    const edit = chargedEdit(place, (figures) => ({ ...figures, actual: rounding(figures.actual) }));
    return inCharges(place, edit, `${actual} used, ${words}`);
  };

const truncate = (amount: Decimal, currency: string): Decimal => round(amount, minorUnit(currency), 'down');

/** At the currency's minor unit, but cut off. */
function cutOff(charge: Charge): Charge {
  const { rate, currency } = charge;
  const cut = (part: Part): Decimal => (rate === null ? ZERO : truncate(multiply(part.overage, rate), currency));
  return { ...charge, parts: charge.parts.map((part) => ({ ...part, overageCharge: cut(part) })) };
}

const chargeCutOff: Way = (place, { world }) => {
  const rate = overageRateAt(place);
  if (rate === null) return 'needs an overage rate';
  const { currency } = place.account;
  const overage = overageAt(world, place);
  const cut = truncate(multiply(overage, rate), currency);
  const due = overageChargeOf(overage, rate, currency);
  if (cut === due) return 'needs an overage charge that is rounded up';
  return inCharges(place, chargesEdit(place, cutOff), `${cut} charged instead of ${due}`);
};

/** One way for a whole world, so that several places show the same cause. */
const WAYS: readonly Way[] = [
  quantity(0, 'half-up', 'rounded to whole units'),
  chargeCutOff,
  quantity(0, 'down', 'cut to whole units'),
  quantity(2, 'half-up', 'rounded to two places'),
];

const rounded: Defect = {
  id: 'rounded',
  title: 'A quantity or an amount is rounded in another way than it should be',
  rules: ['actual-quantity', 'overage-charge'],
  cause: 'rounding',
  scope: 'product',
  hide: (place, surroundings) => (WAYS[surroundings.world.seed % WAYS.length] ?? chargeCutOff)(place, surroundings),
};

export const roundingDefects: readonly Defect[] = [rounded];
