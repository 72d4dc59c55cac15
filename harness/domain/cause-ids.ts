/** The permanent ids of all root causes. Results and waivers name causes by them; an id is never reused for another meaning. */

export const CAUSE_IDS = [
  'sku-prefix',
  'counted-twice',
  'bundle-as-allowance',
  'bundle-ignored',
  'bundle-as-multiplier',
  'period-shift',
  'sum-for-peak',
  'orgs-swapped',
  'unit-factor',
  'committed-ignored',
  'included-ignored',
  'negative-overage',
  'pooled-overage',
  'discount-ignored',
  'annual-for-monthly',
  'superseded-rate',
  'currency-swap',
  'timezone-shift',
  'rounding',
] as const;

export type CauseId = (typeof CAUSE_IDS)[number];

/** Fewer pairs than these may agree by coincidence. */
export const FEWEST_PAIRS = 3;
