/** Figures rounded where they must not be, or in another way. */
import { type Decimal, multiply, type RoundingMode, round, ZERO } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { LegacyPair } from '../pairs/pair.ts';
import { type Reading, valueIn } from '../pairs/reading.ts';
import type { SideFigures } from '../pairs/side-reading.ts';
import type { Readings } from '../scope/readings.ts';
import { type PairHypothesis, QUANTITY_RULES, type WhatIf } from './hypothesis.ts';
import { addedOverOrgs, changed, withLegacy } from './what-if.ts';

const MODES: readonly { readonly mode: RoundingMode; readonly words: string }[] = [
  { mode: 'half-up', words: 'rounded half-up' },
  { mode: 'half-even', words: 'rounded half-even' },
  { mode: 'down', words: 'cut' },
  { mode: 'up', words: 'rounded up' },
];
const PLACES = [0, 1, 2, 3];
const QUANTITIES = ['actual', 'committed', 'included', 'overageQuantity'] as const;

function* roundedQuantities(pair: LegacyPair): Generator<WhatIf> {
  const { legacy } = pair;
  for (const { mode, words } of MODES) {
    for (const places of PLACES) {
      const variant = `quantities ${words} to ${places === 0 ? 'whole units' : `${places} places`}`;
      for (const name of QUANTITIES) {
        const figure = changed(legacy[name], (value) => round(value, places, mode), variant);
        if (name === 'overageQuantity' && !restsOnTheSame(pair)) continue;
        if (isOther(figure, legacy[name])) yield* withLegacy(pair, { [name]: figure }, variant);
      }
    }
  }
}

/** An overage is rounded by itself only where what it is worked out from agrees. */
const restsOnTheSame = ({ legacy, contract }: LegacyPair): boolean =>
  (['actual', 'committed', 'included'] as const).every(
    (name) => (valueIn(legacy[name]) ?? ZERO) === (contract === null ? null : (valueIn(contract[name]) ?? ZERO)),
  );

/** What rounding leaves as it was explains nothing. */
const isOther = (rounded: Reading, exact: Reading): boolean => valueIn(rounded) !== valueIn(exact);

/** The charge as it would be with another rounding of quantity × rate, for each organisation by itself and for all together. */
function* roundedCharges(pair: LegacyPair, readings: Readings): Generator<WhatIf> {
  const { currency } = pair.legacy;
  if (currency.state !== 'known') return;
  const minor = minorUnit(currency.value);
  for (const { mode, words } of MODES) {
    for (const places of new Set([minor, 0, 2, 4])) {
      const variant = `charges ${words} ${places === minor ? 'at the minor unit' : `to ${places} places`}`;
      const charge = (side: SideFigures): Reading => chargeWith(side, (exact) => round(exact, places, mode));
      const apart = addedOverOrgs(pair, readings, charge);
      for (const overageCharge of [apart, charge(pair.legacy)]) {
        if (isOther(overageCharge, pair.legacy.overageCharge)) yield* withLegacy(pair, { overageCharge }, variant);
      }
    }
  }
}

function chargeWith(
  { overageQuantity, overageRate, overageCharge }: SideFigures,
  rounding: (exact: Decimal) => Decimal,
): Reading {
  const rate = valueIn(overageRate);
  if (rate === null || overageQuantity.state !== 'known') return overageCharge;
  return changed(overageQuantity, (quantity) => rounding(multiply(quantity, rate)), `× ${rate}`);
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
