/** Exact decimals: every figure is kept as canonical decimal text and computed with big.js, never in floating point. */
import Big from 'big.js';

/**
 * Canonical decimal text: no exponent, no leading `+`, no superfluous zeros, never `-0`.
 * Two decimals are equal exactly when their texts are, so `===` compares them.
 */
export type Decimal = string & { readonly __decimal: never };

const SPELLING = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const MAX_SPELLING = 400;
const MAX_EXPONENT = 300;

/** Own constructor: division to 40 places, half-even, so that no other user of big.js can change our arithmetic. */
const Exact = Big();
Exact.DP = 40;
Exact.RM = Exact.roundHalfEven;
Exact.NE = -1e6;
Exact.PE = 1e6;

const canonical = (big: Big): Decimal => {
  const text = big.toFixed();
  return (text === '-0' ? '0' : text) as Decimal;
};

/**
 * Reads a decimal as any of the APIs spells it: `"15"`, `" 23.740 "`, `"1.5e1"`, `1e-6`.
 * @returns null for anything that is not one finite decimal number (`""`, `"N/A"`, `"1,000"`, `"Infinity"`),
 *   and for numbers whose exponent no bill can have (beyond ±300).
 */
export function parseDecimal(text: string): Decimal | null {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > MAX_SPELLING || !SPELLING.test(trimmed)) return null;
  const big = new Exact(trimmed.replace(/^\+/, '').replace(/\.(?=$|[eE])/, ''));
  return Math.abs(big.e) > MAX_EXPONENT ? null : canonical(big);
}

/** A decimal written in our own source. @throws Error if it is not one. */
export function decimal(text: string | number): Decimal {
  const parsed = parseDecimal(String(text));
  if (parsed === null) throw new Error(`not a decimal: ${JSON.stringify(text)}`);
  return parsed;
}

export const ZERO = decimal(0);
export const ONE = decimal(1);

export const add = (a: Decimal, b: Decimal): Decimal => canonical(new Exact(a).plus(b));
export const subtract = (a: Decimal, b: Decimal): Decimal => canonical(new Exact(a).minus(b));
export const multiply = (a: Decimal, b: Decimal): Decimal => canonical(new Exact(a).times(b));
/** Quotient to 40 decimal places, half-even. @throws Error on division by zero. */
export const divide = (a: Decimal, b: Decimal): Decimal => canonical(new Exact(a).div(b));
export const negate = (a: Decimal): Decimal => canonical(new Exact(a).neg());
export const absolute = (a: Decimal): Decimal => canonical(new Exact(a).abs());
export const compareDecimals = (a: Decimal, b: Decimal): -1 | 0 | 1 => (a === b ? 0 : new Exact(a).cmp(b));
export const isZero = (a: Decimal): boolean => a === ZERO;
export const isNegative = (a: Decimal): boolean => a.startsWith('-');
export const sum = (terms: Iterable<Decimal>): Decimal => {
  let total = ZERO;
  for (const term of terms) total = total === ZERO ? term : add(total, term);
  return total;
};
export const maximum = (first: Decimal, ...rest: readonly Decimal[]): Decimal =>
  rest.reduce((best, next) => (compareDecimals(next, best) > 0 ? next : best), first);

export type RoundingMode = 'half-up' | 'half-even' | 'down' | 'up';
const MODES: Record<RoundingMode, Big.RoundingMode> = { down: 0, 'half-up': 1, 'half-even': 2, up: 3 };

/** Rounds to a number of decimal places (half-up rounds halves away from zero). */
export const round = (a: Decimal, places: number, mode: RoundingMode): Decimal =>
  canonical(new Exact(a).round(places, MODES[mode]));

/** How many decimal places the number has when written without superfluous zeros. */
export const decimalPlaces = (a: Decimal): number => {
  const point = a.indexOf('.');
  return point < 0 ? 0 : a.length - point - 1;
};
