/** Addresses on invoices. */
import type { InvoiceAddress } from '../../sources/contract-api/wire.ts';
import type { Contract } from '../contract-book/book.ts';
import { body, type JsonObject } from '../json.ts';
import { Random } from '../world/random.ts';

const STREETS = ['Harbour Street', 'Rue de l’Église', 'Straße des 17. Juni', 'Queen’s Road', 'Calle Mayor'];
const CITIES = [
  { city: 'Indianapolis', state: 'IN', country: 'US', name: 'United States' },
  { city: 'Dublin', state: null, country: 'IE', name: 'Ireland' },
  { city: 'Hong Kong', district: 'Kowloon', state: null, country: 'HK', name: 'Hong Kong' },
  { city: 'Sydney', state: 'NSW', country: 'AU', name: 'Australia' },
  { city: 'München', state: 'BY', country: 'DE', name: 'Germany' },
];

export function addressBody(
  seed: number,
  contract: Contract,
  currency: string,
  addressType: 'BillTo' | 'ShipTo',
): JsonObject {
  const random = new Random(seed, 'address', contract.account.index);
  const place = random.pick(CITIES);
  return body<InvoiceAddress>({
    dateEffective: contract.start,
    addressType,
    currencyIsoCode: currency,
    line1: `${random.int(1, 400)} ${random.pick(STREETS)}`,
    cityName: place.city,
    citySubdivision1: 'district' in place ? place.district : undefined,
    postalCode: String(random.int(10_000, 99_999)),
    stateCode: place.state ?? undefined,
    countryCode: place.country,
    country: place.name,
  });
}
