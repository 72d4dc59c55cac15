import type { Plan } from '../../domain/contract-side.ts';
import { isZero, subtract } from '../../domain/decimal.ts';
import { productKey } from '../../domain/side.ts';
import { EQUAL } from '../outcome.ts';
import type { Outcome, SideRule } from '../rule.ts';
import { type ExaminedCharge, observeCharges } from './invariant-charges.ts';
import { breaks, cannotSay, orZero, stated, unreadableAmong } from './invariant-outcome.ts';

function judge(examined: ExaminedCharge): Outcome {
  const { charge, contract } = examined;
  const { sku, ref } = charge;
  const statement = stated(charge.overageRate);
  if (sku === null) return cannotSay('contract', statement, 'the charge names no SKU, so its plan cannot be told');
  if (contract === null) {
    return cannotSay('contract', statement, `contract ${ref.contractId}, which has its plan, could not be read`);
  }
  const plans = contract.contract.plans.filter((plan) => plan.sku !== null && productKey(plan.sku) === productKey(sku));
  if (plans.length === 0) {
    return breaks(
      'contract',
      statement,
      null,
      `the charge is for ${sku}, and contract ${ref.contractId} has no plan for it`,
    );
  }
  const strangers = orgsWithoutPlan(examined, plans);
  if (strangers.length > 0) {
    const names = strangers.map(({ id, name }) => name ?? id).join(', ');
    return breaks('contract', statement, null, `the charge names ${names}, whom no plan for ${sku} names`);
  }
  return judgeRate(examined, plans, sku);
}

/** A plan that names nobody leaves open whom it is for. */
function orgsWithoutPlan({ orgs }: ExaminedCharge, plans: readonly Plan[]): ExaminedCharge['orgs'] {
  if (plans.some((plan) => plan.orgs.length === 0)) return [];
  const planned = new Set(plans.flatMap((plan) => plan.orgs.map(({ id }) => id)));
  return orgs.filter(({ id }) => !planned.has(id));
}

/** A rate that is left out claims nothing. Any item counts, whatever its dates: which one is in force is another rule's. */
function judgeRate({ charge }: ExaminedCharge, plans: readonly Plan[], sku: string): Outcome {
  const { overageRate } = charge;
  const statement = stated(overageRate);
  const unreadable = unreadableAmong({ 'overage rate': overageRate });
  if (unreadable !== null) return cannotSay('contract', statement, unreadable);
  if (overageRate.state !== 'known') return EQUAL;
  const prices = plans.flatMap((plan) => plan.items.map((item) => item.overagePrice));
  const rate = overageRate.value;
  if (prices.some((price) => price.state !== 'unreadable' && orZero(price) === rate)) return EQUAL;
  if (prices.length === 0 && isZero(rate)) return EQUAL;
  for (const price of prices) {
    const reason = unreadableAmong({ 'overage price': price });
    if (reason !== null) return cannotSay('contract', statement, `a plan for ${sku} may have this rate, but ${reason}`);
  }
  const known = [...new Set(prices.flatMap((price) => (price.state === 'known' ? [price.value] : [])))].sort();
  const [only] = known;
  if (only === undefined) {
    return cannotSay(
      'contract',
      statement,
      `no plan for ${sku} states an overage price to hold the rate of ${rate} against`,
    );
  }
  const delta = known.length === 1 ? subtract(rate, only) : null;
  const say = known.length === 1 ? `says ${only}` : `knows only ${known.join(', ')}`;
  return breaks('contract', statement, delta, `the charge’s overage rate is ${rate}, its plan ${say}`);
}

export const planRule: SideRule = {
  id: 'plan-charge-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'Charges follow from the contract’s plans',
  doc: 'Each charge has a plan of its SKU in the same contract; its `overageRate` is the `overagePrice` of some item of such a plan, whatever the item’s dates (a superseded rate is not this rule’s); and each of its organisations is in such a plan. A charge without a rate claims none.',
  example: 'plan item "overagePrice":23.74 · charge "overageRate":25.00',
  examine: (sides) => observeCharges(sides, judge),
};
