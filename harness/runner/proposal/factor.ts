/** How many contract units one legacy unit has, found in the quantities themselves. Pure. */

import { agreesConverted } from '../../compare/pairs/conversion.ts';
import {
  absolute,
  compareDecimals,
  type Decimal,
  decimal,
  divide,
  isZero,
  maximum,
  multiply,
  round,
  subtract,
} from '../../domain/decimal.ts';
import { isSameRatio, type Ratio, ratio, timesRatio, UNITY } from '../../domain/ratio.ts';

/** Two quantities that may be the same, in the units of their sides. */
export interface QuantityPair {
  readonly legacy: Decimal;
  readonly contract: Decimal;
  /** Use of an open period moves: it may be a hundredth apart. */
  readonly moves: boolean;
}

/** While a period is open the two sides are refreshed at different hours. */
const NEAR = decimal('0.01');
/** A factor beyond it is none that anybody sells by. */
const MOST = decimal(1_000_000);

export function agrees({ legacy, contract, moves }: QuantityPair, factor: Ratio): boolean {
  const expected = timesRatio(legacy, factor);
  if (agreesConverted(expected, contract, factor)) return true;
  const apart = absolute(subtract(expected, contract));
  return moves && compareDecimals(apart, multiply(NEAR, maximum(absolute(expected), absolute(contract)))) <= 0;
}

/** Says something: of two zeros nobody learns anything. */
export const speaks = ({ legacy, contract }: QuantityPair): boolean => !isZero(legacy) || !isZero(contract);

/** Every factor that one of the pairs suggests, 1 first: whole numbers, ratios of whole numbers, and quotients that end. */
export function suggestedFactors(pairs: readonly QuantityPair[]): readonly Ratio[] {
  const found: Ratio[] = [UNITY];
  for (const { legacy, contract } of pairs) {
    if (isZero(legacy) || isZero(contract)) continue;
    for (const one of readings(legacy, contract)) {
      if (!found.some((known) => isSameRatio(known, one))) found.push(one);
    }
  }
  return found;
}

function readings(legacy: Decimal, contract: Decimal): Ratio[] {
  const up = divide(contract, legacy);
  const down = divide(legacy, contract);
  if (compareDecimals(up, MOST) > 0 || compareDecimals(down, MOST) > 0) return [];
  const texts = [
    wholeNear(up),
    `1/${wholeNear(down)}`,
    // A quotient with few places is meant: 2.5, 0.75.
    ...(up.replace(/^\d+\.?/, '').length <= 2 ? [up] : []),
  ];
  return texts.filter((text) => !/^0$|\/0$/.test(text)).map((text) => ratio(text));
}

const wholeNear = (value: Decimal): Decimal => round(value, 0, 'half-up');
