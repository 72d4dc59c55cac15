/** Dates that are one day off, as an instant becomes when it is cut to a date in another time zone. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Term } from '../../domain/line.ts';
import type { OpenTerm } from '../pairs/pair.ts';
import type { TermHypothesis } from './hypothesis.ts';

const shifted = (date: Figure<IsoDate>, days: number): Figure<IsoDate> =>
  date.state === 'known' ? { ...date, value: addDays(date.value, days) } : date;

const TERM: readonly (keyof Term)[] = ['contractStart', 'contractEnd', 'rampStart', 'rampEnd'];
const PERIOD = ['periodStart', 'periodEnd'] as const;

/** One of legacy's dates as the other side would state it, each in turn. */
function* shiftedDates(pair: OpenTerm, days: number): Generator<OpenTerm> {
  const { legacy } = pair;
  for (const name of TERM) {
    yield { ...pair, legacy: { ...legacy, term: { ...legacy.term, [name]: shifted(legacy.term[name], days) } } };
  }
  for (const name of PERIOD) yield { ...pair, legacy: { ...legacy, [name]: shifted(legacy[name], days) } };
}

const WAYS = [
  { days: -1, variant: 'a day early' },
  { days: 1, variant: 'a day late' },
] as const;

export const timezoneShift: TermHypothesis = {
  id: 'timezone-shift',
  title: 'Dates are one day off',
  doc: 'A date of the contract side is a day before or after legacy’s, as an instant becomes when it is cut to a date in another time zone.',
  looksAt: 'term',
  rules: ['contract-start', 'contract-end', 'ramp-start', 'ramp-end', 'period-start', 'period-end'],
  prepare: () =>
    function* (pair) {
      for (const { days, variant } of WAYS) {
        for (const term of shiftedDates(pair, days)) yield { term, variant };
      }
    },
};
