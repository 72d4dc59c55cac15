/** Reads contracts, plans and billing periods off the wire. */

import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { Contract, ContractPeriod, Plan, PlanItem } from '../../domain/contract-side.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';
import { fingerprint } from '../json-value.ts';
import { type EndDates, inclusiveEnd } from './end-dates.ts';
import { type ProductName, readProduct } from './product.ts';
import { OLD_SPELLINGS } from './schema.ts';

/** A plan with all that may name its product: a charge may name it otherwise. */
export interface ReadPlan extends Plan {
  readonly name: string | null;
  readonly product: ProductName;
  /** Of its product. */
  readonly unit: Figure<string>;
}

export interface ReadContract extends Contract {
  readonly plans: readonly ReadPlan[];
}

/** A field by its name, or by the name it had until November 2025. */
export const current = (owner: Cursor, name: string): Cursor => {
  const old = OLD_SPELLINGS.get(name);
  return old === undefined ? owner.field(name) : owner.field(name, old);
};

/** Sorted by id, each once. */
export function readOrgs(list: Cursor): OrgRef[] {
  const orgs = new Map(
    list.items().flatMap((entry) => {
      const org = entry.org();
      return org === null ? [] : [[org.id, org] as const];
    }),
  );
  return [...orgs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whom a charge bills: nobody where one of its organisations has no id, as nobody can then say whose the figures are. */
export const readBilledOrgs = (list: Cursor): OrgRef[] =>
  list.items().some((entry) => entry.org() === null) ? [] : readOrgs(list);

/** @param id the one that it was asked for by */
export function readContract(root: Cursor, id: string, ends: EndDates): ReadContract {
  const periods = root.field('billingPeriods').items();
  const plans = root.field('plans').items();
  return {
    id,
    externalNumber: root.field('externalNumber').string(),
    status: root.field('status').text(),
    term: {
      contractStart: root.field('dateStart').date(),
      contractEnd: inclusiveEnd(root.field('dateEnd').endDate(), ends.terms),
      rampStart: root.field('dateRampStart').date(),
      rampEnd: inclusiveEnd(root.field('dateRampEnd').endDate(), ends.terms),
    },
    periods: periods.flatMap((period) => {
      // Without an id it cannot be asked for.
      const periodId = period.field('id').string();
      return periodId === null ? [] : [readPeriod(period, periodId, ends)];
    }),
    plans: plans.map((plan) => readPlan(plan, ends)),
    fingerprint: fingerprint(root.json),
    at: root.at,
  };
}

export const readPeriod = (period: Cursor, id: string, ends: EndDates): ContractPeriod => ({
  id,
  start: period.field('dateStart').date(),
  end: inclusiveEnd(period.field('dateEnd').date(), ends.periods),
  status: period.field('status').text(),
  at: period.at,
});

function readPlan(plan: Cursor, ends: EndDates): ReadPlan {
  const product = readProduct(plan.field('product'));
  const items = plan.field('items').items();
  return {
    id: plan.field('id').string(),
    orgs: readOrgs(plan.field('organizations')),
    name: plan.field('name').string(),
    sku: product.sku,
    product,
    unit: plan.field('product').field('unitOfMeasure').text(),
    items: withDaysInForce(items.map((item) => readItem(item, ends))),
    at: plan.at,
  };
}

/** Types that say so; the vendor lists no types (assumed). */
const ONE_TIME = /one.?time|once|non.?recurring/i;

export const isOneTime = (item: Cursor): boolean => ONE_TIME.test(item.field('type').string() ?? '');

const readItem = (item: Cursor, ends: EndDates): Omit<PlanItem, 'inForce'> => ({
  itemNumber: item.field('itemNumber').string(),
  type: item.field('type').text(),
  oneTime: isOneTime(item),
  effectiveStart: item.field('dateEffectiveStart').date(),
  effectiveEnd: inclusiveEnd(item.field('dateEffectiveEnd').endDate(), ends.periods),
  quantity: item.field('quantity').decimal(),
  price: item.field('price').decimal(),
  overagePrice: item.field('overagePrice').decimal(),
  discountAmount: item.field('discountAmount').decimal(),
  currency: item.field('currencyIsoCode').currency(),
  unit: item.field('unitOfMeasure').text(),
  at: item.at,
});

/** On which days the items of one plan are in force. */
type Days = PlanItem['inForce'];

/**
 * An item ends the day before the next item of the same plan and type begins, whatever its own end says (assumed: an amendment
 * leaves the end of the item that it supersedes as it was). A date that is left out sets no limit.
 */
function withDaysInForce(items: readonly Omit<PlanItem, 'inForce'>[]): PlanItem[] {
  const starts = new Map<string, IsoDate[]>();
  for (const item of items) {
    const start = knownValue(item.effectiveStart);
    if (start !== null) starts.set(typeOf(item), [...(starts.get(typeOf(item)) ?? []), start]);
  }
  for (const of of starts.values()) of.sort();
  return items.map((item) => ({ ...item, inForce: daysOf(item, starts.get(typeOf(item)) ?? []) }));
}

const typeOf = ({ type }: Pick<PlanItem, 'type'>): string =>
  (type.state === 'absent' ? '' : type.state === 'known' ? type.value : type.raw).toLowerCase();

/** @param starts of all items of its type, sorted */
function daysOf({ effectiveStart, effectiveEnd }: Omit<PlanItem, 'inForce'>, starts: readonly IsoDate[]): Days {
  if (effectiveStart.state === 'unreadable' || effectiveEnd.state === 'unreadable') return null;
  const [from, end] = [knownValue(effectiveStart), knownValue(effectiveEnd)];
  const next = starts.find((start) => from === null || start > from);
  if (next === undefined) return { from, to: end };
  const cut = addDays(next, -1);
  return { from, to: end === null || cut < end ? cut : end };
}
