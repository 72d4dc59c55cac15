/** The permanent ids of all rules. Scenarios, results and waivers name rules by them; an id is never reused for another meaning. */

export const RULE_IDS = [
  // coverage
  'product-mapping',
  'org-missing-in-contract',
  'org-missing-in-legacy',
  'product-missing-in-contract',
  'product-missing-in-legacy',
  'region-count',
  'duplicate-charge',
  // quantity
  'committed-quantity',
  'included-quantity',
  'actual-quantity',
  'unit-of-measure',
  // overage
  'overage-quantity',
  'overage-charge',
  // rate
  'committed-rate',
  'overage-rate',
  'currency',
  'rate-card',
  // term
  'contract-start',
  'contract-end',
  'ramp-start',
  'ramp-end',
  'period-start',
  'period-end',
  'contract-status',
  // invariant
  'overage-arithmetic',
  'charge-arithmetic',
  'wallet-balance',
  'invoice-total',
  'invoice-charge-agreement',
  'period-contiguity',
  'plan-charge-agreement',
  'listing-detail-agreement',
  'period-detail-agreement',
  'organization-count',
  'paging',
  'source-agreement',
  'wallet-arithmetic',
  'wallet-charge-agreement',
  'token-conversion',
  'minimum-monthly-amount',
  'tie-out',
  // schema
  'schema-violation',
  'schema-drift',
] as const;

export type RuleId = (typeof RULE_IDS)[number];
