/** Figures rounded where they must not be, or in another way. */
import { type Decimal, multiply, type RoundingMode, round } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { LegacyPair } from '../pair.ts';
import type { Readings } from '../read-pair.ts';
import { made, type Reading } from '../reading.ts';
import type { SideReading } from '../side-reading.ts';
import { type PairHypothesis, QUANTITY_RULES, type Reread } from './hypothesis.ts';
import { addedOverOrgs, changed, known, withLegacy } from './rereading.ts';

const MODES: readonly { readonly mode: RoundingMode; readonly words: string }[] = [
  { mode: 'half-up', words: 'rounded half-up' },
  { mode: 'half-even', words: 'rounded half-even' },
  { mode: 'down', words: 'cut' },
  { mode: 'up', words: 'rounded up' },
];
const PLACES = [0, 1, 2, 3];
const QUANTITIES = ['actual', 'committed', 'included', 'overageQuantity'] as const;

function* roundedQuantities(pair: LegacyPair): Generator<Reread> {
  const { legacy } = pair;
  for (const { mode, words } of MODES) {
    for (const places of PLACES) {
      const variant = `quantities ${words} to ${places === 0 ? 'whole units' : `${places} places`}`;
      for (const name of QUANTITIES) {
        const figure = changed(legacy[name], (value) => round(value, places, mode), variant);
        if (isOther(figure, legacy[name])) yield* withLegacy(pair, { [name]: figure }, variant);
      }
    }
  }
}

/** What rounding leaves as it was explains nothing. */
const isOther = (rounded: Reading, exact: Reading): boolean => known(rounded)?.value !== known(exact)?.value;

/** The charge as it would be with another rounding of quantity × rate, for each organisation by itself and for all together. */
function* roundedCharges(pair: LegacyPair, readings: Readings): Generator<Reread> {
  const { currency } = pair.legacy;
  if (currency.state !== 'known') return;
  const minor = minorUnit(currency.value);
  for (const { mode, words } of MODES) {
    for (const places of new Set([minor, 0, 2, 4])) {
      const variant = `charges ${words} ${places === minor ? 'at the minor unit' : `to ${places} places`}`;
      const charge = (side: SideReading): Reading =>
        chargeWith(side, (exact) => round(exact, places, mode)) ?? side.overageCharge;
      const apart = addedOverOrgs(pair, readings, charge);
      const together = pair.orgs.length > 1 ? charge(pair.legacy) : null;
      for (const overageCharge of [apart, together]) {
        if (overageCharge === null || !isOther(overageCharge, pair.legacy.overageCharge)) continue;
        yield* withLegacy(pair, { overageCharge }, variant);
      }
    }
  }
}

function chargeWith(side: SideReading, rounding: (exact: Decimal) => Decimal): Reading | null {
  const [quantity, rate] = [known(side.overageQuantity), known(side.overageRate)];
  if (quantity === null || rate === null) return null;
  return made(rounding(multiply(quantity.value, rate.value)), `${quantity.value} × ${rate.value}`, quantity.at);
}

export const rounding: PairHypothesis = {
  id: 'rounding',
  title: 'Figures are rounded in another way',
  doc: 'A quantity is rounded to whole units or to a few places, or a charge at another place or in another mode than half-up at the currency’s minor unit.',
  looksAt: 'pair',
  rules: QUANTITY_RULES,
  prepare: ({ alignment: { readings } }) =>
    function* (pair) {
      yield* roundedQuantities(pair);
      yield* roundedCharges(pair, readings);
    },
};
