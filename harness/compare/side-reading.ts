/** What one side says of one pair, its lines folded into one figure each, in contract units. */
import type { Decimal } from '../domain/decimal.ts';
import type { Evidence } from '../domain/figure.ts';
import { isNothing, isSomething, type Reading } from './reading.ts';

export interface SideFigures {
  readonly committed: Reading;
  readonly included: Reading;
  readonly actual: Reading;
  readonly overageQuantity: Reading;
  /** In the side's currency. */
  readonly overageCharge: Reading;
  /** Per contract unit and billing period. */
  readonly committedRate: Reading;
  readonly overageRate: Reading;
  readonly currency: Reading<string>;
  readonly unit: Reading<string>;
}

export interface SideReading extends SideFigures {
  /** The first of its lines. */
  readonly at: Evidence;
  /** `none`: all quantities are zero or left out; `unclear`: none is known to be more, but one cannot be read. */
  readonly size: 'some' | 'none' | 'unclear';
}

const QUANTITIES = ['committed', 'included', 'actual', 'overageQuantity', 'overageCharge'] as const;

export function sizeOf(figures: Pick<SideFigures, (typeof QUANTITIES)[number]>): SideReading['size'] {
  if (QUANTITIES.some((name) => isSomething(figures[name]))) return 'some';
  return QUANTITIES.every((name) => isNothing(figures[name])) ? 'none' : 'unclear';
}

/** A rate with the quantity that it is applied to. */
export interface RatedLine {
  readonly rate: Reading;
  readonly quantity: Reading;
}

/** A rate of zero (or none) on a line that has nothing to apply it to does not contradict another line's rate. */
export function ratesThatCount(lines: readonly RatedLine[]): Reading<Decimal>[] {
  const all = lines.map((line) => line.rate);
  if (!all.some(isSomething)) return all;
  return lines.filter((line) => !(isNothing(line.rate) && isNothing(line.quantity))).map((line) => line.rate);
}
