/** Which answer of the contract API a body is, told by what stands in it: mock data comes without its request. */
import { isJsonObject, type JsonValue } from '../../json-value.ts';

export type BodyKind =
  | 'BillingContractListing'
  | 'BillingContract'
  | 'BillingContractPeriodDetail'
  | 'BillingInvoiceListing'
  | 'BillingInvoiceItemListing'
  | 'BillingInvoice'
  | 'UrlResponse'
  | 'ErrorBody';

interface Mark {
  readonly kind: BodyKind;
  /** One of these fields says it. */
  readonly fields: readonly string[];
}

/** The first that fits. */
const MARKS: readonly Mark[] = [
  { kind: 'ErrorBody', fields: ['contextId', 'messageWithParams'] },
  { kind: 'BillingContractPeriodDetail', fields: ['charges', 'wallets'] },
  {
    kind: 'BillingContract',
    fields: ['billingPeriods', 'plans', 'externalNumber', 'commercialModel', 'endCustomer'],
  },
  { kind: 'BillingInvoice', fields: ['dateInvoiced', 'paymentStatus', 'customerInvoiceType'] },
  { kind: 'UrlResponse', fields: ['url'] },
];

const LINE_FIELDS = ['dateTransacted', 'organization', 'quantity', 'amount'];

/**
 * @param name of the file, which decides where a listing is empty: `invoices.json`, `lines-of-….json`
 * @returns null for what is no answer of this API
 */
export function recognise(body: JsonValue, name: string): BodyKind | null {
  if (!isJsonObject(body)) return null;
  const { entities } = body;
  if (Array.isArray(entities)) return listingOf(entities, name);
  const marked = markOf(body);
  if (marked !== null) return marked;
  if ('message' in body && 'status' in body) return 'ErrorBody';
  return 'dateStart' in body && 'dateEnd' in body ? 'BillingContractPeriodDetail' : null;
}

const markOf = (body: object): BodyKind | null =>
  MARKS.find(({ fields }) => fields.some((field) => Object.hasOwn(body, field)))?.kind ?? null;

function listingOf(entities: readonly JsonValue[], name: string): BodyKind | null {
  const first = entities.find(isJsonObject);
  if (first === undefined) return entities.length === 0 ? emptyListing(name) : null;
  const kind = markOf(first);
  if (kind === 'BillingContract') return 'BillingContractListing';
  if (kind === 'BillingInvoice') return 'BillingInvoiceListing';
  return LINE_FIELDS.some((field) => Object.hasOwn(first, field)) ? 'BillingInvoiceItemListing' : null;
}

function emptyListing(name: string): BodyKind {
  if (/line|item/i.test(name)) return 'BillingInvoiceItemListing';
  return /invoice/i.test(name) ? 'BillingInvoiceListing' : 'BillingContractListing';
}
