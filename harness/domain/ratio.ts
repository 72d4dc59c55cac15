/** An exact ratio of two decimals, such as 17 minutes for one token: `1/17`. */
import { type Decimal, decimal, divide, isNegative, isZero, multiply, ONE, parseDecimal } from './decimal.ts';

export interface Ratio {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

export const UNITY: Ratio = { numerator: ONE, denominator: ONE };

/**
 * Reads `12`, `0.5` or `1/17`. @returns null for anything else, and for a ratio that is not above zero.
 */
export function parseRatio(text: string): Ratio | null {
  const [first = '', second, ...more] = text.split('/');
  const numerator = parseDecimal(first);
  const denominator = second === undefined ? ONE : parseDecimal(second);
  if (more.length > 0 || numerator === null || denominator === null) return null;
  if ([numerator, denominator].some((part) => isZero(part) || isNegative(part))) return null;
  return { numerator, denominator };
}

/** A ratio written in our own source. @throws Error if it is not one. */
export function ratio(text: string | number): Ratio {
  const parsed = parseRatio(String(text));
  if (parsed === null) throw new Error(`not a ratio: ${JSON.stringify(text)}`);
  return parsed;
}

/** `12`, `1/17`. */
export const ratioText = ({ numerator, denominator }: Ratio): string =>
  denominator === ONE ? numerator : `${numerator}/${denominator}`;

/** The same quotient, however it is written: `2/34` and `1/17`. */
export const isSameRatio = (a: Ratio, b: Ratio): boolean =>
  multiply(a.numerator, b.denominator) === multiply(b.numerator, a.denominator);

export const isUnity = ({ numerator, denominator }: Ratio): boolean => numerator === denominator;

/** value × ratio; exact where the quotient ends, else to 40 decimal places. */
export const timesRatio = (value: Decimal, { numerator, denominator }: Ratio): Decimal =>
  over(numerator === ONE ? value : multiply(value, numerator), denominator);

/** value ÷ ratio; exact where the quotient ends, else to 40 decimal places. */
export const dividedByRatio = (value: Decimal, { numerator, denominator }: Ratio): Decimal =>
  over(denominator === ONE ? value : multiply(value, denominator), numerator);

const over = (value: Decimal, by: Decimal): Decimal => (by === ONE ? value : divide(value, by));

/** As one decimal, to 40 places. */
export const ratioValue = (of: Ratio): Decimal => timesRatio(decimal(1), of);
