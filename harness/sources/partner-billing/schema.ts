/** The partner billing overview as a schema (the vendor's SDK 262.0.0). */
import { type FieldShape, type FieldTable, WireSchema } from '../wire-schema.ts';
import type { NamedEntity, SubscriptionOverviewUsage, TrusteeBillingOverview } from './wire.ts';

const SUBSCRIPTION_TYPES = [
  'ININ',
  'MONTH_TO_MONTH',
  'FREE_TRIAL_MONTH_TO_MONTH',
  'PREPAY_MONTHLY_COMMITMENT',
  'PREPAY',
  'DEV_ORG_MONTH_TO_MONTH',
  'DEV_ORG_PREPAY_MONTHLY_COMMITMENT',
  'DEV_ORG_PREPAY',
];

const overview: FieldTable<TrusteeBillingOverview> = {
  id: 'string',
  name: 'string',
  organization: { type: 'NamedEntity' },
  currency: 'string',
  enabledProducts: 'strings',
  subscriptionType: { oneOf: SUBSCRIPTION_TYPES },
  rampPeriodStartDate: 'instant',
  rampPeriodEndDate: 'instant',
  billingPeriodStartDate: 'instant',
  billingPeriodEndDate: 'instant',
  usages: { listOf: 'SubscriptionOverviewUsage' },
  contractAmendmentDate: 'instant',
  contractEffectiveDate: 'instant',
  contractEndDate: 'instant',
  minimumMonthlyAmount: 'string',
  inRampPeriod: 'boolean',
  selfUri: 'string',
};
const usage: FieldTable<SubscriptionOverviewUsage> = {
  name: 'string',
  partNumber: 'string',
  grouping: 'string',
  unitOfMeasureType: 'string',
  usageQuantity: 'string',
  overagePrice: 'string',
  prepayQuantity: 'string',
  prepayPrice: 'string',
  usageNotes: 'string',
  isCancellable: 'boolean',
  bundleQuantity: 'string',
  isThirdParty: 'boolean',
};
const entity: FieldTable<NamedEntity> & { selfUri: 'string' } = { id: 'string', name: 'string', selfUri: 'string' };

/** Fields by wire type. */
export const partnerTables: Readonly<Record<string, Readonly<Record<string, FieldShape>>>> = {
  TrusteeBillingOverview: overview,
  SubscriptionOverviewUsage: usage,
  NamedEntity: entity,
};

export const partnerSchema = new WireSchema({
  source: 'partner-billing',
  tables: partnerTables,
  required: {
    TrusteeBillingOverview: ['organization', 'currency', 'subscriptionType', 'usages'],
    SubscriptionOverviewUsage: [
      'name',
      'partNumber',
      'grouping',
      'unitOfMeasureType',
      'usageQuantity',
      'prepayQuantity',
    ],
  },
  oldSpellings: new Set(),
  unknownFieldsMatter: true,
});
