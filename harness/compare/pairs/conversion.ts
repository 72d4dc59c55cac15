/** Whether two values agree where one side counts in another unit, by the product's factor. */
import { compareDecimals, type Decimal, decimalPlaces, type RoundingMode, round } from '../../domain/decimal.ts';
import type { Line } from '../../domain/line.ts';
import { dividedByRatio, isSameRatio, isUnity, type Ratio, timesRatio } from '../../domain/ratio.ts';
import type { ProductGroup } from '../scope/products.ts';

/** The one factor of all these lines, if it changes anything; null for a factor of 1 and for several factors. */
export function conversionOf(product: ProductGroup, lines: readonly Line[]): Ratio | null {
  const [first, ...others] = lines.map((line) => product.factorOf(line));
  if (first === undefined || isUnity(first)) return null;
  return others.every((other) => isSameRatio(first, other)) ? first : null;
}

/** Sides round what they converted at no fewer places than these (assumed). */
const FEWEST_PLACES = 2;
/** Beyond any quantity: takes the rest of a quotient that does not end off again. */
const EXACT_PLACES = 20;
const MODES: readonly RoundingMode[] = ['half-up', 'half-even'];

const roundsTo = (exact: Decimal, stated: Decimal): boolean => {
  const places = Math.max(FEWEST_PLACES, decimalPlaces(stated));
  return MODES.some((mode) => compareDecimals(round(exact, places, mode), stated) === 0);
};

/**
 * One, converted, rounds to the other at the places (at least 2) that the other states.
 * @param legacy in contract units
 * @param ratio contract units for one legacy unit
 */
export const agreesConverted = (legacy: Decimal, contract: Decimal, ratio: Ratio): boolean =>
  roundsTo(legacy, contract) ||
  roundsTo(dividedByRatio(contract, ratio), round(dividedByRatio(legacy, ratio), EXACT_PLACES, 'half-even'));

/** The same for a rate: per contract unit, of which a legacy unit has `ratio`. */
export const ratesAgreeConverted = (legacy: Decimal, contract: Decimal, ratio: Ratio): boolean =>
  roundsTo(legacy, contract) ||
  roundsTo(timesRatio(contract, ratio), round(timesRatio(legacy, ratio), EXACT_PLACES, 'half-even'));
