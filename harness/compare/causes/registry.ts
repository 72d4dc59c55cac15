/** All hypotheses. Where two explain the same findings, the one that stands first is named. */
import { bundleHypotheses } from './bundle.ts';
import { countedTwice } from './counted-twice.ts';
import { currencySwap } from './currency-swap.ts';
import type { Hypothesis } from './hypothesis.ts';
import { orgsSwapped } from './orgs-swapped.ts';
import { overageHypotheses } from './overage.ts';
import { periodShift } from './period-shift.ts';
import { rateHypotheses } from './rates.ts';
import { rounding } from './rounding.ts';
import { skuPrefix } from './sku-prefix.ts';
import { sumForPeak } from './sum-for-peak.ts';
import { timezoneShift } from './timezone-shift.ts';
import { unitFactor } from './unit-factor.ts';

export const HYPOTHESES: readonly Hypothesis[] = [
  skuPrefix,
  countedTwice,
  ...bundleHypotheses,
  periodShift,
  sumForPeak,
  orgsSwapped,
  unitFactor,
  ...overageHypotheses,
  ...rateHypotheses,
  currencySwap,
  timezoneShift,
  rounding,
];
