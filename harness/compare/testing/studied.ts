/** Rules that decision tables study together, each named: a rule that is added to the product is in none of them. */
import type { RuleId } from '../../domain/rule-ids.ts';

export const QUANTITIES = [
  'committed-quantity',
  'included-quantity',
  'actual-quantity',
  'overage-quantity',
  'overage-charge',
] as const satisfies readonly RuleId[];

export const RATES = ['committed-rate', 'overage-rate', 'currency'] as const satisfies readonly RuleId[];

export const PRESENCE = [
  'org-missing-in-contract',
  'org-missing-in-legacy',
  'product-missing-in-contract',
  'product-missing-in-legacy',
] as const satisfies readonly RuleId[];

export const TERM_DATES = [
  'contract-start',
  'contract-end',
  'ramp-start',
  'ramp-end',
] as const satisfies readonly RuleId[];

export const PERIOD_DATES = ['period-start', 'period-end'] as const satisfies readonly RuleId[];
