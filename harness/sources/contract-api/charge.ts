/** Reads charges and wallets of a billing period, and makes one line of each charge. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { Charge, Wallet } from '../../domain/contract-side.ts';
import { isZero } from '../../domain/decimal.ts';
import { absent, type Figure } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import type { Cursor } from '../cursor.ts';
import { fingerprint } from '../json-value.ts';
import { current, type ReadPlan, readOrgs } from './contract.ts';
import { ratesInForce } from './in-force.ts';
import { isSameProduct, type ProductName, readProduct } from './product.ts';

/** A charge with all that may name its product. */
export interface ReadCharge extends Charge {
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
  const product = readProduct(cursor.field('product'));
  const planned = plans.find((plan) => plan.sku !== null && isSameProduct(plan.product, product));
  return {
    ref: { contractId: of.contractId, periodId: of.periodId, chargeId: cursor.field('id').string() },
    name: cursor.field('name').string(),
    product,
    sku: product.sku ?? planned?.sku ?? null,
    orgs: readOrgs(cursor.field('organizations')),
    prepaid: figure('prepaidQuantity'),
    fairuse: figure('fairuseQuantity'),
    actual: figure('actualQuantity'),
    overageQuantity: figure('overageQuantity'),
    overageRate: figure('overageRate'),
    overageCharge: figure('overageCharge'),
    currency: current(cursor, 'overageCurrency').currency(),
    unit: cursor.field('product').field('unitOfMeasure').text(),
    likeness: likenessOf(cursor, product),
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

export function readWallet(cursor: Cursor): Wallet {
  const figure = (name: string): Figure => cursor.field(name).decimal();
  return {
    id: cursor.field('id').string(),
    sku: cursor.field('product').field('sku').string(),
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
    at: cursor.at,
  };
}

/** What the charge leaves out is taken from the plan items in force at the period's start. */
export function lineOfCharge(charge: ReadCharge, period: BillingPeriod, contractPlans: readonly ReadPlan[]): Line {
  const plans = plansOf(charge, contractPlans);
  const items = plans.flatMap((plan) => plan.items);
  const planned = ratesInForce(items, period.start, charge.at);
  const or = <T>(stated: Figure<T>, other: Figure<T>): Figure<T> => (stated.state === 'absent' ? other : stated);
  return {
    side: 'contract',
    source: 'contract-api',
    orgs: charge.orgs.length > 0 ? charge.orgs : orgsOf(plans),
    product: charge.sku ?? '',
    productName: charge.product.name ?? charge.name,
    appId: null,
    period,
    kind: null,
    committed: charge.prepaid,
    included: charge.fairuse,
    actual: charge.actual,
    overageQuantity: charge.overageQuantity,
    overageCharge: charge.overageCharge,
    committedRate: planned.price,
    overageRate: or(charge.overageRate, planned.overagePrice),
    currency: or(charge.currency, planned.currency),
    unit: or(charge.unit, planned.unit),
    bundle: absent(charge.at),
    at: charge.at,
    charge: charge.ref,
  };
}

/** Plans of the charge's product that name one of its organisations; failing those, plans that name none at all. */
function plansOf(charge: ReadCharge, plans: readonly ReadPlan[]): readonly ReadPlan[] {
  const same = plans.filter((plan) => isSameProduct(plan.product, charge.product));
  if (charge.orgs.length === 0) return same;
  const ids = new Set(charge.orgs.map(({ id }) => id));
  const naming = same.filter(({ orgs }) => orgs.some(({ id }) => ids.has(id)));
  return naming.length > 0 ? naming : same.filter(({ orgs }) => orgs.length === 0);
}

const orgsOf = (plans: readonly ReadPlan[]): Line['orgs'] => {
  const orgs = new Map(plans.flatMap((plan) => plan.orgs.map((org) => [org.id, org] as const)));
  return [...orgs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};
