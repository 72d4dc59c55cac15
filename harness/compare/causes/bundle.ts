/** Readings of `bundleQuantity` other than the scenario's. */
import { add, ZERO } from '../../domain/decimal.ts';
import { absent, type Figure, known as knownFigure } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import type { BundleReading } from '../../domain/policy.ts';
import type { LegacyPair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import { valueIn } from '../pairs/reading.ts';
import type { Readings } from '../scope/readings.ts';
import { type PairHypothesis, QUANTITY_RULES, type WhatIf } from './hypothesis.ts';
import { legacyFrom, withLegacy } from './what-if.ts';

/** The pair under another reading; and the same with the overage left as it was. */
function* readAs(pair: LegacyPair, readings: Readings, variant: string | null = null): Generator<WhatIf> {
  yield { pair: readPair(pair, readings), variant };
  const { committed, included } = legacyFrom(pair, (line) => line, readings);
  // An allowance that differs is part of what happened: it is not left to another cause.
  if (pair.contract !== null && (valueIn(included) ?? ZERO) !== (valueIn(pair.contract.included) ?? ZERO)) return;
  yield* withLegacy(pair, { committed, included }, variant);
}

const under = (bundle: BundleReading, base: Omit<PairHypothesis, 'looksAt' | 'rules' | 'prepare'>): PairHypothesis => ({
  ...base,
  looksAt: 'pair',
  rules: QUANTITY_RULES,
  prepare: ({ alignment: { readings }, policy }) =>
    function* (pair) {
      if (policy.bundleQuantity === bundle) return;
      if (bundle !== 'allowance') yield* readAs(pair, { ...readings, bundle });
      else {
        yield* readAs(pair, { ...readings, bundle }, 'as fair use');
        yield* readAs(addedToCommitment(pair), { ...readings, bundle: 'ignore' }, 'added to the commitment');
      }
    },
});

/** The bundle added to the commitment itself. */
const addedToCommitment = (pair: LegacyPair): LegacyPair => ({
  ...pair,
  legacyLines: pair.legacyLines.map(withBundleAdded),
});

function withBundleAdded(line: Line): Line {
  const { committed, bundle } = line;
  if (bundle.state !== 'known') return line;
  const sum: Figure =
    committed.state === 'known'
      ? knownFigure(add(committed.value, bundle.value), committed.raw, committed.at)
      : knownFigure(bundle.value, bundle.raw, bundle.at);
  return { ...line, committed: sum, bundle: absent(bundle.at) };
}

export const bundleHypotheses: readonly PairHypothesis[] = [
  under('allowance', {
    id: 'bundle-as-allowance',
    title: 'bundleQuantity is an allowance',
    doc: 'The contract side adds `bundleQuantity` to the commitment, or grants it as fair use, where the scenario multiplies by it or ignores it.',
  }),
  under('ignore', {
    id: 'bundle-ignored',
    title: 'bundleQuantity is left out',
    doc: 'The contract side takes `prepayQuantity` as it is, without `bundleQuantity`.',
  }),
  under('multiplier', {
    id: 'bundle-as-multiplier',
    title: 'bundleQuantity is a multiplier',
    doc: 'The contract side multiplies the commitment by `bundleQuantity`, where the scenario reads it as an allowance or ignores it.',
  }),
];
