/** The same charge counted twice. */
import type { Charge } from '../../domain/contract-side.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import { readPair } from '../pairs/read-pair.ts';
import { type PairHypothesis, QUANTITY_RULES } from './hypothesis.ts';

const placeOf = ({ exchange, pointer }: Evidence): string => `${exchange}#${pointer}`;

const sameness = ({ ref, likeness }: Charge): readonly string[] => [
  `${ref.contractId}/${ref.periodId}/${likeness}`,
  ...(ref.chargeId === null ? [] : [`${ref.contractId}/${ref.periodId}/id ${ref.chargeId}`]),
];

export const countedTwice: PairHypothesis = {
  id: 'counted-twice',
  title: 'Charges are counted twice',
  doc: 'The figures agree once charges that stand twice in their billing period, by id or by all else, are counted once.',
  looksAt: 'pair',
  rules: QUANTITY_RULES,
  accountsFor: ['duplicate-charge'],
  prepare: ({ contract, alignment: { readings } }) => {
    const charges = new Map(contract.details.flatMap((detail) => detail.charges.map((one) => [placeOf(one.at), one])));
    return function* (pair) {
      const seen = new Set<string>();
      const isFirst = (line: Line): boolean => {
        const charge = charges.get(placeOf(line.at));
        if (charge === undefined) return true;
        const names = sameness(charge);
        const again = names.some((name) => seen.has(name));
        for (const name of names) seen.add(name);
        return !again;
      };
      const contractLines = pair.contractLines.filter(isFirst);
      yield { pair: readPair({ ...pair, contractLines }, readings), variant: null };
    };
  },
};
