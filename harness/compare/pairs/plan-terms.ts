/** What the plans of a contract say of a charge: which plans are its own, and how much they commit on which day. */
import { overlapOf } from '../../domain/billing-period.ts';
import type { Plan, PlanItem } from '../../domain/contract-side.ts';
import { add, type Decimal, ZERO } from '../../domain/decimal.ts';
import { type OrgRef, productKey } from '../../domain/side.ts';
import type { Span } from '../scope/period-fit.ts';

/** Plans of the SKU that name one of the organisations; where none does, those that name nobody; of nobody's charge all. */
export function ownPlans(plans: readonly Plan[], sku: string, orgs: readonly OrgRef[]): readonly Plan[] {
  const same = plans.filter((plan) => plan.sku !== null && productKey(plan.sku) === productKey(sku));
  if (orgs.length === 0) return same;
  const ids = new Set(orgs.map(({ id }) => id));
  const naming = same.filter((plan) => plan.orgs.some(({ id }) => ids.has(id)));
  return naming.length > 0 ? naming : same.filter((plan) => plan.orgs.length === 0);
}

/** In force on some day of the span. An item whose dates cannot be read may be. */
export function isInForce({ inForce }: PlanItem, span: Span): boolean {
  if (inForce === null) return true;
  return overlapOf({ start: inForce.from ?? span.start, end: inForce.to ?? span.end }, span) > 0;
}

/** Quantities that the plans commit to, one for each day of the span on which something changes; null where none is stated. */
export function committedOn(plans: readonly Plan[], span: Span): readonly Decimal[] | null {
  const items = plans.flatMap((plan) => plan.items).filter((item) => !item.oneTime && isInForce(item, span));
  if (items.some(({ quantity, inForce }) => quantity.state === 'unreadable' || inForce === null)) return null;
  const stating = items.filter(({ quantity }) => quantity.state === 'known');
  if (stating.length === 0) return null;
  const days = new Set([span.start, ...stating.flatMap(({ inForce }) => inForce?.from ?? [])]);
  return [...days]
    .filter((day) => span.start <= day && day <= span.end)
    .map((day) => {
      const on = stating.filter((item) => isInForce(item, { start: day, end: day }));
      return on.reduce<Decimal>(
        (sum, { quantity }) => (quantity.state === 'known' ? add(sum, quantity.value) : sum),
        ZERO,
      );
    });
}
