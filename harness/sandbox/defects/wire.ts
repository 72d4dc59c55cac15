/** Bodies that change their shape: what an interface that is still a preview does from one day to the next. */
import type { BodyType, Edit } from '../edit.ts';
import type { Json, JsonObject } from '../json.ts';
import { isInvoiced } from './billed.ts';
import { type Defect, type Hidden, inAccount, inProduct, type Place } from './defect.ts';

/** Edits bodies of one type of the place's account. */
const bodyEdit = (place: Place, type: BodyType, change: (body: JsonObject) => JsonObject): Edit => ({
  account: place.account.index,
  body: (each, body) => (each === type ? change(body) : body),
});

/** Edits the charges of the place's product. */
export function chargeEdit(place: Place, change: (body: JsonObject) => JsonObject): Edit {
  const skus: readonly Json[] = place.holding.product.skus;
  return bodyEdit(place, 'BillingCharge', (body) => {
    const product = body['product'] as JsonObject | undefined;
    return skus.includes(product?.['sku'] ?? '') ? change(body) : body;
  });
}

const chargeShape = (
  id: string,
  title: string,
  rule: 'schema-drift' | 'schema-violation',
  note: string,
  change: (body: JsonObject) => JsonObject,
): Defect => ({
  id,
  title,
  rules: [rule],
  cause: null,
  scope: 'product',
  hide: (place): Hidden => inProduct(place, chargeEdit(place, change), note),
});

const fieldUnknown = chargeShape(
  'field-unknown',
  'A field that the schema does not know',
  'schema-drift',
  'charges have a tierName',
  (body) => ({ ...body, tierName: 'Gold' }),
);

const fieldRetyped = chargeShape(
  'field-retyped',
  'A number as a string',
  'schema-violation',
  'actualQuantity is a string',
  ({ actualQuantity, ...body }) => ({ ...body, actualQuantity: String(actualQuantity) }),
);

const fieldRenamed = chargeShape(
  'field-renamed',
  'A field under its old name',
  'schema-drift',
  'actualQuantity is called getactualQuantity',
  ({ actualQuantity, ...body }) => ({ ...body, getactualQuantity: actualQuantity ?? null }),
);

const enumUnknown: Defect = {
  id: 'enum-unknown',
  title: 'A value that the schema does not list',
  rules: ['schema-violation'],
  cause: null,
  scope: 'account',
  hide: (place, { world }) => {
    if (!isInvoiced(place, world)) return 'needs an invoice';
    const edit = bodyEdit(place, 'BillingInvoice', (body) => ({ ...body, paymentStatus: 'Disputed' }));
    return inAccount(place, edit, 'paymentStatus is Disputed');
  },
};

const dateTimeForDate: Defect = {
  id: 'date-time-for-date',
  title: 'A date and time where a date is due',
  rules: ['schema-violation'],
  cause: null,
  scope: 'account',
  hide: (place) => {
    const edit = bodyEdit(place, 'BillingContract', ({ dateStart, ...body }) => ({
      ...body,
      dateStart: `${String(dateStart)}T00:00:00.000Z`,
    }));
    return inAccount(place, edit, 'dateStart has a time');
  },
};

export const wireDefects: readonly Defect[] = [fieldUnknown, fieldRetyped, fieldRenamed, enumUnknown, dateTimeForDate];
