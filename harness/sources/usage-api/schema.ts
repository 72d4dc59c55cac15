/** The usage API's wire as schemas. Its shapes are mostly assumed, so only types of known fields are checked. */
import { type FieldShape, type FieldTable, WireSchema } from '../wire-schema.ts';
import type { OrganizationListing, OrganizationSubscription, Regions, UsageRow } from './wire.ts';

const regions: FieldTable<Regions> = { regions: { listOf: 'Region' } };
const region: FieldTable<Regions['regions'][number]> = { id: 'string', organizationCounts: { type: 'Counts' } };
const listing: FieldTable<OrganizationListing> = { organizations: { listOf: 'ListedOrganization' } };
const subscription: FieldTable<OrganizationSubscription> = {
  orgId: 'string',
  orgName: 'string',
  subscriptionType: 'string',
  currency: 'string',
  contractEffectiveDate: 'instant',
  contractEndDate: 'instant',
  rampPeriodStartDate: 'instant',
  rampPeriodEndDate: 'instant',
  billingPeriodStartDate: 'instant',
  billingPeriodEndDate: 'instant',
  usages: { listOf: 'UsageRow' },
};
const row: FieldTable<UsageRow> = {
  appId: 'string',
  name: 'string',
  partNumber: 'string',
  grouping: 'string',
  unitOfMeasureType: 'string',
  prepayQuantity: 'numeric',
  usageQuantity: 'numeric',
  prepayPrice: 'numeric',
  overagePrice: 'numeric',
  bundleQuantity: 'numeric',
};

/** Fields by wire type; empty where a body is read by hand. */
export const usageTables: Readonly<Record<string, Readonly<Record<string, FieldShape>>>> = {
  Regions: regions,
  Region: region,
  Counts: {},
  OrganizationListing: listing,
  ListedOrganization: {},
  OrganizationSubscription: subscription,
  UsageRow: row,
};

export const usageSchema = new WireSchema({
  source: 'usage-api',
  tables: usageTables,
  required: {},
  oldSpellings: new Set(),
  unknownFieldsMatter: false,
});
