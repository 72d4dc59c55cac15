/** Charges against the plans that they follow from: rate, currency, quantity, and whom they name. */
import { ascending } from 'd3-array';
import { usablePeriod } from '../../domain/contract-period.ts';
import type { Plan } from '../../domain/contract-side.ts';
import { type Decimal, isZero, subtract, ZERO } from '../../domain/decimal.ts';
import { knownValue } from '../../domain/figure.ts';
import type { CellScope } from '../../domain/finding.ts';
import type { Line } from '../../domain/line.ts';
import { dividedByRatio, UNITY } from '../../domain/ratio.ts';
import { productKey } from '../../domain/side.ts';
import { ratesAgreeConverted } from '../pairs/conversion.ts';
import { isInForce } from '../pairs/plan-terms.ts';
import { isNonzero } from '../scope/contract-index.ts';
import { UnitWords } from '../scope/units.ts';
import { type ExaminedCharge, observeCharges } from './invariant-charges.ts';
import { breaks, cannotSay, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf } from './invariant-scope.ts';
import { observeWalletPlans } from './invariant-wallet-plan.ts';
import { EQUAL } from './outcome.ts';
import { type PlanGroup, planGroups, plansOfCharge } from './plan-groups.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

function* examine(sides: Sides): Generator<Observation> {
  const groups = planGroups(examinationOf(sides));
  const units = new UnitWords(sides.policy.units);
  const judgeOne = (examined: ExaminedCharge): Outcome => judge(examined, groups.get(examined) ?? null, units);
  // What charges share is reported with all their organisations.
  const scopeOf = (examined: ExaminedCharge): CellScope => {
    const { charges = [], shownCharge = null } = groups.get(examined) ?? {};
    if (shownCharge !== examined || charges.length < 2) return examined.scope;
    const orgs = new Map(charges.flatMap(({ scope }) => scope.orgs.map((org) => [org.id, org] as const)));
    return { ...examined.scope, orgs: [...orgs.values()].sort((a, b) => ascending(a.id, b.id)) };
  };
  yield* observeCharges(sides, judgeOne, scopeOf);
  yield* observeWalletPlans(sides);
}

function judge(examined: ExaminedCharge, group: PlanGroup | null, units: UnitWords): Outcome {
  const { charge, contract } = examined;
  const { sku, ref } = charge;
  const statement = stated(charge.overageRate);
  if (sku === null) return cannotSay('contract', statement, 'the charge names no SKU, so its plan cannot be told');
  if (contract === null) {
    return cannotSay('contract', statement, `contract ${ref.contractId}, which has its plan, could not be read`);
  }
  const all = contract.contract.plans.filter((plan) => plan.sku !== null && productKey(plan.sku) === productKey(sku));
  if (all.length === 0) {
    const sentence = `the charge is for ${sku}, and contract ${ref.contractId} has no plan for it`;
    return breaks('contract', statement, null, sentence);
  }
  if (examined.orgs.length === 0) {
    return cannotSay('contract', statement, 'the charge names no organisation, and neither do its plans');
  }
  const withoutPlan = orgsWithoutPlan(examined, all);
  if (withoutPlan.length > 0) {
    const names = withoutPlan.map(({ id, name }) => name ?? id).join(', ');
    return breaks('contract', statement, null, `the charge names ${names}, whom no plan for ${sku} names`);
  }
  const plans = plansOfCharge(examined);
  return worst([
    judgeRate(examined, plans, sku),
    judgeCurrency(examined, plans),
    judgeUnit(examined, plans, units),
    judgeMembers(group, examined, sku),
    judgeQuantity(examined, group),
  ]);
}

/** What differs outranks what cannot be said; the first of equals. */
const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.find(({ kind }) => kind === 'different') ?? outcomes.find(({ kind }) => kind === 'not-comparable') ?? EQUAL;

/** A plan that names nobody leaves open whom it is for. */
function orgsWithoutPlan({ orgs }: ExaminedCharge, plans: readonly Plan[]): ExaminedCharge['orgs'] {
  if (plans.some((plan) => plan.orgs.length === 0)) return [];
  const planned = new Set(plans.flatMap((plan) => plan.orgs.map(({ id }) => id)));
  return orgs.filter(({ id }) => !planned.has(id));
}

