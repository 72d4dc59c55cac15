/** The lines of one billing period: of its charges, of wallets that no charge bills, of plans that neither speaks of. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import { add, negate, ZERO } from '../../domain/decimal.ts';
import { absent, type Evidence, type Figure } from '../../domain/figure.ts';
import type { ChargeRef, Line } from '../../domain/line.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { ReadCharge, ReadWallet } from './charge.ts';
import type { ReadPlan } from './contract.ts';
import { PlannedPeriod } from './planned.ts';
import { plansByCharge } from './plans-by-charge.ts';
import { isSameProduct, type ProductName } from './product.ts';

export interface PeriodFacts {
  readonly contractId: string;
  readonly periodId: string;
  readonly period: BillingPeriod;
  readonly charges: readonly ReadCharge[];
  readonly wallets: readonly ReadWallet[];
  /** Of the contract. */
  readonly plans: readonly ReadPlan[];
}

/** Who has which product. */
interface Holder {
  readonly product: ProductName;
  readonly orgs: readonly OrgRef[];
}

export function linesOf(facts: PeriodFacts): Line[] {
  const plans = plansByCharge(facts.charges, (charge) => plansOf(charge, facts.plans), facts.period);
  const charges = facts.charges.map((charge) => lineOfCharge(charge, facts, plans.get(charge) ?? []));
  const charged = facts.charges.map(({ product }, index) => ({ product, orgs: charges[index]?.orgs ?? [] }));
  const wallets = facts.wallets.map((wallet) => ({ wallet, orgs: ownersOf(wallet, plansOf(wallet, facts.plans)) }));
  const walleted = wallets.map(({ wallet, orgs }) => ({ product: wallet.product, orgs }));
  return [
    ...charges,
    ...wallets
      .filter(({ wallet, orgs }) => !charged.some((each) => isHeldBy({ product: wallet.product, orgs }, each)))
      .map(({ wallet }) => lineOfWallet(wallet, facts)),
    ...facts.plans
      .filter((plan) => ![...charged, ...walleted].some((each) => isHeldBy(plan, each)))
      .flatMap((plan) => lineOfPlan(plan, facts) ?? []),
  ];
}

/** The same product, and an organisation that both name. What names nobody may be anyone's. */
function isHeldBy(one: Holder, other: Holder): boolean {
  if (!isSameProduct(one.product, other.product)) return false;
  return one.orgs.length === 0 || other.orgs.length === 0 || namesOneOf(one.orgs, other.orgs);
}

function namesOneOf(orgs: readonly OrgRef[], others: readonly OrgRef[]): boolean {
  const ids = new Set(others.map(({ id }) => id));
  return orgs.some(({ id }) => ids.has(id));
}

/** Plans of the product that name one of its organisations; failing those, plans that name none at all. */
function plansOf({ product, orgs }: Holder, plans: readonly ReadPlan[]): readonly ReadPlan[] {
  const same = plans.filter((plan) => isSameProduct(plan.product, product));
  if (orgs.length === 0) return same;
  const naming = same.filter((plan) => namesOneOf(plan.orgs, orgs));
  return naming.length > 0 ? naming : same.filter((plan) => plan.orgs.length === 0);
}

