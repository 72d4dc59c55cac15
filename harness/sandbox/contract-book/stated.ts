/** What the contract side states of one holder: the true figures with every edit, over the SKUs that stand for the product. */
import { decimal } from '../../domain/decimal.ts';
import type { Edits, HoldingAt } from '../edit.ts';
import type { Account, Agreement, Figures, Holder, Holding, Period, RateStep } from '../world/facts.ts';
import { figuresOf } from '../world/figures.ts';
import { Random, uuid } from '../world/random.ts';
import type { ProductRef } from './book.ts';
import { type SplitShare, split } from './split.ts';

export type HolderAt = HoldingAt & { readonly holder: Holder; readonly period: Period };

export const ratesOf = (account: Account, holding: Holding, edits: Edits): readonly RateStep[] =>
  edits.through(account, holding.rates, (edit, rates) => edit.rates?.(rates, { account, holding }));

/** The SKUs under which a contract sells it. */
export const skusIn = (agreement: Agreement, { product, renamedBy }: Holding): readonly string[] =>
  renamedBy !== undefined && agreement.number < renamedBy ? (product.formerSkus ?? product.skus) : product.skus;

/** Whether it stands in this contract: in a parallel one what that is about, in all others the rest. */
export function standsIn(agreement: Agreement, account: Account, { product }: Holding): boolean {
  if (agreement.only !== undefined) return agreement.only.includes(product.partNumber);
  return account.parallel?.only?.includes(product.partNumber) !== true;
}

/** One element a SKU of the product, in the catalogue's order. */
export function figuresBySku(seed: number, at: HolderAt, edits: Edits): readonly Figures[] {
  const truth = figuresOf(seed, at.holding, at.holder, at.period);
  const stated = edits.through(at.account, truth, (edit, figures) => edit.figures?.(figures, at));
  if (at.holding.product.skus.length === 1) return [stated];
  return split(stated, shareOf(seed, 'skus', at.account.index, at.holding.product.partNumber, at.holder.org.id));
}

/** A share of its own for each thing that is split, always the same one. */
export function shareOf(seed: number, ...labels: readonly (string | number)[]): SplitShare {
  const random = new Random(seed, 'share', ...labels);
  return { first: decimal(`0.${random.int(20, 80)}`), overageIn: random.pick(['first', 'second']) };
}

export function productRef(seed: number, holding: Holding, sku: string): ProductRef {
  const { product, unit } = holding;
  const part = sku.slice(product.partNumber.length).replace('-', ' ').toLowerCase();
  const unitsPerToken = product.unitsPerToken === undefined ? null : decimal(product.unitsPerToken);
  const alike = product.units.filter(({ legacy }) => legacy === unit.legacy);
  return {
    id: uuid(seed, 'product', sku),
    sku,
    name: `${product.name}${part}`,
    unit: unit.contract,
    unitWords: alike.map(({ contract }) => contract),
    unitsPerToken,
  };
}
