/** Overage worked out from the right quantities in a wrong way. */
import { compareDecimals, isNegative, isZero, maximum, subtract, ZERO } from '../../domain/decimal.ts';
import { absent } from '../../domain/figure.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import { overageReading } from '../pairs/overage.ts';
import type { Pair } from '../pairs/pair.ts';
import { valueIn } from '../pairs/reading.ts';
import type { PairHypothesis } from './hypothesis.ts';
import { addedOverOrgs, changed, legacyFrom, withOverage } from './what-if.ts';

const RULES: readonly RuleId[] = ['overage-quantity', 'overage-charge'];

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
      const without = legacyFrom(pair, (line) => ({ ...line, committed: absent(line.at) }), readings);
      yield* withOverage(pair, without.overageQuantity);
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
      const without = legacyFrom(pair, (line) => ({ ...line, included: absent(line.at) }), readings);
      yield* withOverage(pair, without.overageQuantity);
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
      const below = addedOverOrgs(pair, readings, ({ committed, included, actual }) => {
        const base = maximum(valueIn(committed) ?? ZERO, valueIn(included) ?? ZERO);
        return changed(actual, (value) => subtract(value, base), `− ${base}`);
      });
      if (isNegative(valueIn(below) ?? ZERO)) yield* withOverage(pair, below);
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
      const { actual, committed, included, overageQuantity } = pair.legacy;
      const pooled = overageReading(actual, committed, included);
      // Setting off can only lower it.
      const isLower = compareDecimals(valueIn(pooled) ?? ZERO, valueIn(overageQuantity) ?? ZERO) < 0;
      if (isLower) yield* withOverage(pair, pooled);
    },
};

export const overageHypotheses: readonly PairHypothesis[] = [
  committedIgnored,
  includedIgnored,
  negativeOverage,
  pooledOverage,
];
