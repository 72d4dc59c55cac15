/**
 * One figure stated in two parts that add up to it: over two SKUs, or over the two parts of a period that an amendment
 * cuts. Each part keeps its own arithmetic, and the parts' overages add up to the whole's.
 */
import { compareDecimals, type Decimal, maximum, multiply, round, subtract, ZERO } from '../../domain/decimal.ts';
import type { Figures } from '../world/facts.ts';
import { limitOf } from '../world/figures.ts';

export interface SplitShare {
  /** Of the first part; between 0 and 1. */
  readonly first: Decimal;
  /** Which part has all the overage. */
  readonly overageIn: 'first' | 'second';
}

const least = (a: Decimal, b: Decimal): Decimal => (compareDecimals(a, b) < 0 ? a : b);
const wholeShare = (figure: Decimal, share: Decimal): Decimal => round(multiply(figure, share), 0, 'down');

/** Splits metered figures. Commitment and allowance must be whole, as they are in every true world. */
export function split(figures: Figures, share: SplitShare): readonly [Figures, Figures] {
  const [within, over] = splitWithOverageLast(figures, share.first);
  return share.overageIn === 'second' ? [within, over] : [over, within];
}

function splitWithOverageLast(figures: Figures, share: Decimal): readonly [Figures, Figures] {
  const committed = wholeShare(figures.committed, share);
  const included = figures.included === null ? null : wholeShare(figures.included, share);
  const limit = limitOf(figures);
  const firstLimit = limitOf({ committed, included });
  // The first part stays within its limit and leaves the second no more than the second may have.
  const ceiling = subtract(limit, firstLimit);
  const wanted = least(firstLimit, wholeShare(figures.actual, share));
  const actual =
    compareDecimals(figures.actual, limit) >= 0 ? firstLimit : maximum(wanted, subtract(figures.actual, ceiling), ZERO);
  return [
    { committed, included, actual },
    {
      committed: subtract(figures.committed, committed),
      included: figures.included === null || included === null ? null : subtract(figures.included, included),
      actual: subtract(figures.actual, actual),
    },
  ];
}

/**
 * Licences and high-water marks in the two parts of a period: both repeat the whole, and one part's use is lower, within what
 * may be used without overage. The greatest of the parts is the whole's figure; charges add up, and so does the overage.
 */
export function repeat(figures: Figures, share: SplitShare): readonly [Figures, Figures] {
  const lower = { ...figures, actual: least(wholeShare(figures.actual, share.first), limitOf(figures)) };
  return share.overageIn === 'second' ? [lower, figures] : [figures, lower];
}
