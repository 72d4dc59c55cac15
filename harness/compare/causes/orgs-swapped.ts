/** Two organisations that carry each other's figures. */
import { group } from 'd3-array';
import type { LegacyPair } from '../pairs/pair.ts';
import { valueIn } from '../pairs/reading.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';
import { withLegacy } from './what-if.ts';

const NAMES = ['committed', 'included', 'actual'] as const;

const figuresOf = (side: SideReading): string => NAMES.map((name) => valueIn(side[name]) ?? '0').join(' ');

interface Carrier {
  readonly legacy: SideReading;
  /** What it should have, and what it carries. */
  readonly own: string;
  readonly carries: string;
}

const carrierOf = ({ product, legacy, contract }: LegacyPair): Carrier | null =>
  contract === null
    ? null
    : { legacy, own: `${product.key}|${figuresOf(legacy)}`, carries: `${product.key}|${figuresOf(contract)}` };

/** What legacy says of another whose figures these are, and who has these figures in turn. */
function partnersAmong(suspects: readonly LegacyPair[]): (pair: LegacyPair) => SideReading | null {
  const carriers = group(
    suspects.flatMap((pair) => carrierOf(pair) ?? []),
    ({ own }) => own,
  );
  return (pair) => {
    const one = carrierOf(pair);
    if (one === null) return null;
    return carriers.get(one.carries)?.find(({ carries }) => carries === one.own)?.legacy ?? null;
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
      const other = partnerOf(pair);
      if (other === null) return;
      const { committed, included, actual, overageQuantity } = other;
      yield* withLegacy(pair, { committed, included, actual, overageQuantity });
      yield* withLegacy(pair, { committed, included, actual });
    };
  },
};
