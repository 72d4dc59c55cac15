/** Wire types of the legacy Partner Billing Usage API, from the vendor's SDK 262.0.0; all numbers are texts. */
export interface NamedEntity {
  id?: string;
  name?: string;
}
export interface SubscriptionOverviewUsage {
  name: string;
  partNumber: string;
  grouping: string;
  unitOfMeasureType: string;
  usageQuantity: string;
  overagePrice?: string;
  prepayQuantity: string;
  prepayPrice?: string;
  usageNotes?: string;
  isCancellable?: boolean;
  bundleQuantity?: string;
  isThirdParty?: boolean;
}
export interface TrusteeBillingOverview {
  id?: string;
  name?: string;
  organization: NamedEntity;
  currency: string;
  enabledProducts: string[];
  subscriptionType: string;
  rampPeriodStartDate?: string;
  rampPeriodEndDate?: string;
  billingPeriodStartDate?: string;
  billingPeriodEndDate?: string;
  usages: SubscriptionOverviewUsage[];
  contractAmendmentDate?: string;
  contractEffectiveDate?: string;
  contractEndDate?: string;
  minimumMonthlyAmount?: string;
  inRampPeriod?: boolean;
  selfUri?: string;
}
