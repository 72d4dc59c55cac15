/** Places in bodies that a change can be made at, and where else the same thing stands. */
import type { Body, Json, JsonObject } from './corpus.ts';
import type { Place } from './wire.ts';

/** A contract stands in the listing and by id: one of them may change, or both alike. */
export type Copy = 'only one' | 'listing alone' | 'by id alone' | 'both alike';

export interface Spot {
  readonly body: Body;
  readonly place: Place;
}

/** Exchange and pointer of an object. */
export interface At {
  readonly exchange: string;
  readonly pointer: string;
}

export const isScalar = (value: Json | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Of a contract in its listing as if it stood alone. */
export const patternOf = ({ body }: Spot, pointer: string): string =>
  `${body.type} ${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`
    .replace(/^BillingContractListing \/entities\/\*/, 'BillingContract ')
    .replace(/organizationCounts\/.*/, 'organizationCounts/*');

export function objectAt(root: JsonObject, pointer: string): JsonObject | null {
  let value: Json | undefined = root;
  for (const token of pointer.split('/').slice(1)) {
    if (Array.isArray(value)) value = value[Number(token)];
    else value = typeof value === 'object' && value !== null ? value[token] : undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

export function listAt(root: JsonObject, pointer: string): Json[] | null {
  const cut = pointer.lastIndexOf('/');
  const value = objectAt(root, pointer.slice(0, cut))?.[pointer.slice(cut + 1)];
  return Array.isArray(value) ? value : null;
}

/** Where the same thing stands: alone; or, of a contract by id, in its listing, too. */
export function copiesOf({ body, place }: Spot, spots: readonly Spot[]): { copy: Copy; at: At[] }[] {
  const here = { exchange: body.exchange.id, pointer: place.pointer };
  if (body.type === 'BillingContractListing' && place.pointer !== '') return [{ copy: 'listing alone', at: [here] }];
  if (body.type !== 'BillingContract') return [{ copy: 'only one', at: [here] }];
  const listed = spots.find(
    (spot) =>
      spot.body.type === 'BillingContractListing' &&
      spot.place.type === 'BillingContract' &&
      spot.place.value['id'] === body.json['id'],
  );
  const twin = listed === undefined ? null : objectAt(listed.place.value, place.pointer);
  const same = twin !== null && JSON.stringify(twin) === JSON.stringify(place.value);
  const there =
    listed === undefined ? [] : [{ exchange: listed.body.exchange.id, pointer: listed.place.pointer + place.pointer }];
  return [
    { copy: 'by id alone', at: [here] },
    ...(same ? [{ copy: 'both alike' as const, at: [here, ...there] }] : []),
  ];
}
