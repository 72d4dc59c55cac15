/** Currencies and their minor units. Amounts of different currencies are never added. */
import {
  absolute,
  compareDecimals,
  type Decimal,
  decimal,
  decimalPlaces,
  multiply,
  round,
  subtract,
} from './decimal.ts';

const known = new Set(Intl.supportedValuesOf('currency'));
const cache = new Map<string, number>();

/** ISO 4217 code in canonical spelling (`" usd "` → `USD`), or null if it is not a currency code that exists. */
export function parseCurrency(text: string): string | null {
  const code = text.trim().toUpperCase();
  return known.has(code) ? code : null;
}

/** Decimal places of the currency's minor unit by ISO 4217: JPY 0, USD 2, KWD 3. Unknown codes count as 2. */
export function minorUnit(currency: string): number {
  let places = cache.get(currency);
  if (places === undefined) {
    places = known.has(currency)
      ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
      : 2;
    cache.set(currency, places);
  }
  return places;
}

/** Rounds half-up to the currency's minor unit: the reading of overage charges (assumed; rounding is not public). */
export const toMinorUnit = (amount: Decimal, currency: string): Decimal =>
  round(amount, minorUnit(currency), 'half-up');

export const isAtMinorUnit = (amount: Decimal, currency: string): boolean =>
  decimalPlaces(amount) <= minorUnit(currency);

/** Amount with the minor unit's places written out (`12` → `12.00` in USD); finer amounts keep all their places. */
export function formatAmount(amount: Decimal, currency: string): string {
  const places = minorUnit(currency);
  const missing = places - decimalPlaces(amount);
  if (missing <= 0) return amount;
  return `${amount}${amount.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}

/** Whether an amount may be a sum of parts that were rounded by themselves: off by half a minor unit for each, at most. */
export const isWithinParts = (amount: Decimal, exact: Decimal, currency: string, parts: Decimal): boolean =>
  compareDecimals(absolute(subtract(amount, exact)), multiply(parts, decimal(`5e-${minorUnit(currency) + 1}`))) <= 0;
