/** Usage that adds up over the pieces of a period as another kind of product's would. */
import { readPair } from '../pairs/read-pair.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';

/** Only the scenario's own `kind` proves it: what a legacy grouping suggests is no proof. */
export const sumForPeak: PairHypothesis = {
  id: 'sum-for-peak',
  title: 'A high-water mark is reported as a sum, or the reverse',
  doc: 'The pieces of a period that was cut agree with legacy if they are added where the scenario’s `kind` takes the greatest, or the other way round. Named only where the scenario says the `kind`.',
  looksAt: 'pair',
  rules: QUANTITY_RULES,
  prepare: ({ alignment: { readings } }) =>
    function* (pair) {
      const { kind } = pair.product;
      if (kind === null) return;
      const product = { ...pair.product, kind: kind === 'sum' ? ('peak' as const) : ('sum' as const) };
      const again = readPair({ ...pair, product }, readings);
      if (again.contract === null || pair.contract === null) return;
      yield { pair: again, variant: null };
      yield { pair: { ...pair, contract: { ...pair.contract, actual: again.contract.actual } }, variant: null };
    },
};
