/** Quantities in another unit. */
import { type Decimal, decimal, divide, multiply } from '../../domain/decimal.ts';
import { knownValue } from '../../domain/figure.ts';
import type { LegacyPair } from '../pairs/pair.ts';
import type { Reading } from '../pairs/reading.ts';
import type { SideFigures } from '../pairs/side-reading.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';
import { changed, withLegacy } from './what-if.ts';

/** Months of a year, seconds and minutes, thousands in both systems. */
const FACTORS = [12, 60, 1000, 1024].map((factor) => decimal(factor));

interface FactorChange {
  /** What is divided by; null where it multiplies. */
  readonly divisor: Decimal | null;
  readonly words: string;
  readonly change: (value: Decimal) => Decimal;
}
const WAYS: readonly FactorChange[] = FACTORS.flatMap((factor) => [
  { divisor: null, words: `× ${factor}`, change: (value: Decimal) => multiply(value, factor) },
  { divisor: factor, words: `÷ ${factor}`, change: (value: Decimal) => divide(value, factor) },
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

/** A row was multiplied by its `bundleQuantity`, which the divisor takes back: that is for the hypotheses of bundles to say. */
const takesBundleBack = ({ legacyLines }: LegacyPair, divisor: Decimal | null): boolean =>
  legacyLines.some(({ bundle }) => divisor !== null && knownValue(bundle) === divisor);

export const unitFactor: PairHypothesis = {
  id: 'unit-factor',
  title: 'Quantities are in another unit',
  doc: 'Quantities of the contract side are those of legacy × or ÷ 12, 60, 1000 or 1024; not ÷ a row’s own `bundleQuantity` where the commitment was multiplied by it.',
  looksAt: 'pair',
  rules: QUANTITY_RULES.filter((rule) => rule !== 'overage-charge'),
  prepare: ({ policy }) =>
    function* (pair) {
      const { legacy } = pair;
      const isMultiplied = policy.bundleQuantity === 'multiplier';
      for (const { divisor, words, change } of WAYS) {
        for (const names of SETS) {
          if (isMultiplied && names.includes('committed') && takesBundleBack(pair, divisor)) continue;
          const figures: Partial<Record<Name, Reading>> = {};
          for (const name of names) figures[name] = changed(legacy[name], change, words);
          yield* withLegacy(pair, figures as Partial<SideFigures>, words);
        }
      }
    },
};
