/**
 * Wire types of the Contract & Billing API (preview), from the vendor's SDK: every field is optional, numbers are
 * JSON numbers, dates `yyyy-MM-dd`. `sdk-agreement.test.ts` holds them to the SDK.
 */

/** The release of `purecloud-platform-client-v2` that these types are held to; a newer one may know fields that they call drift. */
export const SCHEMAS_OF_SDK = '262.0.0';

export interface NamedEntity {
  id?: string;
  name?: string;
}
export interface BillingProduct {
  id?: string;
  sku?: string;
  name?: string;
  unitOfMeasure?: string;
}
export interface Customer {
  id?: string;
  number?: string;
  name?: string;
}
export interface BillingContractPeriod {
  id?: string;
  dateStart?: string;
  dateEnd?: string;
  status?: string;
}
export interface BillingPlanItem {
  itemNumber?: string;
  name?: string;
  type?: string;
  function?: string;
  description?: string;
  dateChargedThrough?: string;
  currencyIsoCode?: string;
  discountAmount?: number;
  dateEffectiveStart?: string;
  dateEffectiveEnd?: string;
  overagePrice?: number;
  price?: number;
  quantity?: number;
  unitOfMeasure?: string;
}
export interface BillingPlan {
  id?: string;
  name?: string;
  organizations?: NamedEntity[];
  product?: BillingProduct;
  items?: BillingPlanItem[];
}
export interface BillingContract {
  id?: string;
  externalNumber?: string;
  status?: string;
  commercialModel?: string;
  purchaseOrderNumbers?: string[];
  billToCustomer?: Customer;
  soldToCustomer?: Customer;
  endCustomer?: Customer;
  dateStart?: string;
  dateEnd?: string;
  dateRampStart?: string;
  dateRampEnd?: string;
  billingPeriods?: BillingContractPeriod[];
  plans?: BillingPlan[];
}
export interface BillingCharge {
  id?: string;
  name?: string;
  product?: BillingProduct;
  organizations?: NamedEntity[];
  prepaidQuantity?: number;
  fairuseQuantity?: number;
  actualQuantity?: number;
  overageQuantity?: number;
  overageRate?: number;
  overageCharge?: number;
  overageCurrency?: string;
  convertedTokenCount?: number;
  tokenConversionRate?: number;
}
export interface BillingWallet {
  id?: string;
  name?: string;
  organizations?: NamedEntity[];
  product?: BillingProduct;
  startingBalance?: number;
  endingBalance?: number;
  balanceIncrease?: number;
  balanceDecrease?: number;
  balanceConsumption?: number;
  balanceOverage?: number;
  balanceOverageRate?: number;
  balanceOverageCharge?: number;
  balanceOverageCurrency?: string;
  unitOfMeasure?: string;
}
export interface BillingContractPeriodDetail extends BillingContractPeriod {
  charges?: BillingCharge[];
  wallets?: BillingWallet[];
}
export interface InvoiceAddress {
  dateEffective?: string;
  addressType?: string;
  currencyIsoCode?: string;
  line1?: string;
  line2?: string;
  line3?: string;
  cityName?: string;
  postalCode?: string;
  stateCode?: string;
  countryCode?: string;
  citySubdivision1?: string;
  regionSubdivision1?: string;
  regionSubdivision2?: string;
  country?: string;
}
export interface BillingInvoice {
  id?: string;
  billToCustomer?: Customer;
  shipToCustomer?: Customer;
  soldToCustomer?: Customer;
  dateInvoiced?: string;
  billToAddress?: InvoiceAddress;
  shipToAddress?: InvoiceAddress;
  currencyIsoCode?: string;
  paymentStatus?: string;
  paymentTerms?: string;
  paymentLink?: string;
  customerPoNumber?: string;
  customerInvoiceType?: string;
  amount?: number;
}
export interface BillingInvoiceItem {
  id?: string;
  product?: BillingProduct;
  description?: string;
  dateTransacted?: string;
  dateStart?: string;
  dateEnd?: string;
  organization?: NamedEntity;
  quantity?: number;
  unitOfMeasure?: string;
  amount?: number;
}
export interface Listing<Entity> {
  entities?: Entity[];
  nextUri?: string;
  selfUri?: string;
  previousUri?: string;
}
export type BillingContractListing = Listing<BillingContract>;
export type BillingInvoiceListing = Listing<BillingInvoice>;
export type BillingInvoiceItemListing = Listing<BillingInvoiceItem>;
export interface UrlResponse {
  url?: string;
}
