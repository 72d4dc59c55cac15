/** Another currency with the same minor unit, so that amounts stay at it. */
const TWINS: Readonly<Record<string, string>> = {
  USD: 'CAD',
  EUR: 'CHF',
  GBP: 'USD',
  AUD: 'NZD',
  JPY: 'KRW',
  KWD: 'BHD',
};

/** Null for a currency without a twin. */
export const otherCurrencyOf = (currency: string): string | null => TWINS[currency] ?? null;
