/** Quantities in another unit. */
import { type Decimal, decimal, divide, multiply } from '../../domain/decimal.ts';
import type { Reading } from '../reading.ts';
import type { SideFigures } from '../side-reading.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';
import { changed, withLegacy } from './rereading.ts';

/** Months of a year, seconds and minutes, thousands in both systems. */
const FACTORS = [12, 60, 1000, 1024].map((factor) => decimal(factor));

interface Way {
  readonly words: string;
  readonly change: (value: Decimal) => Decimal;
}
const WAYS: readonly Way[] = FACTORS.flatMap((factor) => [
  { words: `× ${factor}`, change: (value: Decimal) => multiply(value, factor) },
  { words: `÷ ${factor}`, change: (value: Decimal) => divide(value, factor) },
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

export const unitFactor: PairHypothesis = {
  id: 'unit-factor',
  title: 'Quantities are in another unit',
  doc: 'Quantities of the contract side are those of legacy × or ÷ 12, 60, 1000 or 1024.',
  looksAt: 'pair',
  rules: QUANTITY_RULES.filter((rule) => rule !== 'overage-charge'),
  prepare: () =>
    function* (pair) {
      const { legacy } = pair;
      for (const { words, change } of WAYS) {
        for (const names of SETS) {
          const figures: Partial<Record<Name, Reading>> = {};
          for (const name of names) figures[name] = changed(legacy[name], change, words);
          yield* withLegacy(pair, figures as Partial<SideFigures>, words);
        }
      }
    },
};
