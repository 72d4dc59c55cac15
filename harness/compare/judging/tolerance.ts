/** Tolerances: numeric differences (and days) that a scenario lets pass. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import {
  absolute,
  compareDecimals,
  type Decimal,
  decimal,
  isZero,
  maximum,
  multiply,
  parseDecimal,
  ZERO,
} from '../../domain/decimal.ts';
import type { Tolerance } from '../../domain/policy.ts';
import type { Outcome } from '../rules/rule.ts';

type Different = Extract<Outcome, { kind: 'different' }>;

/**
 * Which limit the difference stays within, in words; null if it stays within none, or is no number.
 * An absolute and a relative limit each suffice; `when` asks for a period that says its status.
 */
export function toleratedBy(
  tolerance: Tolerance | undefined,
  outcome: Different,
  period: BillingPeriod | null,
): string | null {
  if (tolerance === undefined || outcome.delta === null) return null;
  if (tolerance.when !== null && tolerance.when !== period?.status) return null;
  const distance = absolute(outcome.delta);
  if (tolerance.absolute !== null && compareDecimals(distance, tolerance.absolute) <= 0) {
    return `within the tolerance of ${tolerance.absolute}`;
  }
  if (tolerance.relative === null) return null;
  const greater = maximum(size(outcome.legacy?.value), size(outcome.contract?.value));
  if (isZero(greater) || compareDecimals(distance, multiply(tolerance.relative, greater)) > 0) return null;
  return `within the tolerance of ${multiply(tolerance.relative, HUNDRED)} %`;
}

const HUNDRED = decimal(100);

const size = (value: string | null | undefined): Decimal => absolute(parseDecimal(value ?? '') ?? ZERO);
