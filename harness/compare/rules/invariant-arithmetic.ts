/** Arithmetic within one charge: overage from quantities, the amount from overage and rate. */
import {
  add,
  compareDecimals,
  type Decimal,
  decimal,
  isNegative,
  maximum,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import { isAtMinorUnit, isWithinParts, minorUnit, toMinorUnit } from '../../domain/money.ts';
import { mayBeFree } from '../pairs/bill.ts';
import { type ExaminedCharge, observeCharges } from './invariant-charges.ts';
import { breaks, cannotSay, figureText, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { EQUAL } from './outcome.ts';
import type { Outcome, SideRule } from './rule.ts';

/** Judges each charge; where one breaks beside a correction, the sum of the line's charges may hold in its place. */
const orTheirSum =
  (judge: (charge: ExaminedCharge) => Outcome | null, holdsTogether: (line: readonly ExaminedCharge[]) => boolean) =>
  (charge: ExaminedCharge): Outcome | null => {
    const outcome = judge(charge);
    if (outcome?.kind !== 'different') return outcome;
    const line = charge.beside();
    return line.some(isCorrection) && holdsTogether(line) ? EQUAL : unbilledUse(charge, outcome);
  };

/** It takes something back. */
const isCorrection = ({ charge }: ExaminedCharge): boolean =>
  [charge.actual, charge.overageQuantity, charge.overageCharge].some(
    (figure) => figure.state === 'known' && isNegative(figure.value),
  );

/** A trial, a ramp or tokens may be why a charge bills nothing for its overage. */
function unbilledUse({ charge, pair }: ExaminedCharge, outcome: Outcome): Outcome {
  if (pair === null || outcome.kind !== 'different') return outcome;
  const bills = orZero(charge.overageCharge) !== ZERO;
  if (pair.paidInTokens !== null && !bills && orZero(charge.overageQuantity) === ZERO) return EQUAL;
  const [use] = pair.useCosts.values();
  if (use === undefined) return outcome;
  if (use.cost === 'free') return bills ? outcome : EQUAL;
  const reason = `${outcome.sentence}; ${mayBeFree(use)}`;
  return {
    kind: 'not-comparable',
    legacy: null,
    contract: outcome.contract,
    reason,
    expected: bills || use.why === 'type',
  };
}

function judgeOverage(examined: ExaminedCharge): Outcome | null {
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
  return examined.orgs.length > 1 ? withinBounds(examined) : againstQuantities(examined);
}

function againstQuantities({ charge }: ExaminedCharge): Outcome {
  const { prepaid, fairuse, actual, overageQuantity } = charge;
  const over = orZero(overageQuantity);
  const expected = beyond(orZero(actual), maximum(orZero(prepaid), orZero(fairuse)));
  if (over === expected) return EQUAL;
  const sentence = `${limitsOf(charge)} and ${orZero(actual)} used make ${expected} over, the charge says ${figureText(overageQuantity)}`;
  return breaks('contract', stated(overageQuantity), subtract(over, expected), sentence);
}

const limitsOf = ({ prepaid, fairuse }: ExaminedCharge['charge']): string =>
  `${orZero(prepaid)} committed${orZero(fairuse) === ZERO ? '' : `, ${orZero(fairuse)} of fair use`}`;

function beyond(actual: Decimal, allowed: Decimal): Decimal {
  const over = subtract(actual, allowed);
  return isNegative(over) ? ZERO : over;
}

/** A charge over several organisations is the sum of theirs, which it does not show: it can only be bounded. */
function withinBounds({ charge, orgs }: ExaminedCharge): Outcome {
  const { actual, overageQuantity } = charge;
  const over = orZero(overageQuantity);
  const { least, most } = boundsOf(totalsOf([charge]));
  if (compareDecimals(over, least) >= 0 && compareDecimals(over, most) <= 0) return EQUAL;
  const expected = compareDecimals(over, least) < 0 ? least : most;
  const sentence = `${limitsOf(charge)} and ${orZero(actual)} used of ${orgs.length} organisations make between ${least} and ${most} over, the charge says ${figureText(overageQuantity)}`;
  return breaks('contract', stated(overageQuantity), subtract(over, expected), sentence);
}

type Totals = Readonly<Record<'prepaid' | 'fairuse' | 'actual' | 'overageQuantity', Decimal>>;

function totalsOf(charges: readonly ExaminedCharge['charge'][]): Totals {
  const total = (name: keyof Totals): Decimal => sum(charges.map((charge) => orZero(charge[name])));
  return {
    prepaid: total('prepaid'),
    fairuse: total('fairuse'),
    actual: total('actual'),
    overageQuantity: total('overageQuantity'),
  };
}

/** Of several organisations together: one may go by its commitment and the next by its allowance. */
const boundsOf = ({ prepaid, fairuse, actual }: Totals): { readonly least: Decimal; readonly most: Decimal } => ({
  least: beyond(actual, add(prepaid, fairuse)),
  most: maximum(actual, ZERO),
});

function overageHoldsTogether(line: readonly ExaminedCharge[]): boolean {
  const totals = totalsOf(line.map(({ charge }) => charge));
  const { overageQuantity, actual, prepaid, fairuse } = totals;
  if (!line.some(isShared)) return overageQuantity === beyond(actual, maximum(prepaid, fairuse));
  const { least, most } = boundsOf(totals);
  return compareDecimals(overageQuantity, least) >= 0 && compareDecimals(overageQuantity, most) <= 0;
}

const isShared = ({ orgs }: ExaminedCharge): boolean => orgs.length > 1;

export const overageArithmeticRule: SideRule = {
  id: 'overage-arithmetic',
  category: 'invariant',
  looksAt: 'sides',
  sameFactAs: 'overage-quantity',
  title: 'Overage follows from the charge’s own quantities',
  doc: 'Within one charge of one organisation: `overageQuantity` = max(0, `actualQuantity` − the greater of `prepaidQuantity` and `fairuseQuantity`); what is left out counts as zero. Of a charge over several organisations it must lie between max(0, actual − prepaid − fair use) and actual. Where one breaks beside a correction (a negative charge), the sum of the line’s charges may hold in its place.',
  example: 'charge "prepaidQuantity":10,"actualQuantity":15,"overageQuantity":4',
  examine: (sides) => observeCharges(sides, orTheirSum(judgeOverage, overageHoldsTogether)),
};

/** What the charge leaves out counts as its plan states it. */
const orPlan = <T>(own: Figure<T>, plan: Figure<T> | undefined): Figure<T> =>
  own.state === 'absent' && plan !== undefined ? plan : own;

function judgeCharge(examined: ExaminedCharge): Outcome | null {
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
  return againstProduct(overageCharge, quantity, rate, orPlan(charge.currency, line?.currency), examined.orgs.length);
}

/** @param orgs over several the charge is a sum of rounded parts: half a minor unit each, at most */
function againstProduct(
  charge: Figure,
  quantity: Decimal,
  rate: Decimal,
  currency: Figure<string>,
  orgs: number,
): Outcome {
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
  if (orgs > 1 && code !== null && isAtMinorUnit(amount, code)) {
    if (isWithinParts(amount, exact, code, decimal(orgs))) return EQUAL;
  }
  const made = `${expected}${code === null ? '' : ` ${code}`}${exact === expected ? '' : ` (${exact} before rounding)`}`;
  const finer =
    code === null || isAtMinorUnit(amount, code) ? '' : `, finer than the ${minorUnit(code)} places of ${code}`;
  const sentence = `${quantity} over × ${rate} make ${made}, the charge says ${figureText(charge)}${finer}`;
  return breaks('contract', stated(charge), subtract(amount, expected), sentence);
}

function chargesHoldTogether(line: readonly ExaminedCharge[]): boolean {
  const exact = sum(
    line.map(({ charge, line: own }) =>
      multiply(orZero(charge.overageQuantity), orZero(orPlan(charge.overageRate, own?.overageRate))),
    ),
  );
  const total = sum(line.map(({ charge }) => orZero(charge.overageCharge)));
  const code = line.map(({ charge }) => knownValue(charge.currency)).find((one) => one !== null) ?? null;
  if (total === (code === null ? exact : toMinorUnit(exact, code))) return true;
  const parts = sum(line.filter(isShared).map(({ orgs }) => decimal(orgs.length)));
  return code !== null && isAtMinorUnit(total, code) && isWithinParts(total, exact, code, parts);
}

export const chargeArithmeticRule: SideRule = {
  id: 'charge-arithmetic',
  category: 'invariant',
  looksAt: 'sides',
  sameFactAs: 'overage-charge',
  title: 'The charge is quantity times rate',
  doc: 'Within one charge of one organisation: `overageCharge` = `overageQuantity` × `overageRate`, rounded half-up to the minor unit of `overageCurrency` (JPY 0, USD 2, KWD 3 places), and never finer. Rate and currency are the plan’s where the charge leaves them out. The rounding is assumed: it is not public. Of a charge over several organisations it may be off by half a minor unit for each. Where one breaks beside a correction (a negative charge), the sum of the line’s charges may hold in its place.',
  example: 'charge "overageQuantity":5,"overageRate":23.74,"overageCharge":118.71',
  examine: (sides) => observeCharges(sides, orTheirSum(judgeCharge, chargesHoldTogether)),
};
