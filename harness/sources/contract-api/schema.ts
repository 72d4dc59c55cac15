/** The Contract & Billing API as schemas (the vendor's SDK 262.0.0; date and enumeration words from its documentation). */
import { type FieldShape, type FieldTable, WireSchema } from '../wire-schema.ts';
import type {
  BillingCharge,
  BillingContract,
  BillingContractPeriod,
  BillingContractPeriodDetail,
  BillingInvoice,
  BillingInvoiceItem,
  BillingPlan,
  BillingPlanItem,
  BillingProduct,
  BillingWallet,
  Customer,
  InvoiceAddress,
  Listing,
  NamedEntity,
  UrlResponse,
} from './wire.ts';

/** Units that the vendor documents. */
const UNIT = {
  oneOf: (
    'Call Character Conversation Course Day EA Each Employee Engagement Evaluation Event Exam GB Guide Hour Ingestion ' +
    'Instance Interaction Invocation Message MillionCharacters Minute Person PhoneNumber Port RateTable Segment Session ' +
    'Stream Summary Token Transaction Translation Turn Unit User'
  ).split(' '),
} as const;

const entity: FieldTable<NamedEntity> & { selfUri: 'string' } = { id: 'string', name: 'string', selfUri: 'string' };
const product: FieldTable<BillingProduct> = { id: 'string', sku: 'string', name: 'string', unitOfMeasure: UNIT };
const customer: FieldTable<Customer> = { id: 'string', number: 'string', name: 'string' };
const period: FieldTable<BillingContractPeriod> = {
  id: 'string',
  dateStart: 'date',
  dateEnd: 'date',
  status: { oneOf: ['Open', 'Closed'] },
};
const planItem: FieldTable<BillingPlanItem> = {
  itemNumber: 'string',
  name: 'string',
  type: 'string',
  function: 'string',
  description: 'string',
  dateChargedThrough: 'date',
  currencyIsoCode: 'string',
  discountAmount: 'number',
  dateEffectiveStart: 'date',
  dateEffectiveEnd: 'date',
  overagePrice: 'number',
  price: 'number',
  quantity: 'number',
  unitOfMeasure: UNIT,
};
const plan: FieldTable<BillingPlan> = {
  id: 'string',
  name: 'string',
  organizations: { listOf: 'NamedEntity' },
  product: { type: 'BillingProduct' },
  items: { listOf: 'BillingPlanItem' },
};
const contract: FieldTable<BillingContract> = {
  id: 'string',
  externalNumber: 'string',
  status: { oneOf: ['Active', 'Inactive'] },
  commercialModel: 'string',
  purchaseOrderNumbers: 'strings',
  billToCustomer: { type: 'Customer' },
  soldToCustomer: { type: 'Customer' },
  endCustomer: { type: 'Customer' },
  dateStart: 'date',
  dateEnd: 'date',
  dateRampStart: 'date',
  dateRampEnd: 'date',
  billingPeriods: { listOf: 'BillingContractPeriod' },
  plans: { listOf: 'BillingPlan' },
};
const charge: FieldTable<BillingCharge> = {
  id: 'string',
  name: 'string',
  product: { type: 'BillingProduct' },
  organizations: { listOf: 'NamedEntity' },
  prepaidQuantity: 'number',
  fairuseQuantity: 'number',
  actualQuantity: 'number',
  overageQuantity: 'number',
  overageRate: 'number',
  overageCharge: 'number',
  overageCurrency: 'string',
  convertedTokenCount: 'number',
  tokenConversionRate: 'number',
};
const wallet: FieldTable<BillingWallet> = {
  id: 'string',
  name: 'string',
  organizations: { listOf: 'NamedEntity' },
  product: { type: 'BillingProduct' },
  startingBalance: 'number',
  endingBalance: 'number',
  balanceIncrease: 'number',
  balanceDecrease: 'number',
  balanceConsumption: 'number',
  balanceOverage: 'number',
  balanceOverageRate: 'number',
  balanceOverageCharge: 'number',
  balanceOverageCurrency: 'string',
  unitOfMeasure: UNIT,
};
const detail: FieldTable<BillingContractPeriodDetail> = {
  ...period,
  charges: { listOf: 'BillingCharge' },
  wallets: { listOf: 'BillingWallet' },
};
const address: FieldTable<InvoiceAddress> = {
  dateEffective: 'date',
  addressType: { oneOf: ['BillTo', 'ShipTo', 'EndUser', 'SoldTo'] },
  currencyIsoCode: 'string',
  line1: 'string',
  line2: 'string',
  line3: 'string',
  cityName: 'string',
  postalCode: 'string',
  stateCode: 'string',
  countryCode: 'string',
  citySubdivision1: 'string',
  regionSubdivision1: 'string',
  regionSubdivision2: 'string',
  country: 'string',
};
const invoice: FieldTable<BillingInvoice> = {
  id: 'string',
  billToCustomer: { type: 'Customer' },
  shipToCustomer: { type: 'Customer' },
  soldToCustomer: { type: 'Customer' },
  dateInvoiced: 'date',
  billToAddress: { type: 'InvoiceAddress' },
  shipToAddress: { type: 'InvoiceAddress' },
  currencyIsoCode: 'string',
  // The query says UnPaid, the model Unpaid: both are the vendor's.
  paymentStatus: { oneOf: ['Paid', 'Unpaid', 'UnPaid'] },
  paymentTerms: 'string',
  paymentLink: 'string',
  customerPoNumber: 'string',
  customerInvoiceType: 'string',
  amount: 'number',
};
const invoiceItem: FieldTable<BillingInvoiceItem> = {
  id: 'string',
  product: { type: 'BillingProduct' },
  description: 'string',
  dateTransacted: 'date',
  dateStart: 'date',
  dateEnd: 'date',
  organization: { type: 'NamedEntity' },
  quantity: 'number',
  unitOfMeasure: UNIT,
  amount: 'number',
};
const listing = (type: string): FieldTable<Listing<never>> => ({
  entities: { listOf: type },
  nextUri: 'string',
  selfUri: 'string',
  previousUri: 'string',
});
const url: FieldTable<UrlResponse> & { selfUri: 'string' } = { url: 'string', selfUri: 'string' };

/** Names of 2025 that the vendor renamed in November 2025. */
export const OLD_SPELLINGS = new Map(
  [
    'prepaidQuantity',
    'fairuseQuantity',
    'actualQuantity',
    'overageQuantity',
    'overageRate',
    'overageCharge',
    'overageCurrency',
    'purchaseOrderNumbers',
    'dateEffective',
    'citySubdivision1',
    'regionSubdivision1',
  ].map((name) => [name, `get${name}`]),
);

/** Fields by wire type. */
export const contractTables: Readonly<Record<string, Readonly<Record<string, FieldShape>>>> = {
  NamedEntity: entity,
  BillingProduct: product,
  Customer: customer,
  BillingContractPeriod: period,
  BillingPlanItem: planItem,
  BillingPlan: plan,
  BillingContract: contract,
  BillingCharge: charge,
  BillingWallet: wallet,
  BillingContractPeriodDetail: detail,
  InvoiceAddress: address,
  BillingInvoice: invoice,
  BillingInvoiceItem: invoiceItem,
  BillingContractListing: listing('BillingContract'),
  BillingInvoiceListing: listing('BillingInvoice'),
  BillingInvoiceItemListing: listing('BillingInvoiceItem'),
  UrlResponse: url,
};

export const contractSchema = new WireSchema({
  source: 'contract-api',
  tables: contractTables,
  required: {},
  oldSpellings: new Set(OLD_SPELLINGS.values()),
  unknownFieldsMatter: true,
});
