/** Products on the contract side's wire, where every field that could name one is optional. */
import { productKey } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';

export interface ProductName {
  readonly sku: string | null;
  readonly id: string | null;
  readonly name: string | null;
}

export const readProduct = (product: Cursor): ProductName => ({
  sku: product.field('sku').string(),
  id: product.field('id').string(),
  name: product.field('name').string(),
});

/** What names its product otherwise than by SKU takes that of the first of these with the same product. */
export function withSkuOf(product: ProductName, others: readonly { readonly product: ProductName }[]): ProductName {
  if (product.sku !== null) return product;
  const other = others.find((each) => each.product.sku !== null && isSameProduct(each.product, product));
  return { ...product, sku: other?.product.sku ?? null };
}

/** By SKU where both state one, else by id, else by name; false where they have nothing in common to go by. */
export function isSameProduct(a: ProductName, b: ProductName): boolean {
  if (a.sku !== null && b.sku !== null) return productKey(a.sku) === productKey(b.sku);
  if (a.id !== null && b.id !== null) return a.id.toLowerCase() === b.id.toLowerCase();
  return a.name !== null && b.name !== null && nameKey(a.name) === nameKey(b.name);
}

const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();
