/** The monthly minimum that legacy states, against what the rows of the same answer make. */
import { add, compareDecimals, type Decimal, isZero, multiply, ONE, ZERO } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { overageOf } from '../pairs/overage.ts';
import { cannotSay, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';
import { spanOf } from './source-rows.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const subscription of sides.legacy?.subscriptions ?? []) {
    const { minimumMonthlyAmount: minimum, org, region } = subscription;
    if (minimum.state === 'absent' || !examination.concerns([org])) continue;
    const span = spanOf(subscription);
    const period = span === null ? null : { ...span, status: subscription.periodStatus };
    const scope = examination.scope({ side: 'legacy', subject: 'minimumMonthlyAmount', orgs: [org], region, period });
    yield observer.observe(scope, judge(subscription, minimum));
  }
}

function judge({ lines, currency }: LegacySubscription, minimum: Figure): Outcome {
  const statement = stated(minimum);
  const unclear = unreadableAmong({ 'minimum monthly amount': minimum });
  if (unclear !== null) return cannotSay('legacy', statement, unclear);
  const least = orZero(minimum);
  if (isZero(least)) return EQUAL;
  const bills = lines.map((line) => billOfRow(line, knownValue(currency)));
  const known = bills.reduce<Decimal>((sum, bill) => add(sum, bill ?? ZERO), ZERO);
  if (compareDecimals(known, least) >= 0) return EQUAL;
  const open = bills.filter((bill) => bill === null).length;
  const rows = open === 0 ? '' : `, with ${open} of its ${lines.length} rows unpriced`;
  const code = knownValue(currency);
  const unit = code === null ? '' : ` ${code}`;
  const reason = `legacy states a monthly minimum of ${least}${unit}, and its rows make ${known}${unit}${rows}: nobody can say whether the minimum is billed in their place, and the contract side has no counterpart of it`;
  return cannotSay('legacy', statement, reason);
}

/** Fee and overage charge of one row, be it mapped or not; null where a price or a quantity cannot be told. */
function billOfRow(line: Line, currency: string | null): Decimal | null {
  const { committed, included, actual, bundle, committedRate, overageRate } = line;
  if ([committed, included, actual, bundle, committedRate, overageRate].some(({ state }) => state === 'unreadable'))
    return null;
  const units = multiply(orZero(committed), bundle.state === 'known' ? bundle.value : ONE);
  const over = overageOf(orZero(actual), units, orZero(included));
  const fee = priced(units, committedRate);
  const charge = priced(over, overageRate);
  if (fee === null || charge === null) return null;
  return add(fee, currency === null ? charge : toMinorUnit(charge, currency));
}

const priced = (quantity: Decimal, rate: Figure): Decimal | null =>
  isZero(quantity) ? ZERO : rate.state === 'known' ? multiply(quantity, rate.value) : null;

export const minimumRule: SideRule = {
  id: 'minimum-monthly-amount',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The monthly minimum is reached',
  doc: 'Partner billing’s `minimumMonthlyAmount` against what all rows of the same answer make, unmapped ones included (fee + overage charge at the prices that they state). Where their stated prices make less, or cannot say, it is not comparable, with both sums: the contract side has no counterpart of a minimum.',
  example: '"minimumMonthlyAmount":"2000.00" · rows make 318.70',
  examine,
};
