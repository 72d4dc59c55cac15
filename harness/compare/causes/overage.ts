/** Overage worked out from the right quantities in a wrong way. */
import { compareDecimals, isZero, maximum, subtract, ZERO } from '../../domain/decimal.ts';
import { absent } from '../../domain/figure.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import { overageReading } from '../overage.ts';
import type { Pair } from '../pair.ts';
import { made } from '../reading.ts';
import type { SideReading } from '../side-reading.ts';
import type { PairHypothesis } from './hypothesis.ts';
import { addedOverOrgs, known, withLegacyLines, withOverage } from './rereading.ts';

const RULES: readonly RuleId[] = ['overage-quantity', 'overage-charge'];

const amountOf = (side: SideReading, name: 'committed' | 'included' | 'actual') => known(side[name])?.value ?? ZERO;

/** Any of its organisations has some of it, so that leaving it out can make a difference. */
const hasSome = ({ legacyLines }: Pair, name: 'committed' | 'included'): boolean =>
  legacyLines.some((line) => line[name].state === 'known' && !isZero(line[name].value));

const committedIgnored: PairHypothesis = {
  id: 'committed-ignored',
  title: 'Overage leaves the commitment out',
  doc: 'Overage is all that was used, or all beyond fair use: the commitment is not subtracted.',
  looksAt: 'pair',
  rules: RULES,
  prepare: ({ alignment: { readings } }) =>
    function* (pair) {
      if (!hasSome(pair, 'committed')) return;
      yield* withOverage(pair, pair.legacy.actual);
      const without = withLegacyLines(pair, (line) => ({ ...line, committed: absent(line.at) }), readings);
      yield* withOverage(pair, without.legacy?.overageQuantity ?? null);
    },
};

const includedIgnored: PairHypothesis = {
  id: 'included-ignored',
  title: 'Overage leaves fair use out',
  doc: 'Overage is all beyond the commitment: the fair-use allowance, which is the greater, is not subtracted.',
  looksAt: 'pair',
  rules: RULES,
  prepare: ({ alignment: { readings } }) =>
    function* (pair) {
      if (!hasSome(pair, 'included')) return;
      const without = withLegacyLines(pair, (line) => ({ ...line, included: absent(line.at) }), readings);
      yield* withOverage(pair, without.legacy?.overageQuantity ?? null);
    },
};

const negativeOverage: PairHypothesis = {
  id: 'negative-overage',
  title: 'Unused commitment is a negative overage',
  doc: 'Overage is actual − max(committed, included) without the floor at zero.',
  looksAt: 'pair',
  rules: RULES,
  prepare: ({ alignment: { readings } }) =>
    function* (pair) {
      const below = addedOverOrgs(pair, readings, (legacy) => {
        const base = maximum(amountOf(legacy, 'committed'), amountOf(legacy, 'included'));
        const actual = known(legacy.actual);
        return actual === null
          ? legacy.actual
          : made(subtract(actual.value, base), `${actual.value} − ${base}`, actual.at);
      });
      if (known(below ?? { state: 'absent', at: null })?.value.startsWith('-') === true) {
        yield* withOverage(pair, below);
      }
    },
};

const pooledOverage: PairHypothesis = {
  id: 'pooled-overage',
  title: 'Overage is worked out for all organisations of a charge together',
  doc: 'One organisation’s unused commitment is set off against another’s overage: max(0, sum of actual − sum of commitments) over all organisations of the charge, in place of the sum of each one’s own overage.',
  looksAt: 'pair',
  rules: RULES,
  prepare: () =>
    function* (pair) {
      const { legacy, orgs } = pair;
      if (orgs.length < 2) return;
      const pooled = overageReading(legacy.actual, legacy.committed, legacy.included);
      const [apart, together] = [known(legacy.overageQuantity), known(pooled)];
      // Setting off can only lower it.
      if (apart === null || together === null || compareDecimals(together.value, apart.value) >= 0) return;
      yield* withOverage(pair, pooled);
    },
};

export const overageHypotheses: readonly PairHypothesis[] = [
  committedIgnored,
  includedIgnored,
  negativeOverage,
  pooledOverage,
];
