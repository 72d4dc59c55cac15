/** Quantities in another unit. */
import { type Decimal, decimal, divide, multiply } from '../../domain/decimal.ts';
import { knownValue } from '../../domain/figure.ts';
import type { LegacyPair } from '../pair.ts';
import type { Reading } from '../reading.ts';
import type { SideFigures } from '../side-reading.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';
import { changed, withLegacy } from './rereading.ts';

/** Months of a year, seconds and minutes, thousands in both systems. */
const FACTORS = [12, 60, 1000, 1024].map((factor) => decimal(factor));

interface Way {
  readonly factor: Decimal;
  readonly words: string;
  readonly change: (value: Decimal) => Decimal;
}
const WAYS: readonly Way[] = FACTORS.flatMap((factor) => [
  { factor, words: `× ${factor}`, change: (value: Decimal) => multiply(value, factor) },
  { factor, words: `÷ ${factor}`, change: (value: Decimal) => divide(value, factor) },
]);

type Name = 'committed' | 'included' | 'actual' | 'overageQuantity';
/** All of them, or the metered ones alone; with the overage worked out from them, or left right. */
const SETS: readonly (readonly Name[])[] = [
  ['committed', 'included', 'actual', 'overageQuantity'],
  ['committed', 'included', 'actual'],
  ['actual', 'overageQuantity'],
  ['actual'],
  ['committed'],
];

/** A row's own `bundleQuantity` is the factor: that its reading differs is for the hypotheses of bundles to say. */
const isBundleOf = ({ legacyLines }: LegacyPair, factor: Decimal): boolean =>
  legacyLines.some(({ bundle }) => knownValue(bundle) === factor);

export const unitFactor: PairHypothesis = {
  id: 'unit-factor',
  title: 'Quantities are in another unit',
  doc: 'Quantities of the contract side are those of legacy × or ÷ 12, 60, 1000 or 1024, where no row has that number as its `bundleQuantity`.',
  looksAt: 'pair',
  rules: QUANTITY_RULES.filter((rule) => rule !== 'overage-charge'),
  prepare: () =>
    function* (pair) {
      const { legacy } = pair;
      for (const { factor, words, change } of WAYS) {
        for (const names of SETS) {
          if (names.includes('committed') && isBundleOf(pair, factor)) continue;
          const figures: Partial<Record<Name, Reading>> = {};
          for (const name of names) figures[name] = changed(legacy[name], change, words);
          yield* withLegacy(pair, figures as Partial<SideFigures>, words);
        }
      }
    },
};
