/** What a charge says of each of its organisations. */
import { isZero, ZERO } from '../../domain/decimal.ts';
import type { Figures, Organisation } from '../world/facts.ts';
import { overageChargeOf, overageOf } from '../world/figures.ts';
import type { Charge, Part } from './book.ts';

type Priced = Pick<Charge, 'rate' | 'currency' | 'holding'>;

/** Works out overage and its charge from what is stated. What tokens pay for has none. */
export function settle(org: Organisation, figures: Figures, { rate, currency, holding }: Priced): Part {
  const overage = holding.product.paidByTokens === true ? ZERO : overageOf(figures);
  const overageCharge = overageChargeOf(overage, rate, currency);
  return {
    org,
    prepaid: figures.committed,
    included: figures.included,
    actual: figures.actual,
    overage,
    overageCharge,
  };
}

export const figuresIn = ({ prepaid, included, actual }: Part): Figures => ({ committed: prepaid, included, actual });

/** It says of nobody that anything was prepaid, allowed or used. */
export const isEmpty = (charge: Charge): boolean =>
  charge.parts.every((part) => isZero(part.prepaid) && isZero(part.actual) && isZero(part.included ?? ZERO));
