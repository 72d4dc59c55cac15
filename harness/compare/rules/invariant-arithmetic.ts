import { type Decimal, isNegative, maximum, multiply, subtract, ZERO } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
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

/** What the charge leaves out counts as its plan states it. */
const orPlan = <T>(own: Figure<T>, plan: Figure<T> | undefined): Figure<T> =>
  own.state === 'absent' && plan !== undefined ? plan : own;

function judgeCharge(examined: ExaminedCharge): Outcome | null {
  if (isOfSeveral(examined)) return null;
  const { charge, line } = examined;
  const { overageQuantity, overageCharge } = charge;
  const overageRate = orPlan(charge.overageRate, line?.overageRate);
  const statement = stated(overageCharge);
  const unclear = unreadableAmong({
    'overage quantity': overageQuantity,
    'overage rate': overageRate,
    'overage charge': overageCharge,
  });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const [quantity, rate, amount] = [orZero(overageQuantity), orZero(overageRate), orZero(overageCharge)];
  if (amount === ZERO && (quantity === ZERO || rate === ZERO)) return EQUAL;
  for (const [noun, factor] of Object.entries({ quantity: overageQuantity, rate: overageRate })) {
    if (factor.state !== 'absent') continue;
    return cannotSay('contract', statement, `the charge bills ${amount} for an overage, but states no ${noun}`);
  }
  return againstProduct(overageCharge, quantity, rate, orPlan(charge.currency, line?.currency));
}

function againstProduct(charge: Figure, quantity: Decimal, rate: Decimal, currency: Figure<string>): Outcome {
  const exact = multiply(quantity, rate);
  // Nothing times anything needs no currency to be rounded in.
  if (currency.state !== 'known' && exact !== ZERO) {
    const why = unreadableAmong({ 'overage currency': currency });
    return cannotSay('contract', stated(charge), why ?? 'the charge bills an overage, but states no currency');
  }
  const code = knownValue(currency);
  const expected = code === null ? exact : toMinorUnit(exact, code);
  const amount = orZero(charge);
  if (amount === expected) return EQUAL;
  const made = `${expected}${code === null ? '' : ` ${code}`}${exact === expected ? '' : ` (${exact} before rounding)`}`;
  const finer =
    code === null || isAtMinorUnit(amount, code) ? '' : `, finer than the ${minorUnit(code)} places of ${code}`;
  const sentence = `${quantity} over × ${rate} make ${made}, the charge says ${saying(charge)}${finer}`;
  return breaks('contract', stated(charge), subtract(amount, expected), sentence);
}

export const chargeArithmeticRule: SideRule = {
  id: 'charge-arithmetic',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The charge is quantity times rate',
  doc: 'Within one charge of one organisation: `overageCharge` = `overageQuantity` × `overageRate`, rounded half-up to the minor unit of `overageCurrency` (JPY 0, USD 2, KWD 3 places), and never finer. Rate and currency are the plan’s where the charge leaves them out. The rounding is assumed: it is not public. Not applied to charges over several organisations.',
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
