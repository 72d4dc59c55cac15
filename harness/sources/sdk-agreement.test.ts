/**
 * Holds our wire types to the vendor's own statement of them, at compile time: a new SDK release that adds, drops or renames
 * a field turns `npm run types` red with that field's name.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Models } from 'purecloud-platform-client-v2';
import { expect, it } from 'vitest';
import type * as contract from './contract-api/wire.ts';
import { SCHEMAS_OF_SDK } from './contract-api/wire.ts';
import type * as partner from './partner-billing/wire.ts';

/** `never` when both name the same fields; else the names that only one side has. */
type FieldsApart<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs> | Exclude<keyof Theirs, keyof Ours>;

type Agreement<Ours, Theirs> = [FieldsApart<Ours, Theirs>] extends [never]
  ? [Theirs] extends [Ours]
    ? 'agrees'
    : { readonly differsInType: Ours; readonly sdk: Theirs }
  : { readonly fieldsThatDiffer: FieldsApart<Ours, Theirs> };

/** The vendor's references carry a `selfUri` that no billing body has. */
const agreements: {
  BillingContract: Agreement<contract.BillingContract, Models.BillingContract>;
  BillingContractListing: Agreement<contract.BillingContractListing, Models.BillingContractListing>;
  BillingContractPeriod: Agreement<contract.BillingContractPeriod, Models.BillingContractPeriod>;
  BillingContractPeriodDetail: Agreement<contract.BillingContractPeriodDetail, Models.BillingContractPeriodDetail>;
  BillingPlan: Agreement<contract.BillingPlan, Models.BillingPlan>;
  BillingPlanItem: Agreement<contract.BillingPlanItem, Models.BillingPlanItem>;
  BillingProduct: Agreement<contract.BillingProduct, Models.BillingProduct>;
  BillingCharge: Agreement<contract.BillingCharge, Models.BillingCharge>;
  BillingWallet: Agreement<contract.BillingWallet, Models.BillingWallet>;
  BillingInvoice: Agreement<contract.BillingInvoice, Models.BillingInvoice>;
  BillingInvoiceListing: Agreement<contract.BillingInvoiceListing, Models.BillingInvoiceListing>;
  BillingInvoiceItem: Agreement<contract.BillingInvoiceItem, Models.BillingInvoiceItem>;
  BillingInvoiceItemListing: Agreement<contract.BillingInvoiceItemListing, Models.BillingInvoiceItemListing>;
  InvoiceAddress: Agreement<contract.InvoiceAddress, Models.InvoiceAddress>;
  Customer: Agreement<contract.Customer, Models.Customer>;
  UrlResponse: Agreement<contract.UrlResponse, Models.UrlResponse>;
  TrusteeBillingOverview: Agreement<partner.TrusteeBillingOverview, Models.TrusteeBillingOverview>;
  SubscriptionOverviewUsage: Agreement<partner.SubscriptionOverviewUsage, Models.SubscriptionOverviewUsage>;
} = {
  BillingContract: 'agrees',
  BillingContractListing: 'agrees',
  BillingContractPeriod: 'agrees',
  BillingContractPeriodDetail: 'agrees',
  BillingPlan: 'agrees',
  BillingPlanItem: 'agrees',
  BillingProduct: 'agrees',
  BillingCharge: 'agrees',
  BillingWallet: 'agrees',
  BillingInvoice: 'agrees',
  BillingInvoiceListing: 'agrees',
  BillingInvoiceItem: 'agrees',
  BillingInvoiceItemListing: 'agrees',
  InvoiceAddress: 'agrees',
  Customer: 'agrees',
  UrlResponse: 'agrees',
  TrusteeBillingOverview: 'agrees',
  SubscriptionOverviewUsage: 'agrees',
};

it('is held to the release that is installed', async () => {
  const manifest = await readFile(
    fileURLToPath(import.meta.resolve('purecloud-platform-client-v2/package.json')),
    'utf8',
  );
  expect((JSON.parse(manifest) as { version: string }).version).toBe(SCHEMAS_OF_SDK);
});

it('agrees with the SDK in every type', () => {
  expect(new Set(Object.values(agreements))).toEqual(new Set(['agrees']));
});
