/** Reads charges and wallets of a billing period. */
import type { Charge, Wallet } from '../../domain/contract-side.ts';
import { isZero } from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Cursor } from '../cursor.ts';
import { fingerprint } from '../json-value.ts';
import { current, type ReadPlan, readBilledOrgs, readOrgs } from './contract.ts';
import { type ProductName, readProduct, withSkuOf } from './product.ts';

/** A charge with all that may name its product. */
export interface ReadCharge extends Charge {
  readonly name: string | null;
  readonly product: ProductName;
}

/** A wallet with all that may name its product. */
export interface ReadWallet extends Wallet {
  readonly name: string | null;
  readonly product: ProductName;
}

/** @param plans of its contract: a charge that names its product otherwise takes the SKU of the plan with that product */
export function readCharge(
  cursor: Cursor,
  of: { readonly contractId: string; readonly periodId: string },
  plans: readonly ReadPlan[],
): ReadCharge {
  const figure = (name: string): Figure => current(cursor, name).decimal();
  const statedProduct = readProduct(cursor.field('product'));
  const product = withSkuOf(statedProduct, plans);
  return {
    ref: { contractId: of.contractId, periodId: of.periodId, chargeId: cursor.field('id').string() },
    name: cursor.field('name').string(),
    product,
    sku: product.sku,
    orgs: readBilledOrgs(cursor.field('organizations')),
    prepaid: figure('prepaidQuantity'),
    fairuse: figure('fairuseQuantity'),
    actual: figure('actualQuantity'),
    overageQuantity: figure('overageQuantity'),
    overageRate: figure('overageRate'),
    overageCharge: figure('overageCharge'),
    currency: current(cursor, 'overageCurrency').currency(),
    unit: cursor.field('product').field('unitOfMeasure').text(),
    tokens: { count: figure('convertedTokenCount'), rate: figure('tokenConversionRate') },
    likeness: likenessOf(cursor, statedProduct),
    at: cursor.at,
  };
}

/** Fields of a charge that name something, and so may be spelled in more than one way. */
const NAMING = new Set(['id', 'name', 'product', 'organizations']);

/**
 * What a charge says whatever its spelling: ids and names without case, organisations by id, a figure of zero like one that is
 * left out. Its own id says nothing.
 */
function likenessOf(cursor: Cursor, product: ProductName): string {
  const rest = cursor.fields().filter(([name, value]) => !NAMING.has(name) && !isNothing(value));
  return fingerprint({
    ...Object.fromEntries(rest.map(([name, value]) => [name, value.json ?? null])),
    name: cursor.field('name').string()?.normalize('NFKC').toLowerCase() ?? null,
    organizations: readOrgs(cursor.field('organizations')).map(({ id }) => id),
    product: (product.sku ?? product.id ?? product.name)?.toLowerCase() ?? null,
  });
}

function isNothing(value: Cursor): boolean {
  const figure = value.decimal();
  return !value.isThere || (figure.state === 'known' && isZero(figure.value));
}

/** @param plans as of a charge */
export function readWallet(cursor: Cursor, plans: readonly ReadPlan[]): ReadWallet {
  const figure = (name: string): Figure => cursor.field(name).decimal();
  const product = withSkuOf(readProduct(cursor.field('product')), plans);
  const own = cursor.field('unitOfMeasure').text();
  return {
    id: cursor.field('id').string(),
    name: cursor.field('name').string(),
    product,
    sku: product.sku,
    orgs: readOrgs(cursor.field('organizations')),
    starting: figure('startingBalance'),
    increase: figure('balanceIncrease'),
    decrease: figure('balanceDecrease'),
    consumption: figure('balanceConsumption'),
    ending: figure('endingBalance'),
    overage: figure('balanceOverage'),
    overageRate: figure('balanceOverageRate'),
    overageCharge: figure('balanceOverageCharge'),
    currency: cursor.field('balanceOverageCurrency').currency(),
    unit: own.state === 'absent' ? cursor.field('product').field('unitOfMeasure').text() : own,
    at: cursor.at,
  };
}
