/**
 * What the texts in the bodies of the three APIs are. What is not known to be harmless is not kept: a field that the APIs gain
 * tomorrow is replaced until somebody adds it here.
 */
export type FieldKind = 'keep' | 'product' | 'name' | 'code' | 'link' | 'text';

/** Words of the APIs and of the catalogue: the comparison needs them, and they tell of no customer. */
const WORDS = new Set(
  (
    'sku partNumber unitOfMeasure unitOfMeasureType status commercialModel type function currencyIsoCode currency ' +
    'overageCurrency balanceOverageCurrency addressType paymentStatus customerInvoiceType grouping subscriptionType appId ' +
    'enabledProducts itemNumber'
  ).split(' '),
);
const MAX_WORD = 80;

const FIGURE_NAME =
  /quantity|price|rate$|amount|charge$|(?<!ac)count(?!r)|balance|commitment|committed|actual|period|date/i;
const FIGURE = /^(?=.*\d)[\s\d.,:+\-eETZ]{1,40}$/s;
const PARTY = /^(?:organi[sz]ations?|.*customer)$/i;
const PARTY_NAME = /^(?:org|organi[sz]ation|customer|account|company|legal|end|bill|ship|sold).*name$/i;
const CODE_NAME =
  /(?:Id|ID|Ids|Number|Numbers|Code|No|Phone|Fax|Vat|Iban|Account)$|^(?:ids?|numbers?|code|phone|fax|vat|iban|account)$/;
const LINK_NAME = /(?:uri|url|link|href)$/i;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** Names on the wire that a scenario states (`usageApi.fields`), by what stands under them. */
export interface StatedFields {
  readonly figures: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** @param path names of the fields around the text, its own last */
export function kindOf(value: string, path: readonly string[], stated: StatedFields): FieldKind {
  const name = path.at(-1) ?? '';
  if (value.trim() === '') return 'keep';
  if (WORDS.has(name)) return value.length <= MAX_WORD && !value.includes('@') ? 'keep' : 'text';
  return partyKind(name, path.at(-2) ?? '', value, stated) ?? otherKind(name, path.at(-2) ?? '', value, stated);
}

/** What tells who somebody is. */
function partyKind(name: string, owner: string, value: string, { ids, names }: StatedFields): FieldKind | null {
  const isRegion = name === 'id' && owner === 'regions' && REGION.test(value);
  if (isRegion) return 'keep';
  if (ids.has(name) || CODE_NAME.test(name)) return 'code';
  const isParty = (name === 'name' && PARTY.test(owner)) || PARTY_NAME.test(name) || names.has(name);
  return isParty ? 'name' : null;
}

function otherKind(name: string, owner: string, value: string, { figures }: StatedFields): FieldKind {
  if ((FIGURE_NAME.test(name) || figures.has(name)) && FIGURE.test(value)) return 'keep';
  if (LINK_NAME.test(name) || /^https?:/i.test(value)) return 'link';
  return name === 'name' && (owner === 'product' || owner === 'usages') ? 'product' : 'text';
}

/** Whether a number is no figure: a customer's number, an invoice's. */
export const isCode = (path: readonly string[]): boolean => {
  const name = path.at(-1) ?? '';
  // Counts by application: the name is that of an application.
  return CODE_NAME.test(name) && !WORDS.has(name) && !/counts$/i.test(path.at(-2) ?? '');
};
