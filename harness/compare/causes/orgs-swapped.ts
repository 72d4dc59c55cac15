/** Two organisations that carry each other's figures. */
import type { LegacyPair, Pair } from '../pair.ts';
import type { SideReading } from '../side-reading.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';
import { known, withLegacy } from './rereading.ts';

const NAMES = ['committed', 'included', 'actual'] as const;

const figuresOf = (side: SideReading): string => NAMES.map((name) => known(side[name])?.value ?? '0').join(' ');

const place = (pair: Pair, figures: string): string => `${pair.product.key}|${figures}`;

/** Another organisation whose figures these are, and who has these figures in turn. */
function partnersAmong(suspects: readonly Pair[]): (pair: LegacyPair) => Pair | null {
  const byLegacy = new Map<string, Pair[]>();
  for (const pair of suspects) {
    if (pair.orgs.length !== 1 || pair.legacy === null || pair.contract === null) continue;
    const key = place(pair, figuresOf(pair.legacy));
    byLegacy.set(key, [...(byLegacy.get(key) ?? []), pair]);
  }
  return (pair) => {
    if (pair.orgs.length !== 1 || pair.contract === null) return null;
    const wanted = figuresOf(pair.legacy);
    const others = byLegacy.get(place(pair, figuresOf(pair.contract))) ?? [];
    return others.find((other) => other.contract !== null && figuresOf(other.contract) === wanted) ?? null;
  };
}

export const orgsSwapped: PairHypothesis = {
  id: 'orgs-swapped',
  title: 'Two organisations carry each other’s figures',
  doc: 'The contract side states for one organisation what legacy states for another, and the other way round.',
  looksAt: 'pair',
  rules: QUANTITY_RULES.filter((rule) => rule !== 'overage-charge'),
  prepare: ({ suspects }) => {
    const partnerOf = partnersAmong(suspects);
    return function* (pair) {
      const other = partnerOf(pair)?.legacy;
      if (other == null) return;
      const { committed, included, actual, overageQuantity } = other;
      yield* withLegacy(pair, { committed, included, actual, overageQuantity });
      yield* withLegacy(pair, { committed, included, actual });
    };
  },
};