/**
 * Whom the plans name, and for whom legacy states figures of the pair, some charge that follows from them names: the pair's sums
 * cannot tell. A plan may name an organisation that uses nothing. Told at one charge of those that share the plans.
 */
function judgeMembers(group: PlanGroup | null, examined: ExaminedCharge, sku: string): Outcome {
  const span = usablePeriod(examined.period);
  if (group === null || group.shownCharge !== examined || span === null || examined.pair === null) return EQUAL;
  if (group.charges.some(({ charge }) => charge.orgs.length === 0)) return EQUAL;
  const charged = new Set(group.charges.flatMap(({ orgs }) => orgs.map(({ id }) => id)));
  const using = examined.pair.legacyLines.filter(isNonzero).flatMap(({ orgs }) => orgs.map(({ id }) => id));
  const planned = group.plans.filter(({ items }) => items.some((item) => !item.oneTime && isInForce(item, span)));
  const left = planned.flatMap(({ orgs }) => orgs).filter(({ id }) => !charged.has(id) && using.includes(id));
  if (left.length === 0) return EQUAL;
  const names = [...new Set(left.map(({ id, name }) => name ?? id))].sort().join(', ');
  const sentence = `no charge for ${sku} names ${names}, whom its plan names and for whom legacy states figures`;
  return breaks('contract', stated(examined.charge.prepaid), null, sentence);
}

/** A rate that is left out claims nothing. */
function judgeRate(examined: ExaminedCharge, plans: readonly Plan[], sku: string): Outcome {
  const { overageRate } = examined.charge;
  const statement = stated(overageRate);
  const unreadable = unreadableAmong({ 'overage rate': overageRate });
  if (unreadable !== null) return cannotSay('contract', statement, unreadable);
  if (overageRate.state !== 'known') return EQUAL;
  const items = plans.flatMap((plan) => plan.items).filter(({ oneTime }) => !oneTime);
  const prices = items.map((item) => item.overagePrice);
  const rate = overageRate.value;
  if (prices.some((price) => price.state === 'known' && price.value === rate)) return judgeSuperseded(examined, rate);
  // An item without a price claims nothing beside one that has one.
  if (isZero(rate) && prices.every(({ state }) => state === 'absent')) return EQUAL;
  for (const price of prices) {
    const reason = unreadableAmong({ 'overage price': price });
    if (reason !== null) return cannotSay('contract', statement, `a plan for ${sku} may have this rate, but ${reason}`);
  }
  const known = [...new Set(prices.flatMap((price) => (price.state === 'known' ? [price.value] : [])))].sort();
  const [only] = known;
  if (only === undefined) {
    const reason = `no plan for ${sku} states an overage price to hold the rate of ${rate} against`;
    return cannotSay('contract', statement, reason);
  }
  const delta = known.length === 1 ? subtract(rate, only) : null;
  const say = known.length === 1 ? `says ${only}` : `knows only ${known.join(', ')}`;
  return breaks('contract', statement, delta, `the charge’s overage rate is ${rate}, its plan ${say}`);
}

/**
 * A rate of an item that is not in force in the period, or of a plan that another charge follows from. Where legacy states another
 * rate, the rule that compares both sides tells it.
 */
function judgeSuperseded({ charge, line, pair }: ExaminedCharge, rate: Decimal): Outcome {
  const inForce = (line?.planned?.overage ?? []).flatMap((price) => knownValue(price) ?? []);
  const [only] = inForce;
  if (only === undefined || inForce.includes(rate)) return EQUAL;
  const isLegacys = (legacy: Line): boolean => {
    const own = knownValue(legacy.overageRate);
    const factor = pair?.product.factorOf(legacy) ?? UNITY;
    return own === null || ratesAgreeConverted(dividedByRatio(own, factor), rate, factor);
  };
  if (!(pair?.legacyLines ?? []).every(isLegacys)) return EQUAL;
  const delta = inForce.length === 1 ? subtract(rate, only) : null;
  const sentence = `the charge’s overage rate is ${rate}, its plan says ${inForce.join(' and ')} in this billing period`;
  return breaks('contract', stated(charge.overageRate), delta, sentence);
}

