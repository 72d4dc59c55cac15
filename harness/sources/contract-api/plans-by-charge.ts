/** Which of several plans for one product each charge follows from: told by the quantities, where these leave no choice. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import { add, type Decimal, ZERO } from '../../domain/decimal.ts';
import { isParcel, partitions } from '../../domain/partition.ts';
import type { ReadCharge } from './charge.ts';
import type { ReadPlan } from './contract.ts';
import { PlannedPeriod } from './planned.ts';

/**
 * @param plansOf plans that may be those of a charge
 * @returns those whose committed quantities the charges together make up; all that may be, where no way fits or none is stated
 */
export function plansByCharge(
  charges: readonly ReadCharge[],
  plansOf: (charge: ReadCharge) => readonly ReadPlan[],
  period: BillingPeriod,
): ReadonlyMap<ReadCharge, readonly ReadPlan[]> {
  const planned = charges.map((charge) => ({ charge, plans: plansOf(charge) }));
  const own = new Map(planned.map(({ charge, plans }) => [charge, plans]));
  // A charge that names nobody may be of any plan's organisations.
  const named = planned.filter(({ charge, plans }) => charge.orgs.length > 0 && plans.length > 1);
  for (const { plans } of named) {
    const together = named.filter((other) => isSame(other.plans, plans));
    for (const [charge, narrowed] of narrow(
      together.map(({ charge }) => charge),
      plans,
      period,
    )) {
      own.set(charge, narrowed);
    }
  }
  return own;
}

const isSame = (one: readonly ReadPlan[], other: readonly ReadPlan[]): boolean =>
  one.length === other.length && one.every((plan, index) => plan === other[index]);

function narrow(
  charges: readonly ReadCharge[],
  plans: readonly ReadPlan[],
  period: BillingPeriod,
): ReadonlyMap<ReadCharge, readonly ReadPlan[]> {
  const totals = plans.flatMap((plan) => quantityOf(plan, period) ?? []);
  const counted = charges.flatMap((charge) =>
    charge.prepaid.state === 'known' && isParcel(charge.prepaid.value)
      ? [{ charge, quantity: charge.prepaid.value, owners: plans.map((_, index) => index) }]
      : [],
  );
  const fitting = totals.length === plans.length ? partitions(counted, totals) : null;
  return new Map(
    (fitting ?? []).flatMap((owners, index) => {
      const charge = counted[index]?.charge;
      return charge === undefined ? [] : [[charge, plans.filter((_, place) => owners.has(place))] as const];
    }),
  );
}

/** Null where an item in force states none that can be read. */
function quantityOf(plan: ReadPlan, period: BillingPeriod): Decimal | null {
  const planned = new PlannedPeriod(plan.items, period);
  if (planned.isEmpty) return ZERO;
  let total: Decimal = ZERO;
  for (const figure of planned.quantity(plan.at)) {
    if (figure.state !== 'known') return null;
    total = add(total, figure.value);
  }
  return total;
}
