/** Figures of another billing period. */
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import { productKey } from '../../domain/side.ts';
import type { Pair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import type { Readings } from '../scope/readings.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';
import { withLegacy } from './what-if.ts';

export const periodShift: PairHypothesis = {
  id: 'period-shift',
  title: 'Figures are those of the period before',
  doc: 'The contract side’s quantities are what legacy states for the billing period before. Those figures are asked for only when mismatches want them, and only the partner billing API has them.',
  looksAt: 'pair',
  rules: QUANTITY_RULES,
  prepare: ({ alignment: { readings }, earlier }) =>
    function* (pair) {
      const before = readEarlier(pair, earlier, readings);
      if (before === null) return;
      const { committed, included, actual, overageQuantity, overageCharge } = before;
      yield* withLegacy(pair, { committed, included, actual, overageQuantity, overageCharge });
      yield* withLegacy(pair, { actual, overageQuantity, overageCharge });
      yield* withLegacy(pair, { actual });
    },
};

/** Legacy's figures of the period before; null unless every organisation of the pair has them. */
function readEarlier(
  pair: Pair,
  earlier: ReadonlyMap<string, LegacySubscription>,
  readings: Readings,
): SideReading | null {
  const parts = new Set(pair.legacyLines.map(({ product }) => productKey(product)));
  const subscriptions = pair.orgs.flatMap(({ id }) => earlier.get(id) ?? []);
  if (subscriptions.length < pair.orgs.length) return null;
  const lines = subscriptions.flatMap((subscription) => subscription.lines);
  const legacyLines = lines.filter(({ product }) => parts.has(productKey(product)));
  return readPair({ ...pair, legacyLines }, readings).legacy;
}
