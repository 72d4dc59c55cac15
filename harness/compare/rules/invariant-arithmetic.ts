import { type Decimal, isNegative, maximum, multiply, subtract, ZERO } from '../../domain/decimal.ts';
import { isAtMinorUnit, minorUnit, toMinorUnit } from '../../domain/money.ts';
import { EQUAL } from '../outcome.ts';
import type { Outcome, SideRule } from '../rule.ts';
import { type ExaminedCharge, observeCharges } from './invariant-charges.ts';
import { breaks, cannotSay, orZero, saying, stated, unreadableAmong } from './invariant-outcome.ts';

/** A charge over several organisations is the sum of theirs, which it does not show. */
const isOfSeveral = ({ orgs }: ExaminedCharge): boolean => orgs.length > 1;

function judgeOverage(examined: ExaminedCharge): Outcome | null {
  if (isOfSeveral(examined)) return null;
  const { prepaid, fairuse, actual, overageQuantity } = examined.charge;
  const statement = stated(overageQuantity);
  const unclear = unreadableAmong({
    'prepaid quantity': prepaid,
    'fair-use quantity': fairuse,
    'actual quantity': actual,
    'overage quantity': overageQuantity,
  });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const over = orZero(overageQuantity);
  if (actual.state === 'absent' && over !== ZERO) {
    return cannotSay('contract', statement, 'the charge states an overage, but no actual quantity');
  }
  const beyond = subtract(orZero(actual), maximum(orZero(prepaid), orZero(fairuse)));
  const expected = isNegative(beyond) ? ZERO : beyond;
  if (over === expected) return EQUAL;
  const limits = `${orZero(prepaid)} committed${orZero(fairuse) === ZERO ? '' : `, ${orZero(fairuse)} of fair use`}`;
  const sentence = `${limits} and ${orZero(actual)} used make ${expected} over, the charge says ${saying(overageQuantity)}`;
  return breaks('contract', statement, subtract(over, expected), sentence);
}

export const overageArithmeticRule: SideRule = {
  id: 'overage-arithmetic',
  category: 'invariant',
  looksAt: 'sides',
  title: 'Overage follows from the charge’s own quantities',
  doc: 'Within one charge of one organisation: `overageQuantity` = max(0, `actualQuantity` − the greater of `prepaidQuantity` and `fairuseQuantity`); what is left out counts as zero. Not applied to charges over several organisations.',
  example: 'charge "prepaidQuantity":10,"actualQuantity":15,"overageQuantity":4',
  examine: (sides) => observeCharges(sides, judgeOverage),
};

function judgeCharge(examined: ExaminedCharge): Outcome | null {
  if (isOfSeveral(examined)) return null;
  const { overageQuantity, overageRate, overageCharge, currency } = examined.charge;
  const statement = stated(overageCharge);
  const unclear = unreadableAmong({
    'overage quantity': overageQuantity,
    'overage rate': overageRate,
    'overage charge': overageCharge,
    'overage currency': currency,
  });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const [quantity, amount] = [orZero(overageQuantity), orZero(overageCharge)];
  if (quantity === ZERO && amount === ZERO) return EQUAL;
  if (overageRate.state !== 'known') return cannotSay('contract', statement, 'the charge bills an overage, but states no rate');
  if (currency.state !== 'known') return cannotSay('contract', statement, 'the charge bills an overage, but states no currency');
  return product(examined, quantity, overageRate.value, amount, currency.value);
}

function product(examined: ExaminedCharge, quantity: Decimal, rate: Decimal, amount: Decimal, currency: string): Outcome {
  const expected = toMinorUnit(multiply(quantity, rate), currency);
  if (amount === expected) return EQUAL;
  const finer = isAtMinorUnit(amount, currency) ? '' : `, finer than the ${minorUnit(currency)} places of ${currency}`;
  const sentence = `${quantity} over × ${rate} make ${expected} ${currency}, the charge says ${amount}${finer}`;
  return breaks('contract', stated(examined.charge.overageCharge), subtract(amount, expected), sentence);
}

export const chargeArithmeticRule: SideRule = {
  id: 'charge-arithmetic',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The charge is quantity times rate',
  doc: 'Within one charge of one organisation: `overageCharge` = `overageQuantity` × `overageRate`, rounded half-up to the minor unit of `overageCurrency` (JPY 0, USD 2, KWD 3 places), and never finer. The rounding is assumed: it is not public. Not applied to charges over several organisations.',
  example: 'charge "overageQuantity":5,"overageRate":23.74,"overageCharge":118.71',
  examine: (sides) => observeCharges(sides, judgeCharge),
};

/** What the charge's commitment costs for the period, unrounded; null where its quantity or price is not known. */
export function committedFee({ line }: ExaminedCharge): Decimal | null {
  if (line === null || line.committed.state === 'unreadable' || line.committedRate.state === 'unreadable') return null;
  const quantity = orZero(line.committed);
  if (quantity === ZERO) return ZERO;
  return line.committedRate.state === 'known' ? multiply(quantity, line.committedRate.value) : null;
}
