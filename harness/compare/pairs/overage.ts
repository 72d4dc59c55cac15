/** The arithmetic of overage, as the legacy documentation describes it. */
import { type Decimal, isNegative, isZero, maximum, multiply, subtract, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { ABSENT, made, type Reading, unclear } from './reading.ts';

/** max(0, actual − max(committed, included)). */
export function overageOf(actual: Decimal, committed: Decimal, included: Decimal): Decimal {
  return beyond(actual, greaterOf(committed, included));
}

const greaterOf = (committed: Decimal, included: Decimal): Decimal =>
  committed === included ? committed : maximum(committed, included);

function beyond(actual: Decimal, base: Decimal): Decimal {
  if (actual === base) return ZERO;
  const difference = subtract(actual, base);
  return isNegative(difference) ? ZERO : difference;
}

/** What one organisation used beyond its commitment and allowance; left-out ones count as none. */
export function overageReading(actual: Reading, committed: Reading, included: Reading): Reading {
  for (const input of [actual, committed, included]) {
    if (input.state === 'unclear') return unclear(`no overage can be computed, because ${input.reason}`, input.at);
  }
  if (actual.state !== 'known') {
    const nothing = committed.state === 'absent' && included.state === 'absent';
    return nothing ? ABSENT : unclear('no overage can be computed without an actual quantity', actual.at);
  }
  const base = baseOf(committed, included);
  const value = beyond(actual.value, base);
  const derivation = isZero(value) ? `${actual.value} used of ${base}` : `${actual.value} − ${base}`;
  return made(value, derivation, actual.at);
}

/** The greater of commitment and allowance; what is left out is none. */
function baseOf(committed: Reading, included: Reading): Decimal {
  const first = committed.state === 'known' ? committed.value : ZERO;
  const second = included.state === 'known' ? included.value : ZERO;
  if (second === ZERO && !isNegative(first)) return first;
  return greaterOf(first, second);
}

/**
 * Overage charge, rounded half-up to the currency's minor unit.
 * @param quantity in the same units as the rate is for
 */
export function chargeReading(quantity: Reading, rate: Reading, currency: Reading<string>): Reading {
  if (quantity.state !== 'known') return quantity;
  if (isZero(quantity.value)) return made(ZERO, null, quantity.at);
  if (rate.state === 'absent') {
    return unclear('it states no overage rate, so its overage charge cannot be computed', rate.at, true);
  }
  if (rate.state === 'unclear') return { ...rate, reason: `no overage charge can be computed, because ${rate.reason}` };
  if (currency.state !== 'known') {
    const why = {
      unclear: 'reason' in currency ? currency.reason : '',
      absent: 'it states no currency',
      several: 'it states several currencies',
    }[currency.state];
    return unclear(`no overage charge can be rounded, because ${why}`, currency.at);
  }
  if (rate.state === 'several') return unclear('several overage rates are stated for it', rate.at);
  const exact = multiply(quantity.value, rate.value);
  return made(toMinorUnit(exact, currency.value), `${quantity.value} × ${rate.value}`, quantity.at);
}
