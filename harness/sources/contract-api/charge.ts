/** Reads charges and wallets of a billing period, and makes one line of each charge. */
import type { BillingPeriod, IsoDate, PeriodStatus } from '../../domain/billing-period.ts';
import type { Charge, Contract, ContractPeriod, Plan, PlanItem, Wallet } from '../../domain/contract-side.ts';
import { absent, type Figure, knownValue } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import { productKey } from '../../domain/side.ts';
import { type Cursor, fingerprint, type JsonValue } from '../cursor.ts';
import { current, readOrgs } from './contract.ts';

export function readCharge(cursor: Cursor, contractId: string, periodId: string): Charge {
  const figure = (name: string): Figure => current(cursor, name).decimal();
  const product = cursor.field('product');
  return {
    ref: { contractId, periodId, chargeId: cursor.field('id').string() },
    sku: product.field('sku').string()?.trim() ?? null,
    orgs: readOrgs(cursor.field('organizations')),
    prepaid: figure('prepaidQuantity'),
    fairuse: figure('fairuseQuantity'),
    actual: figure('actualQuantity'),
    overageQuantity: figure('overageQuantity'),
    overageRate: figure('overageRate'),
    overageCharge: figure('overageCharge'),
    currency: current(cursor, 'overageCurrency').currency(),
    unit: product.field('unitOfMeasure').text(),
    fingerprint: fingerprint(withoutId(cursor.json)),
    at: cursor.at,
  };
}

function withoutId(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { id: _id, ...rest } = value as { [key: string]: JsonValue };
  return rest;
}

export function readWallet(cursor: Cursor): Wallet {
  const figure = (name: string): Figure => cursor.field(name).decimal();
  return {
    id: cursor.field('id').string(),
    sku: cursor.field('product').field('sku').string()?.trim() ?? null,
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

/** @returns null if the billing period states no dates: then a capture failure must say so. */
export function lineOfCharge(charge: Charge, period: ContractPeriod, contract: Contract | null): Line | null {
  const dates = datesOf(period);
  if (dates === null) return null;
  const plans = contract === null ? [] : plansOf(charge, contract.plans);
  const item = itemInForce(plans, dates.start);
  const fromItem = <K extends 'price' | 'overagePrice' | 'currency' | 'unit'>(name: K): PlanItem[K] =>
    (item.kind === 'one' ? item.item[name] : item.kind === 'none' ? absent(charge.at) : item.figure) as PlanItem[K];
  const orgs = charge.orgs.length > 0 ? charge.orgs : (plans[0]?.orgs ?? []);
  return {
    side: 'contract',
    source: 'contract-api',
    orgs,
    product: charge.sku ?? '',
    productName: null,
    appId: null,
    period: dates,
    kind: null,
    committed: charge.prepaid,
    included: charge.fairuse,
    actual: charge.actual,
    overageQuantity: charge.overageQuantity,
    overageCharge: charge.overageCharge,
    committedRate: fromItem('price'),
    overageRate: charge.overageRate.state === 'absent' ? fromItem('overagePrice') : charge.overageRate,
    currency: charge.currency.state === 'absent' ? fromItem('currency') : charge.currency,
    unit: charge.unit.state === 'absent' ? fromItem('unit') : charge.unit,
    bundle: absent(charge.at),
    at: charge.at,
    charge: charge.ref,
  };
}

function datesOf(period: ContractPeriod): BillingPeriod | null {
  const [start, end] = [knownValue(period.start), knownValue(period.end)];
  if (start === null || end === null || end < start) return null;
  const status: PeriodStatus =
    ({ Open: 'open', Closed: 'closed' }[knownValue(period.status) ?? ''] as PeriodStatus) ?? 'unknown';
  return { start, end, status };
}

/** Plans of the charge's product; those that name its organisations first, all of the product where none does. */
function plansOf(charge: Charge, plans: readonly Plan[]): Plan[] {
  const same = plans.filter(
    ({ sku }) => sku !== null && charge.sku !== null && productKey(sku) === productKey(charge.sku),
  );
  const ids = new Set(charge.orgs.map(({ id }) => id));
  const naming = same.filter(({ orgs }) => orgs.some(({ id }) => ids.has(id)));
  return naming.length > 0 || charge.orgs.length > 0 ? naming : same;
}

type InForce =
  | { readonly kind: 'one'; readonly item: PlanItem }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly figure: Figure };

/** Of several items in force the newest counts; several of the same day must name the same prices. */
function itemInForce(plans: readonly Plan[], day: IsoDate): InForce {
  const inForce = plans
    .flatMap(({ items }) => items)
    .filter((item) => (knownValue(item.effectiveStart) ?? day) <= day && (knownValue(item.effectiveEnd) ?? day) >= day)
    .filter((item) => item.price.state !== 'absent' || item.overagePrice.state !== 'absent');
  const newest = inForce.reduce<string>((latest, item) => {
    const start = knownValue(item.effectiveStart) ?? '';
    return start > latest ? start : latest;
  }, '');
  const [first, ...others] = inForce.filter((item) => (knownValue(item.effectiveStart) ?? '') === newest);
  if (first === undefined) return { kind: 'none' };
  const differing = others.find(
    (item) =>
      knownValue(item.price) !== knownValue(first.price) ||
      knownValue(item.overagePrice) !== knownValue(first.overagePrice),
  );
  if (differing === undefined) return { kind: 'one', item: first };
  const prices = [first, differing].map((item) => knownValue(item.price) ?? 'none').join(' and ');
  const reason = `several plan items are in force on ${day} with different prices (${prices})`;
  return { kind: 'several', figure: { state: 'unreadable', raw: prices, reason, at: first.at } };
}
