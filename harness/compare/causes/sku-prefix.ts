/** Products that the contract side sells under another prefix. */
import type { Line } from '../../domain/line.ts';
import { productKey } from '../../domain/side.ts';
import type { Ground } from '../ground.ts';
import type { Pair, PairMaterial } from '../pair.ts';
import { readPair } from '../read-pair.ts';
import type { CauseContext, PairHypothesis, Reread } from './hypothesis.ts';

/** `PC-170-NV-WALLB` without `PC-`; null where there is no prefix. */
const stem = (name: string): string | null => /^[A-Z0-9]{1,6}-(.+)$/.exec(productKey(name).toUpperCase())?.[1] ?? null;

const prefix = (name: string): string => name.slice(0, name.indexOf('-') + 1);

/** Contract lines that no product of the scenario has, by what follows their prefix. */
function unmappedByStem({ alignment, contract }: CauseContext): ReadonlyMap<string, readonly Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of contract.lines) {
    const name = stem(line.product);
    if (name === null || alignment.ground.products.bySku(line.product) !== undefined) continue;
    found.set(name, [...(found.get(name) ?? []), line]);
  }
  return found;
}

/** Legacy's lines of the product of these organisations. */
const legacyLinesOf = ({ scope, products }: Ground, ids: ReadonlySet<string>, product: Pair['product']): Line[] =>
  [...ids].flatMap((id) => {
    const legacy = scope.get(id)?.legacy;
    if (legacy?.state !== 'present') return [];
    return legacy.subscription.lines.filter((line) => products.byPartNumber(line.product)?.key === product.key);
  });

/** The pair with the charges of the renamed product: all organisations that these charges join are read together. */
function renamed(pair: Pair, candidates: readonly Line[], { ground, readings }: CauseContext['alignment']): Reread[] {
  const own = new Set(pair.orgs.map(({ id }) => id));
  const period = pair.period;
  const inPeriod = candidates.filter((line) => period !== null && readings.fit.belongs(line.period, period));
  const ids = new Set(own);
  for (const line of inPeriod) {
    if (line.orgs.some(({ id }) => own.has(id))) for (const { id } of line.orgs) ids.add(id);
  }
  const contractLines = inPeriod.filter((line) => line.orgs.some(({ id }) => ids.has(id)));
  const [first] = contractLines;
  if (first === undefined) return [];
  const material: PairMaterial = {
    ...pair,
    legacyLines: legacyLinesOf(ground, ids, pair.product),
    contractLines,
    obstacle: null,
  };
  return [{ pair: readPair(material, readings), variant: `${prefix(first.product)}…` }];
}

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
      const stems = pair.product.sku.split(', ').map(stem);
      const lines = stems.flatMap((name) => (name === null ? [] : (unmapped.get(name) ?? [])));
      yield* renamed(pair, lines, context.alignment);
    };
  },
};