/** Every item in force on some day of the period that states a currency states the charge's. */
function judgeCurrency({ charge, period }: ExaminedCharge, plans: readonly Plan[]): Outcome {
  const span = usablePeriod(period);
  if (charge.currency.state !== 'known' || span === null) return EQUAL;
  const own = charge.currency.value;
  for (const item of plans.flatMap((plan) => plan.items)) {
    if (!isInForce(item, span) || item.currency.state === 'absent') continue;
    if (item.currency.state === 'unreadable') {
      return cannotSay(
        'contract',
        stated(charge.currency),
        `its plan’s currency cannot be read: ${item.currency.reason}`,
      );
    }
    if (item.currency.value === own) continue;
    const sentence = `the charge’s currency is ${own}, its plan says ${item.currency.value}`;
    return breaks('contract', stated(charge.currency), null, sentence);
  }
  return EQUAL;
}

/** Every item in force on some day of the period that states a unit counts in the charge's, whatever the word for it. */
function judgeUnit({ charge, period }: ExaminedCharge, plans: readonly Plan[], units: UnitWords): Outcome {
  const span = usablePeriod(period);
  const own = knownValue(charge.unit);
  if (own === null || span === null) return EQUAL;
  const items = plans.flatMap((plan) => plan.items).filter((item) => !item.oneTime && isInForce(item, span));
  const other = items.flatMap(({ unit }) => knownValue(unit) ?? []).find((unit) => !units.same(own, unit));
  if (other === undefined) return EQUAL;
  return breaks('contract', stated(charge.unit), null, `the charge counts in ${own}, its plan in ${other}`);
}

/** The charges that share plans state what those plans commit to on some day of the period; of a cut period its pieces together, too. */
function judgeQuantity(examined: ExaminedCharge, group: PlanGroup | null): Outcome {
  if (group === null || group.shownCharge !== examined || group.prepaid === null || group.committed === null)
    return EQUAL;
  const { charge, period } = examined;
  const { prepaid, committed, withPieces, charges } = group;
  if (committed.includes(prepaid) || withPieces.some((sum) => committed.includes(sum))) return EQUAL;
  const [plan = ZERO] = committed;
  const statement = stated(charge.prepaid);
  const who = charges.length === 1 ? 'the charge states' : `its ${charges.length} charges together state`;
  const span = usablePeriod(period);
  const when = span === null ? '' : ` on ${span.start}`;
  const more = committed.length > 1 ? ` (later in the period ${committed.slice(1).join(', ')})` : '';
  if (group.openRest !== null) {
    const { reason, expected } = group.openRest;
    const words = `${who} ${prepaid} prepaid, the plan commits to ${plan}; ${reason}`;
    return { ...cannotSay('contract', statement, words), expected };
  }
  const sentence = `${who} ${prepaid} prepaid, the plan commits to ${plan}${when}${more}`;
  return breaks('contract', statement, subtract(prepaid, plan), sentence);
}

export const planRule: SideRule = {
  id: 'plan-charge-agreement',
  category: 'invariant',
  looksAt: 'sides',
  sameFactAs: {
    overageRate: 'overage-rate',
    overageCurrency: 'currency',
    unitOfMeasure: 'unit-of-measure',
    prepaidQuantity: 'committed-quantity',
  },
  title: 'Charges follow from the contract’s plans',
  doc: 'Each charge is held against the plans of its SKU that name its own organisations (where none does, those that name nobody): its `overageRate` is the `overagePrice` of an item that is in force on some day of the period (one of another time is left to `overage-rate` where legacy states another rate than the charge); where several charges share plans, each is held against the plan whose quantity it bills; its currency and its unit are those of every item in force; the prepaid quantities of the charges that share plans add up to the quantities of the items in force on some day of the period (of a period that an amendment cut, over its pieces too); each of its organisations is in such a plan, and whom such a plan names is in some charge of those that share it, where legacy states figures for it. A rate, a currency or a plan’s quantity that is left out claims nothing; a prepaid quantity that is left out counts as zero. A wallet that no charge stands beside has the unit and the currency of every item in force of its plans.',
  example: 'plan item "overagePrice":23.74 · charge "overageRate":25.00',
  examine,
};
