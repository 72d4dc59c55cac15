/** Products that the contract side sells under another prefix. */
import { group } from 'd3-array';
import type { Line } from '../../domain/line.ts';
import type { LegacyPair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import type { ComparisonScope } from '../scope/comparison-scope.ts';
import type { ProductGroup } from '../scope/products.ts';
import { stemOf } from '../scope/sku-stem.ts';
import type { CauseContext, PairHypothesis, WhatIf } from './hypothesis.ts';

const prefix = (name: string): string => name.slice(0, name.indexOf('-') + 1);

/** Contract lines that no product of the scenario has, by what follows their prefix. */
const unmappedByStem = ({ alignment: { scope }, contract }: CauseContext): ReadonlyMap<string | null, Line[]> =>
  group(
    contract.lines.filter((line) => scope.products.bySku(line.product) === undefined),
    (line) => stemOf(line.product),
  );

/** The pair with the charges of the renamed product: all organisations that these charges join are read together. */
function renamed(
  pair: LegacyPair,
  candidates: readonly Line[],
  { scope, readings }: CauseContext['alignment'],
): WhatIf[] {
  const own = new Set(pair.orgs.map(({ id }) => id));
  const inPeriod = candidates.filter((line) => readings.fit.belongs(line.period, pair.period));
  const ids = new Set(own);
  for (const line of inPeriod) {
    if (line.orgs.some(({ id }) => own.has(id))) for (const { id } of line.orgs) ids.add(id);
  }
  const contractLines = inPeriod.filter((line) => line.orgs.some(({ id }) => ids.has(id)));
  const [first] = contractLines;
  if (first === undefined) return [];
  const legacyLines = legacyLinesOf(scope, ids, pair.product);
  const again = readPair({ ...pair, legacyLines, contractLines, notComparableReason: null }, readings);
  return [{ pair: again, variant: `${prefix(first.product)}…` }];
}

/** Legacy's lines of the product of these organisations. */
const legacyLinesOf = (
  { orgs, products }: ComparisonScope,
  ids: ReadonlySet<string>,
  product: ProductGroup,
): readonly Line[] =>
  [...ids]
    .flatMap((id) => orgs.get(id)?.legacy ?? [])
    .flatMap((legacy) => (legacy.state === 'present' ? legacy.subscription.lines : []))
    .filter((line) => products.byPartNumber(line.product) === product);

export const skuPrefix: PairHypothesis = {
  id: 'sku-prefix',
  title: 'Products stand under another prefix',
  doc: 'The product is missing on the contract side, which has a charge for the same organisations under a SKU that differs in its prefix alone (`GC-` for `PC-`); with that charge every figure of the pair agrees.',
  looksAt: 'pair',
  rules: [
    'product-missing-in-contract',
    'committed-quantity',
    'included-quantity',
    'actual-quantity',
    'overage-quantity',
    'overage-charge',
    'overage-rate',
    'currency',
  ],
  prepare: (context) => {
    const unmapped = unmappedByStem(context);
    return function* (pair) {
      if (pair.contract !== null) return;
      const stems = pair.product.sku.split(', ').map(stemOf);
      const lines = stems.flatMap((name) => (name === null ? [] : (unmapped.get(name) ?? [])));
      yield* renamed(pair, lines, context.alignment);
    };
  },
};
