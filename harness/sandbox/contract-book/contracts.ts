/** The contracts of an account: its agreements with their billing periods and plans. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import { type Decimal, round, sum, ZERO } from '../../domain/decimal.ts';
import type { Edits } from '../edit.ts';
import { openPeriod } from '../world/build.ts';
import type { Account, Agreement, Holding, Organisation, Period, RateStep, World } from '../world/facts.ts';
import { Random, uuid } from '../world/random.ts';
import type { BookPeriod, Contract, Plan, PlanItem } from './book.ts';
import { figuresBySku, productRef, ratesOf } from './stated.ts';

export function contractsOf({ seed, today }: World, truth: Account, edits: Edits): readonly Contract[] {
  const account = edits.contractAccount(truth);
  if (account === null) return [];
  const contracts = account.agreements.map((agreement) => contractOf(seed, today, account, agreement, edits));
  return edits.through<readonly Contract[]>(account, contracts, (edit, now) => edit.contracts?.(now));
}

function contractOf(seed: number, today: IsoDate, account: Account, agreement: Agreement, edits: Edits): Contract {
  const key = [account.index, agreement.number] as const;
  const random = new Random(seed, 'contract', ...key);
  const inForce = agreement === account.agreements.at(-1);
  const number = String(account.index * 10 + agreement.number).padStart(6, '0');
  return {
    id: uuid(seed, 'contract', ...key),
    externalNumber: `C-${number}`,
    status: inForce ? 'Active' : 'Inactive',
    commercialModel: random.pick(['Prepay', 'Subscription', 'Consumption']),
    purchaseOrders: random.chance(40) ? [`PO-${number}`] : [],
    customer: {
      id: uuid(seed, 'customer', account.index),
      number: String(700_000 + account.index),
      name: account.orgs[0]?.name ?? '',
    },
    start: agreement.start,
    end: agreement.end,
    rampStart: account.ramp?.start ?? null,
    rampEnd: account.ramp?.end ?? null,
    periods: random.shuffle(periodsOf(seed, today, account, agreement)),
    plans: random.shuffle(account.holdings.flatMap((holding) => plansOf(seed, account, agreement, holding, edits))),
    account,
  };
}

function periodsOf(seed: number, today: IsoDate, account: Account, agreement: Agreement): BookPeriod[] {
  return account.periods
    .flatMap((truth) => partsOf(account, truth))
    .filter(({ start, end }) => start >= agreement.start && (agreement.end === null || end <= agreement.end))
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

/** One plan a SKU, over all its holders, or one for each holder where charges are not pooled either. */
function plansOf(seed: number, account: Account, agreement: Agreement, holding: Holding, edits: Edits): Plan[] {
  if (holding.dormant?.contract === false) return [];
  const key = [account.index, agreement.number, holding.product.partNumber] as const;
  const together = holding.pooled || new Random(seed, 'plan', ...key).chance(50);
  const groups = together ? [holding.holders] : holding.holders.map((holder) => [holder]);
  return groups.flatMap((holders, group) => {
    const figures = holders.map((holder) =>
      figuresBySku(seed, { account, holding, holder, period: openPeriod(account) }, edits),
    );
    return holding.product.skus.map((sku, index): Plan => {
      const quantity = sum(figures.map((each) => each[index]?.committed ?? ZERO));
      return {
        id: uuid(seed, 'plan', ...key, group, sku),
        name: `${holding.product.name} plan`,
        product: productRef(seed, holding, sku),
        orgs: holders.map(({ org }): Organisation => org),
        items: itemsOf(seed, agreement, account, ratesOf(account, holding, edits), quantity),
        holding,
      };
    });
  });
}

/** One item for each price that was in force during the agreement. */
function itemsOf(
  seed: number,
  agreement: Agreement,
  account: Account,
  rates: readonly RateStep[],
  quantity: Decimal,
): PlanItem[] {
  const items = rates.flatMap((step, index): PlanItem[] => {
    const next = rates[index + 1];
    const start = later(step.from, agreement.start);
    const end = next === undefined ? agreement.end : earlier(addDays(next.from, -1), agreement.end);
    if (end !== null && end < start) return [];
    return [
      {
        number: String((index + 1) * 10).padStart(6, '0'),
        effectiveStart: start,
        effectiveEnd: end,
        quantity: round(quantity, 0, 'half-up'),
        price: step.price,
        overagePrice: step.overagePrice,
        discount: step.discount,
        currency: account.currency,
      },
    ];
  });
  return new Random(seed, 'items', account.index, agreement.number).shuffle(items);
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);
const earlier = (a: IsoDate, b: IsoDate | null): IsoDate => (b !== null && b < a ? b : a);
