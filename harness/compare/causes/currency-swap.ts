/** Another currency code with the same numbers. */
import { isSomething, valueIn } from '../pairs/reading.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import type { PairHypothesis } from './hypothesis.ts';
import { withLegacy } from './what-if.ts';

const MONEY = ['committedRate', 'overageRate', 'overageCharge'] as const;

/** At least one rate or charge is stated alike on both sides, and none differs. */
function sameNumbers(legacy: SideReading, contract: SideReading): boolean {
  const both = MONEY.filter((name) => isSomething(legacy[name]) && isSomething(contract[name]));
  return both.length > 0 && both.every((name) => valueIn(legacy[name]) === valueIn(contract[name]));
}

export const currencySwap: PairHypothesis = {
  id: 'currency-swap',
  title: 'The currency code is another, the numbers are the same',
  doc: 'Both sides state the same rates and charges to the last digit, under different currency codes.',
  looksAt: 'pair',
  rules: ['currency'],
  prepare: () =>
    function* (pair) {
      const { legacy, contract } = pair;
      if (contract?.currency.state !== 'known' || !sameNumbers(legacy, contract)) return;
      yield* withLegacy(pair, { currency: contract.currency });
    },
};
