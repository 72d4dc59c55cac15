/** Use converted into tokens. */
import { compareDecimals, type Decimal, decimalPlaces, divide, isZero, round, subtract } from '../../domain/decimal.ts';
import { knownValue } from '../../domain/figure.ts';
import { meaningOf } from '../scope/units.ts';
import { type ExaminedCharge, observeCharges } from './invariant-charges.ts';
import { breaks, cannotSay, stated, unreadableAmong } from './invariant-outcome.ts';
import { EQUAL } from './outcome.ts';
import type { Outcome, SideRule } from './rule.ts';

const TOKEN = meaningOf('Token');

/** Null: the charge states no conversion. */
function judge({ charge }: ExaminedCharge): Outcome | null {
  const { count, rate } = charge.tokens;
  if (count.state === 'absent' && rate.state === 'absent') return null;
  const statement = stated(count);
  const unclear = unreadableAmong({
    'converted token count': count,
    'token conversion rate': rate,
    'actual quantity': charge.actual,
  });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  if (count.state !== 'known')
    return cannotSay('contract', statement, 'the charge states a conversion rate, but no token count');
  const used = knownValue(charge.actual);
  if (used === null) return cannotSay('contract', statement, 'the charge states a token count, but no actual quantity');
  const unit = knownValue(charge.unit);
  const isTokens = unit !== null && meaningOf(unit) === TOKEN;
  if (isTokens && count.value === used) return EQUAL;
  if (rate.state !== 'known' || isZero(rate.value)) {
    if (isTokens) {
      const sentence = `${used} used in tokens, the charge says ${count.value}`;
      return breaks('contract', statement, subtract(count.value, used), sentence);
    }
    if (isZero(count.value)) return EQUAL;
    return cannotSay(
      'contract',
      statement,
      `the charge states ${count.value} tokens, but no rate that they were converted at`,
    );
  }
  const exact = divide(used, rate.value);
  if (isRounded(exact, count.value)) return EQUAL;
  const places = Math.max(0, decimalPlaces(count.value));
  const expected = round(exact, places, 'half-up');
  const sentence = `${used} used ÷ ${rate.value} make ${expected} tokens, the charge says ${count.value}`;
  return breaks('contract', statement, subtract(count.value, expected), sentence);
}

/** At the places that the count states, in any rounding: how tokens are rounded is not public. */
function isRounded(exact: Decimal, count: Decimal): boolean {
  const places = decimalPlaces(count);
  return (['down', 'up'] as const).some((mode) => compareDecimals(round(exact, places, mode), count) === 0);
}

export const tokenRule: SideRule = {
  id: 'token-conversion',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The token count is the use converted',
  doc: 'Within one charge: `convertedTokenCount` = `actualQuantity` ÷ `tokenConversionRate` (units for one token), or = `actualQuantity` where the unit is Token, at the places that the count states, rounded either way (the rounding is not public).',
  example: 'charge "actualQuantity":340,"tokenConversionRate":17,"convertedTokenCount":25',
  examine: (sides) => observeCharges(sides, judge),
};
