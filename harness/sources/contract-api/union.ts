/** What a contract by id and its entry in the listing say together: what only one of them states is stated. */
import type { ContractPeriod, PlanItem } from '../../domain/contract-side.ts';
import type { Figure } from '../../domain/figure.ts';
import { productKey } from '../../domain/side.ts';
import type { ReadContract, ReadPlan } from './contract.ts';

/** Dates, status and all else of the contract by id; plans and periods that only the listing has come after its own. */
export function unionOf(byId: ReadContract, listed: ReadContract | undefined): ReadContract {
  if (listed === undefined) return byId;
  const plans = plansOnlyIn(listed.plans, byId.plans);
  const periods = periodsOnlyIn(listed.periods, byId.periods);
  if (plans.length === 0 && periods.length === 0) return byId;
  return { ...byId, plans: [...byId.plans, ...plans], periods: [...byId.periods, ...periods] };
}

function periodsOnlyIn(listed: readonly ContractPeriod[], own: readonly ContractPeriod[]): ContractPeriod[] {
  const ids = new Set(own.map(({ id }) => id.toLowerCase()));
  return listed.filter(({ id }) => !ids.has(id.toLowerCase()));
}

/** By id; where either has none by what they say, and then each stands for one alone. */
function plansOnlyIn(listed: readonly ReadPlan[], own: readonly ReadPlan[]): ReadPlan[] {
  const left = new Set(own);
  const only: ReadPlan[] = [];
  // Those that agree in their id first, so that the order of plans decides nothing.
  for (const plan of listed) {
    const same = own.find((each) => hasId(each, plan));
    if (same === undefined) only.push(plan);
    else left.delete(same);
  }
  return only.filter((plan) => {
    const same = [...left].find(
      (each) => (each.id === null || plan.id === null) && contentKey(each) === contentKey(plan),
    );
    return same === undefined || !left.delete(same);
  });
}

const hasId = (a: ReadPlan, b: ReadPlan): boolean =>
  a.id !== null && b.id !== null && a.id.toLowerCase() === b.id.toLowerCase();

/** Product, organisations and terms; names and words for units may be spelled otherwise in the listing. */
function contentKey({ product, orgs, items }: ReadPlan): string {
  const name = product.sku ?? product.id ?? product.name;
  return JSON.stringify([
    name === null ? null : productKey(name),
    orgs.map(({ id }) => id),
    items.map(itemSaying).sort(),
  ]);
}

function itemSaying(item: PlanItem): string {
  const { effectiveStart, effectiveEnd, quantity, price, overagePrice, currency } = item;
  return JSON.stringify([effectiveStart, effectiveEnd, quantity, price, overagePrice, currency].map(figureSaying));
}

const figureSaying = (figure: Figure<string>): string | null =>
  figure.state === 'absent' ? null : figure.state === 'known' ? figure.value : figure.raw;