/** What names nobody is of the organisations of its plans. */
function ownersOf({ orgs }: Holder, plans: readonly ReadPlan[]): readonly OrgRef[] {
  if (orgs.length > 0) return orgs;
  const named = new Map(plans.flatMap((plan) => plan.orgs.map((org) => [org.id, org] as const)));
  return [...named.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Parts {
  readonly at: Evidence;
  readonly plans: readonly ReadPlan[];
  readonly planned: PlannedPeriod;
  readonly ref: ChargeRef;
}

/** What every line has; figures that only some lines state are left out. */
function lineOf(holder: Holder & { readonly name: string | null }, period: BillingPeriod, parts: Parts): Line {
  const { at, plans, planned, ref } = parts;
  const nothing = absent(at);
  const rates = planned.rates();
  return {
    side: 'contract',
    source: 'contract-api',
    orgs: ownersOf(holder, plans),
    product: holder.product.sku ?? '',
    productName: holder.product.name ?? holder.name,
    appId: null,
    origin: 'charge',
    period,
    grouping: null,
    thirdParty: false,
    kind: null,
    committed: nothing,
    included: nothing,
    actual: nothing,
    overageQuantity: nothing,
    overageCharge: nothing,
    committedRate: rates.committed[0] ?? nothing,
    overageRate: rates.overage[0] ?? nothing,
    currency: planned.word('currency', at),
    unit: or(planned.word('unit', at), plans.find(({ unit }) => unit.state !== 'absent')?.unit ?? nothing),
    bundle: nothing,
    at,
    charge: ref,
    planned: rates,
    tokens: null,
  };
}

const or = <T>(stated: Figure<T>, other: Figure<T>): Figure<T> => (stated.state === 'absent' ? other : stated);

/** What the charge leaves out is taken from its plans. */
function lineOfCharge(charge: ReadCharge, { period }: PeriodFacts, plans: readonly ReadPlan[]): Line {
  const items = plans.map((plan) => plan.items);
  // A charge that names nobody may be of any one of the plans.
  const planned = new PlannedPeriod(charge.orgs.length > 0 ? items : [items.flat()], period);
  const line = lineOf(charge, period, { at: charge.at, plans, planned, ref: charge.ref });
  const { tokens } = charge;
  return {
    ...line,
    committed: charge.prepaid,
    included: charge.fairuse,
    actual: charge.actual,
    overageQuantity: charge.overageQuantity,
    overageCharge: charge.overageCharge,
    overageRate: or(charge.overageRate, line.overageRate),
    currency: or(charge.currency, line.currency),
    unit: or(charge.unit, line.unit),
    tokens: tokens.count.state === 'absent' && tokens.rate.state === 'absent' ? null : tokens,
  };
}

/** A wallet pays what is used up to its balance: consumption and what went beyond it are the use. */
function lineOfWallet(wallet: ReadWallet, { contractId, periodId, period, plans: all }: PeriodFacts): Line {
  const plans = plansOf(wallet, all);
  const planned = new PlannedPeriod(
    plans.map(({ items }) => items),
    period,
  );
  const ref = { contractId, periodId, chargeId: wallet.id };
  const line = lineOf(wallet, period, { at: wallet.at, plans, planned, ref });
  const { starting, increase, decrease, consumption, overage } = wallet;
  return {
    ...line,
    origin: 'wallet',
    included: sumOf([{ figure: starting }, { figure: increase }, { figure: decrease, taken: true }], wallet.at),
    actual: sumOf([{ figure: consumption }, { figure: overage }], wallet.at),
    overageQuantity: overage,
    overageCharge: wallet.overageCharge,
    overageRate: or(wallet.overageRate, line.overageRate),
    currency: or(wallet.currency, line.currency),
    unit: or(wallet.unit, line.unit),
  };
}

/** Null if no recurring item of it may be in force in the period. */
function lineOfPlan(plan: ReadPlan, { contractId, periodId, period }: PeriodFacts): Line | null {
  const planned = new PlannedPeriod([plan.items], period);
  if (planned.isEmpty) return null;
  const ref = { contractId, periodId, chargeId: null };
  const line = lineOf(plan, period, { at: plan.at, plans: [plan], planned, ref });
  const terms = planned.quantity(plan.at).map((figure) => ({ figure }));
  return { ...line, origin: 'plan', committed: sumOf(terms, plan.at) };
}

/** Sums of stated figures. */
interface Term {
  readonly figure: Figure;
  /** Left out: it is added. */
  readonly taken?: boolean;
}

/**
 * A term that is left out counts as zero; absent if all are. One that cannot be read makes the sum unreadable. `raw` is the
 * stated terms with their signs: `100 + 20 − 5`.
 * @param nowhere the object that lacks all of them
 */
function sumOf(terms: readonly Term[], nowhere: Evidence): Figure {
  let [value, raw] = [ZERO, ''];
  let at: Evidence | null = null;
  for (const { figure, taken = false } of terms) {
    if (figure.state === 'unreadable') return figure;
    if (figure.state === 'absent') continue;
    value = add(value, taken ? negate(figure.value) : figure.value);
    const sign = taken ? '−' : '+';
    raw = raw === '' ? (taken ? `${sign} ${figure.raw}` : figure.raw) : `${raw} ${sign} ${figure.raw}`;
    at ??= figure.at;
  }
  return at === null ? absent(nowhere) : { state: 'known', value, raw, at };
}
