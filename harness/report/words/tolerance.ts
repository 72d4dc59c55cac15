import { decimal, multiply } from '../../domain/decimal.ts';
import type { Tolerance } from '../../domain/policy.ts';

const HUNDRED = decimal(100);

/** `up to 0.5, or 1 % of the greater value, in open periods`. */
export function toleranceWords({ absolute, relative, when }: Tolerance): string {
  const limits = [
    absolute === null ? null : `up to ${absolute}`,
    relative === null ? null : `up to ${multiply(relative, HUNDRED)} % of the greater value`,
  ].filter((limit) => limit !== null);
  return `${limits.join(', or ') || 'nothing'}${when === null ? '' : `, in ${when} periods`}`;
}
