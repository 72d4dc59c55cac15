/** What is true at a place in the open period: what defects need to know before they are hidden. */
import { compareDecimals, type Decimal, ZERO } from '../../domain/decimal.ts';
import { openPeriod } from '../world/build.ts';
import type { Account, Figures, Holder, RateStep, World } from '../world/facts.ts';
import { figuresOf, overageOf, rateOn } from '../world/figures.ts';
import type { Place } from './defect.ts';

export const isPositive = (value: Decimal): boolean => compareDecimals(value, ZERO) > 0;

export function holderAt({ holding, org }: Place): Holder {
  const holder = holding.holders.find((each) => each.org === org);
  if (holder === undefined) throw new Error('a place whose organisation does not hold the product');
  return holder;
}

/** Figures of the place's organisation in the open period. */
export const figuresAt = (world: World, place: Place): Figures =>
  figuresOf(world.seed, place.holding, holderAt(place), openPeriod(place.account));

export const overageAt = (world: World, place: Place): Decimal => overageOf(figuresAt(world, place));

/** Prices in force in the open period. */
export const rateAt = ({ account, holding }: Place): RateStep => rateOn(holding.rates, openPeriod(account).end);

/** The overage rate, if there is one that is not zero. */
export function overageRateAt(place: Place): Decimal | null {
  const { overagePrice } = rateAt(place);
  return overagePrice !== null && isPositive(overagePrice) ? overagePrice : null;
}

/** Has figures of 14 digits and more: true, but a defect there would drown the money of all others. */
export const isGiant = ({ holdings }: Account): boolean =>
  holdings.some(({ holders }) => holders.some(({ openUse }) => openUse === 'giant'));

/** Legacy calls the subscription a trial. */
export const isTrial = ({ subscriptionType }: Account): boolean => /FREE_TRIAL/.test(subscriptionType);
