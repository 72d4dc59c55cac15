/** The contracts of an account: its agreements with their billing periods and plans. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import { type Decimal, decimal, divide, round, sum, ZERO } from '../../domain/decimal.ts';
import type { Edits } from '../edit.ts';
import { openPeriod } from '../world/build.ts';
import type { Account, Agreement, Holding, Organisation, Period, RateStep, World } from '../world/facts.ts';
import { keyOf } from '../world/figures.ts';
import { inOrder, Random, uuid } from '../world/random.ts';
import type { BookPeriod, Contract, Plan, PlanItem } from './book.ts';
import { figuresBySku, productRef, ratesOf, skusIn, standsIn } from './stated.ts';

const TWO = decimal(2);

export function contractsOf(world: World, truth: Account, edits: Edits): readonly Contract[] {
  const account = edits.contractAccount(truth);
  if (account === null) return [];
  const contracts = agreementsOf(account).map((agreement) => contractOf(world, account, agreement, edits));
  return edits.through<readonly Contract[]>(account, contracts, (edit, now) => edit.contracts?.(now));
}

const agreementsOf = ({ former, agreements, parallel }: Account): readonly Agreement[] => [
  ...(former === undefined ? [] : [former]),
  ...agreements,
  ...(parallel === undefined ? [] : [parallel]),
];

/** Until when it bills; null: on and on. */
const lastDayOf = ({ billedTo, end }: Agreement): IsoDate | null => billedTo ?? end;

/** The last of the chain runs, one beside it, and one that its successor overlaps until its own end. */
const runs = (today: IsoDate, { agreements, parallel }: Account, agreement: Agreement): boolean =>
  agreement === agreements.at(-1) ||
  agreement === parallel ||
  (agreement.billedTo !== undefined && agreement.end !== null && agreement.end >= today);

function contractOf(world: World, account: Account, agreement: Agreement, edits: Edits): Contract {
  const { seed, today, spellings } = world;
  const key = [account.index, agreement.number] as const;
  const random = new Random(seed, 'contract', ...key);
  const isChain = account.agreements.includes(agreement);
  const number = String(account.index * 10 + agreement.number).padStart(6, '0');
  return {
    id: uuid(seed, 'contract', ...key),
    externalNumber: `C-${number}`,
    status: runs(today, account, agreement) ? 'Active' : 'Inactive',
    commercialModel: random.pick(['Prepay', 'Subscription', 'Consumption']),
    purchaseOrders: random.chance(40) ? [`PO-${number}`] : [],
    customer: {
      id: uuid(seed, 'customer', account.index),
      number: String(700_000 + account.index),
      name: account.orgs[0]?.name ?? '',
    },
    start: agreement.start,
    end: agreement.end,
    rampStart: (isChain ? account.ramp?.start : undefined) ?? null,
    rampEnd: (isChain ? account.ramp?.end : undefined) ?? null,
    periods: inOrder(spellings, random, periodsOf(seed, today, account, agreement)),
    plans: inOrder(
      spellings,
      random,
      account.holdings
        .filter((holding) => standsIn(agreement, account, holding))
        .flatMap((holding) => plansOf(world, account, agreement, holding, edits)),
    ),
    agreement,
    account,
  };
}

function periodsOf(seed: number, today: IsoDate, account: Account, agreement: Agreement): BookPeriod[] {
  const last = lastDayOf(agreement);
  return (agreement.periods ?? account.periods)
    .flatMap((truth) => partsOf(account, truth))
    .filter(({ start, end }) => start >= agreement.start && (last === null || end <= last))
    .map(({ start, end, part, truth }) => ({
      id: uuid(seed, 'period', account.index, agreement.number, truth.index, part),
      start,
      end,
      status: end < today ? 'Closed' : 'Open',
      truth,
      part,
    }));
}

type Span = Pick<BookPeriod, 'start' | 'end' | 'part' | 'truth'>;

function partsOf({ cut }: Account, truth: Period): Span[] {
  const { start, end } = truth;
  if (cut === null || cut.on <= start || cut.on > end) return [{ start, end, part: 'whole', truth }];
  return [
    { start, end: addDays(cut.on, -1), part: 'first', truth },
    { start: cut.on, end, part: 'second', truth },
  ];
}

/**
 * One plan a SKU, over all its holders, or one for each holder where charges are not pooled either; two halves of it for a
 * holding in blocks.
 */
function plansOf(world: World, account: Account, agreement: Agreement, holding: Holding, edits: Edits): Plan[] {
  if (holding.dormant?.contract === false) return [];
  const { seed } = world;
  const key = [account.index, agreement.number, keyOf(holding)] as const;
  const together = holding.pooled || holding.anonymousPlan === true || new Random(seed, 'plan', ...key).chance(50);
  const groups = together ? [holding.holders] : holding.holders.map((holder) => [holder]);
  return groups.flatMap((holders, group) => {
    const figures = holders.map((holder) =>
      figuresBySku(seed, { account, holding, holder, period: openPeriod(account) }, edits),
    );
    return skusIn(agreement, holding).flatMap((sku, index): Plan[] => {
      const quantity = round(sum(figures.map((each) => each[index]?.committed ?? ZERO)), 0, 'half-up');
      const plan: Plan = {
        id: uuid(seed, 'plan', ...key, group, sku),
        name: `${holding.product.name} plan`,
        product: productRef(seed, holding, sku),
        orgs: holding.anonymousPlan === true ? [] : holders.map(({ org }): Organisation => org),
        items: itemsOf(world, agreement, account, ratesOf(account, holding, edits), quantity),
        holding,
      };
      return holding.shape === 'blocks' ? halvesOf(seed, plan) : [plan];
    });
  });
}

/** Two that are alike but for their ids; together they are the plan. */
function halvesOf(seed: number, plan: Plan): Plan[] {
  const half = plan.items.map((item) => ({ ...item, quantity: divide(item.quantity, TWO) }));
  return [
    { ...plan, items: half },
    { ...plan, id: uuid(seed, 'plan', plan.id, 'second'), items: half },
  ];
}

/** One item for each price that was in force during the agreement. */
function itemsOf(
  { seed, spellings }: World,
  agreement: Agreement,
  account: Account,
  rates: readonly RateStep[],
  quantity: Decimal,
): PlanItem[] {
  const items = rates.flatMap((step, index): PlanItem[] => {
    const next = rates[index + 1];
    const start = later(step.from, agreement.start);
    const last = lastDayOf(agreement);
    const end = next === undefined ? last : earlier(addDays(next.from, -1), last);
    if (end !== null && end < start) return [];
    return [
      {
        number: String((index + 1) * 10).padStart(6, '0'),
        effectiveStart: start,
        effectiveEnd: end,
        quantity,
        price: step.price,
        overagePrice: step.overagePrice,
        discount: step.discount,
        currency: account.currency,
      },
    ];
  });
  return inOrder(spellings, new Random(seed, 'items', account.index, agreement.number), items);
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);
const earlier = (a: IsoDate, b: IsoDate | null): IsoDate => (b !== null && b < a ? b : a);
