/** Plans that state something else than their charges, in the listing and by id alike. */
import { add, type Decimal, decimal, subtract } from '../../domain/decimal.ts';
import type { Plan, PlanItem } from '../contract-book/book.ts';
import { figuresBySku } from '../contract-book/stated.ts';
import { type Edit, Edits } from '../edit.ts';
import { openPeriod } from '../world/build.ts';
import type { World } from '../world/facts.ts';
import { uuid } from '../world/random.ts';
import { otherCurrencyOf } from './currencies.ts';
import { type Defect, inProduct, type Place, sameProduct } from './defect.ts';
import { figuresAt, holderAt, isPositive, overageAt, overageRateAt, rateAt } from './place-facts.ts';
import { lastPlaces } from './rate.ts';

/** Edits the plans of the place's product in all contracts. */
const plansEdit = (place: Place, change: (plan: Plan) => readonly Plan[]): Edit => ({
  account: place.account.index,
  contracts: (contracts) =>
    contracts.map((contract) => ({
      ...contract,
      plans: contract.plans.flatMap((plan) => (sameProduct(place, plan.holding) ? change(plan) : [plan])),
    })),
});

const withItems = (plan: Plan, change: (item: PlanItem) => PlanItem): Plan => ({
  ...plan,
  items: plan.items.map(change),
});

const NEEDS_COMMITMENT = 'needs a commitment';

const planCurrency: Defect = {
  id: 'plan-currency',
  title: 'The plan is in another currency than its charges',
  rules: ['currency', 'plan-charge-agreement'],
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    const { currency } = place.account;
    const other = otherCurrencyOf(currency);
    if (other === null) return 'needs a currency with a twin';
    if (!isPositive(figuresAt(world, place).committed)) return NEEDS_COMMITMENT;
    const edit = plansEdit(place, (plan) => [withItems(plan, (item) => ({ ...item, currency: other }))]);
    return inProduct(place, edit, `plans are in ${other}, charges in ${currency}`);
  },
};

const planQuantity: Defect = {
  id: 'plan-quantity',
  title: 'The plan has another quantity than its charges',
  rules: ['committed-quantity', 'plan-charge-agreement'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (!isPositive(figuresAt(world, place).committed)) return NEEDS_COMMITMENT;
    const by = decimal(random.int(1, 9));
    const edit = plansEdit(place, (plan) => [
      withItems(plan, (item) => ({ ...item, quantity: add(item.quantity, by) })),
    ]);
    return inProduct(place, edit, `quantities of the plans are ${by} too high`);
  },
};

/** The plan of the place's organisation alone, and of what it shared with others, theirs. */
function apart(world: World, place: Place, plan: Plan): { readonly own: Plan; readonly others: readonly Plan[] } {
  const { account, holding, org } = place;
  const others = plan.orgs.filter((each) => each !== org);
  if (others.length === 0) return { own: plan, others: [] };
  const at = { account, holding, holder: holderAt(place), period: openPeriod(account) };
  const index = holding.product.skus.indexOf(plan.product.sku);
  const mine = figuresBySku(world.seed, at, new Edits())[index]?.committed ?? decimal(0);
  return {
    own: {
      ...withItems(plan, (item) => ({ ...item, quantity: mine })),
      id: uuid(world.seed, 'own plan', plan.id),
      orgs: [org],
    },
    others: [{ ...withItems(plan, (item) => ({ ...item, quantity: subtract(item.quantity, mine) })), orgs: others }],
  };
}

const planOfAnother: Defect = {
  id: 'plan-of-another',
  title: "A charge's rate is not in its own organisation's plan, but happens to be in another's",
  rules: ['plan-charge-agreement', 'committed-rate'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    const { holding, org } = place;
    if (holding.pooled || holding.holders.length < 2) return 'needs organisations that are charged apart';
    if (holding.anonymousPlan === true) return 'needs plans that name their organisations';
    const rate = overageRateAt(place);
    const overage = rate !== null && isPositive(overageAt(world, place));
    if (!overage && !isPositive(figuresAt(world, place).committed)) return 'needs overage or a commitment';
    const was = overage ? rate : rateAt(place).price;
    const by = lastPlaces(was, random.int(1, 250));
    const raised = (price: Decimal | null): Decimal | null => (price === null ? null : add(price, by));
    const off = (item: PlanItem): PlanItem =>
      overage ? { ...item, overagePrice: raised(item.overagePrice) } : { ...item, price: add(item.price, by) };
    const edit = plansEdit(place, (plan) => {
      if (!plan.orgs.includes(org)) return [plan];
      const { own, others } = apart(world, place, plan);
      return [withItems(own, off), ...others];
    });
    const note = `the plan of ${org.name} says ${add(was, by)}; its charge ${was}, as another organisation's plan does`;
    return { ...inProduct(place, edit, note), orgs: [org] };
  },
};

export const planDefects: readonly Defect[] = [planCurrency, planQuantity, planOfAnother];
