/**
 * Wire types of the legacy Premium Applications - Usage API. `Regions` is documented; the fields of the two other bodies are
 * assumed, in the vocabulary of the vendor's other legacy API, and read with tolerance.
 */
export interface Regions {
  regions: { id: string; organizationCounts: Record<string, number> }[];
}
export interface OrganizationListing {
  organizations: { orgId: string; orgName?: string; usages?: { appId: string; usageQuantity: string }[] }[];
}
export interface UsageRow {
  appId: string;
  name?: string;
  partNumber: string;
  grouping?: string;
  unitOfMeasureType?: string;
  prepayQuantity?: string;
  usageQuantity?: string;
  prepayPrice?: string;
  overagePrice?: string;
  bundleQuantity?: string;
}
export interface OrganizationSubscription {
  orgId: string;
  orgName?: string;
  subscriptionType?: string;
  currency?: string;
  contractEffectiveDate?: string;
  contractEndDate?: string;
  rampPeriodStartDate?: string;
  rampPeriodEndDate?: string;
  billingPeriodStartDate?: string;
  billingPeriodEndDate?: string;
  usages?: UsageRow[];
}
