/** What one side says of one pair, its lines folded into one figure each, in contract units. */
import type { Evidence } from '../../domain/figure.ts';
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

/** A part of a side that has a fee and an overage of its own: a legacy row, a charge. */
export interface Part extends SideFigures {
  /** Committed units × rate, unrounded, in the side's own units; absent where nothing is committed or no rate is stated. */
  readonly fee: Reading;
}

export interface SideReading extends SideFigures {
  readonly parts: readonly Part[];
  /** The first of its lines. */
  readonly at: Evidence;
  /** `none`: all quantities are zero or left out; `unclear`: none is known to be more, but one cannot be read. */
  readonly size: 'some' | 'none' | 'unclear';
  /**
   * Legacy: overage charges rounded once an organisation, where that is another sum than rounded once a row. Neither is
   * documented, so a contract side that states either agrees.
   */
  readonly chargeByOrg?: Reading;
  /** Contract: its plan states several overage prices within the period, so that legacy's price does not determine the charge. */
  readonly repriced?: boolean;
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
export function ratesThatCount(lines: readonly RatedLine[]): Reading[] {
  const all = lines.map((line) => line.rate);
  if (!all.some(isSomething)) return all;
  return lines.filter((line) => !(isNothing(line.rate) && isNothing(line.quantity))).map((line) => line.rate);
}
