/** The charges of one billing period of a contract. */
import { isZero, ZERO } from '../../domain/decimal.ts';
import type { Edits } from '../edit.ts';
import type { Figures, Holder, Holding, Organisation } from '../world/facts.ts';
import { overageChargeOf, overageOf, rateOn } from '../world/figures.ts';
import { Random, uuid, variant } from '../world/random.ts';
import type { BookPeriod, Charge, Contract, Part } from './book.ts';
import { repeat, split } from './split.ts';
import { figuresBySku, productRef, ratesOf, shareOf } from './stated.ts';

/** Works out overage and its charge from what is stated. */
function settle(org: Organisation, figures: Figures, rate: Charge['rate'], currency: string): Part {
  const overage = overageOf(figures);
  const overageCharge = overageChargeOf(overage, rate, currency);
  return {
    org,
    prepaid: figures.committed,
    included: figures.included,
    actual: figures.actual,
    overage,
    overageCharge,
  };
}

/** The charge with its overage worked out anew, after its parts or its rate were changed. */
export function resettle(charge: Charge): Charge {
  const parts = charge.parts.map((part) =>
    settle(
      part.org,
      { committed: part.prepaid, included: part.included, actual: part.actual },
      charge.rate,
      charge.currency,
    ),
  );
  return { ...charge, parts };
}

export function chargesOf(seed: number, contract: Contract, period: BookPeriod, edits: Edits): readonly Charge[] {
  const { account } = contract;
  const charges = account.holdings
    .filter((holding) => holding.dormant?.contract !== false)
    .flatMap((holding) => holdingCharges(seed, contract, period, holding, edits));
  const edited = edits.through<readonly Charge[]>(account, charges, (edit, now) =>
    edit.charges?.(now, { contract, period }),
  );
  return new Random(seed, 'charges', period.id).shuffle(edited);
}

/** One charge a SKU, over all holders together or for each of them. */
function holdingCharges(
  seed: number,
  contract: Contract,
  period: BookPeriod,
  holding: Holding,
  edits: Edits,
): Charge[] {
  const { account } = contract;
  const rate = rateOn(ratesOf(account, holding, edits), period.truth.start);
  const bySku = holding.holders.map((holder) =>
    figuresBySku(seed, { account, holding, holder, period: period.truth }, edits),
  );
  return holding.product.skus.flatMap((sku, index) => {
    const parts = holding.holders.map((holder, which) => {
      const whole = bySku[which]?.[index] ?? NOTHING;
      const figures = inPart(seed, { contract, period, holding, holder, sku }, whole, edits);
      return settle(holder.org, figures, rate.overagePrice, account.currency);
    });
    const groups = holding.pooled ? [parts] : parts.map((part) => [part]);
    return groups
      .map(
        (group): Charge => ({
          id: uuid(seed, 'charge', period.id, sku, group[0]?.org.id ?? ''),
          name: `${holding.product.name} charge`,
          product: productRef(seed, holding, sku),
          parts: group,
          rate: rate.overagePrice,
          price: rate.price,
          currency: account.currency,
          holding,
        }),
      )
      .filter((charge) => !(isEmpty(charge) && variant(seed, charge.id, 2) === 0));
  });
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
const isEmpty = (charge: Charge): boolean =>
  charge.parts.every((part) => isZero(part.prepaid) && isZero(part.actual) && isZero(part.included ?? ZERO));
