/** Which of several plans for one product each charge follows from: told by the quantities, and among equal ones by the overage rate. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import { add, type Decimal, ZERO } from '../../domain/decimal.ts';
import { isParcel, type Parcel, partitions } from '../../domain/partition.ts';
import type { ReadCharge } from './charge.ts';
import type { ReadPlan } from './contract.ts';
import { PlannedPeriod } from './planned.ts';

/**
 * @param plansOf plans that may be those of a charge
 * @returns the one plan that is left for it if the charges together make up what the plans commit to, each plan once; all that may
 * be, where no way fits or no quantity is stated
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
  if (totals.length < plans.length) return new Map();
  const fitting = oneWay(counted, totals, (charge) => planOfItsRate(charge, plans, period));
  return new Map(
    counted.flatMap(({ charge }, index) => {
      const plan = plans[fitting?.[index] ?? -1];
      return plan === undefined ? [] : [[charge, [plan]] as const];
    }),
  );
}

type CountedCharge = Parcel & { readonly charge: ReadCharge };

/**
 * Of charges with equal quantities any may be of any of their plans: one that states the rate of one of these is of that one, the
 * others are dealt out in order. What they are billed together is the same each way.
 */
function oneWay(
  counted: readonly CountedCharge[],
  totals: readonly Decimal[],
  preferred: (charge: ReadCharge) => readonly number[],
): readonly number[] | null {
  let parcels: readonly CountedCharge[] = counted;
  for (const [index, { charge }] of counted.entries()) {
    const owners = partitions(parcels, totals)?.[index];
    if (owners === undefined) return null;
    const [first] = [...owners].sort((a, b) => a - b);
    const chosen = preferred(charge).find((owner) => owners.has(owner)) ?? first;
    if (chosen === undefined) return null;
    parcels = parcels.map((parcel, place) => (place === index ? { ...parcel, owners: [chosen] } : parcel));
  }
  return parcels.flatMap(({ owners }) => owners);
}

function planOfItsRate(
  { overageRate }: ReadCharge,
  plans: readonly ReadPlan[],
  period: BillingPeriod,
): readonly number[] {
  if (overageRate.state !== 'known') return [];
  return plans.flatMap(({ items }, index) => {
    const { overage } = new PlannedPeriod([items], period).rates();
    return overage.some((rate) => rate.state === 'known' && rate.value === overageRate.value) ? [index] : [];
  });
}

/** Null where an item in force states none that can be read. */
function quantityOf(plan: ReadPlan, period: BillingPeriod): Decimal | null {
  const planned = new PlannedPeriod([plan.items], period);
  if (planned.isEmpty) return ZERO;
  let total: Decimal = ZERO;
  for (const figure of planned.quantity(plan.at)) {
    if (figure.state !== 'known') return null;
    total = add(total, figure.value);
  }
  return total;
}
