/** The charges of one billing period of a contract. */
import { isNegative, ZERO } from '../../domain/decimal.ts';
import type { Edits } from '../edit.ts';
import type { Figures, Holder, Holding, RateStep, World } from '../world/facts.ts';
import { overageChargeOf, rateOn } from '../world/figures.ts';
import { inOrder, Random, uuid, variant } from '../world/random.ts';
import { hasSpelling, isChosenSpelling } from '../world/spellings.ts';
import type { BookPeriod, Charge, Contract } from './book.ts';
import { figuresIn, isEmpty, settle } from './parts.ts';
import { halvesOf, piecesOf, withCorrection } from './shape-variants.ts';
import { repeat, split } from './split.ts';
import { figuresBySku, productRef, ratesOf, shareOf, skusIn, standsIn } from './stated.ts';

/** The charge with its overage worked out anew, after its parts or its rate were changed. */
export function resettle(charge: Charge): Charge {
  const parts = charge.parts.map((part) =>
    // A part that is taken back takes its overage back with it.
    isNegative(part.actual)
      ? { ...part, overageCharge: overageChargeOf(part.overage, charge.rate, charge.currency) }
      : settle(part.org, figuresIn(part), charge),
  );
  return { ...charge, parts };
}

/** All that is charged or paid from a wallet alone: `isCharged` says which. */
export function bookedOf(world: World, contract: Contract, period: BookPeriod, edits: Edits): readonly Charge[] {
  const { account, agreement } = contract;
  const charges = account.holdings
    .filter((holding) => holding.dormant?.contract !== false && standsIn(agreement, account, holding))
    .flatMap((holding) => holdingCharges(world, contract, period, holding, edits));
  const edited = edits.through<readonly Charge[]>(account, charges, (edit, now) =>
    edit.charges?.(now, { contract, period }),
  );
  return inOrder(world.spellings, new Random(world.seed, 'charges', period.id), edited);
}

export const isCharged = ({ holding }: Charge): boolean => holding.walletOnly !== true;

/** One charge a SKU, over all holders together or for each of them. */
function holdingCharges(
  world: World,
  contract: Contract,
  period: BookPeriod,
  holding: Holding,
  edits: Edits,
): Charge[] {
  const { seed } = world;
  const { account, agreement } = contract;
  const rates = ratesOf(account, holding, edits);
  const [rate, former] = ratesIn(holding, rates, period);
  const fee = rateOn(rates, period.truth.start);
  const bySku = holding.holders.map((holder) =>
    figuresBySku(seed, { account, holding, holder, period: period.truth }, edits),
  );
  const block = holding.block === undefined ? [] : [holding.block];
  return skusIn(agreement, holding).flatMap((sku, index) => {
    const parts = holding.holders.map((holder, which) => {
      const whole = bySku[which]?.[index] ?? NOTHING;
      const figures = inPart(seed, { contract, period, holding, holder, sku }, whole, edits);
      return settle(holder.org, figures, { rate: rate.overagePrice, currency: account.currency, holding });
    });
    const groups = holding.pooled ? [parts] : parts.map((part) => [part]);
    return groups
      .map(
        (group): Charge => ({
          id: uuid(seed, 'charge', period.id, sku, group[0]?.org.id ?? '', ...block),
          name: `${holding.product.name} charge`,
          product: productRef(seed, holding, sku),
          parts: group,
          rate: rate.overagePrice,
          // Invoiced in advance, at the price of the period's first day.
          price: fee.price,
          currency: account.currency,
          holding,
        }),
      )
      .filter((charge) => !(isEmpty(charge) && isLeftOut(world, charge)))
      .flatMap((charge) => stated(world, charge, period, former));
  });
}

/** The price of the charges in this period, and that of its first day where charges are at each. */
function ratesIn(
  { shape }: Holding,
  rates: readonly RateStep[],
  { truth }: BookPeriod,
): readonly [RateStep, RateStep | null] {
  const [first, last] = [rateOn(rates, truth.start), rateOn(rates, truth.end)];
  if (shape === 'old-price') return [first, null];
  return [last, shape === 'both-prices' && first !== last ? first : null];
}

/** The charge as it is told: as one, or as several that come to the same. @param former at which a part of it stands */
function stated({ seed, spellings }: World, charge: Charge, { part }: BookPeriod, former: RateStep | null): Charge[] {
  const { shape, product, walletOnly } = charge.holding;
  if (part !== 'whole' || isEmpty(charge)) return [charge];
  if (shape === 'blocks') return halvesOf(seed, charge);
  if (shape === 'corrected') return withCorrection(seed, charge);
  if (former !== null) return piecesOf(seed, charge, former);
  const may = isChosenSpelling(spellings, 'split-and-merged') && shape === undefined && product.kind !== 'site';
  return may && walletOnly !== true && variant(seed, `pieces ${charge.id}`, 2) === 0
    ? piecesOf(seed, charge, null)
    : [charge];
}

const NOTHING: Figures = { committed: ZERO, included: null, actual: ZERO };

interface PartAt {
  readonly contract: Contract;
  readonly period: BookPeriod;
  readonly holding: Holding;
  readonly holder: Holder;
  readonly sku: string;
}

function inPart(seed: number, at: PartAt, whole: Figures, edits: Edits): Figures {
  const { contract, period, holding, holder, sku } = at;
  if (period.part === 'whole') return whole;
  const { account } = contract;
  // The lower part is the same one for all organisations, or the greatest sum would not be the sum of the greatest.
  const halves =
    holding.product.kind === 'sum'
      ? split(whole, shareOf(seed, 'cut', account.index, sku, holder.org.id))
      : repeat(whole, shareOf(seed, 'cut', account.index, sku));
  const [first, second] = edits.through(account, halves, (edit, parts) =>
    edit.parts?.(parts, { account, holding, whole }),
  );
  return period.part === 'first' ? first : second;
}

/** A charge of nothing may be listed or left out. */
const isLeftOut = ({ seed, spellings }: World, { id }: Charge): boolean =>
  hasSpelling(spellings, 'zero-rows') && variant(seed, id, 2) === 0;
