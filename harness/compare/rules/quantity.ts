/** Quantities: what is committed, included and used, and in which unit. */
import { compareDecimals } from '../../domain/decimal.ts';
import { ratioValue } from '../../domain/ratio.ts';
import { agreesConverted } from '../pairs/conversion.ts';
import type { Pair } from '../pairs/pair.ts';
import { isNothing, knownIn, type Reading } from '../pairs/reading.ts';
import type { UnitRelation } from '../scope/units.ts';
import { onBothSides } from './both-sides.ts';
import { agreed, differentNumbers, differentTexts, EQUAL, notComparable, unclearOutcome } from './outcome.ts';
import type { Outcome, PairRule } from './rule.ts';

/** The same number, or one that rounds to the other where one of both was converted. */
function isSame(legacy: Reading, contract: Reading, { conversion }: Pick<Pair, 'conversion'>): string | null {
  if (legacy.state !== 'known' || contract.state !== 'known') return null;
  if (legacy.value === contract.value) return legacy.value;
  const converted = conversion !== null && agreesConverted(legacy.value, contract.value, conversion);
  return converted ? contract.value : null;
}

/** Leaving a quantity out and stating zero are the same: nothing committed, nothing included, nothing over. */
export function compareAmounts(
  legacy: Reading,
  contract: Reading,
  pair: Pick<Pair, 'conversion' | 'provided'>,
): Outcome {
  const same = isSame(legacy, contract, pair);
  if (same !== null) return agreed(same);
  const unclear = unclearOutcome(legacy, contract, pair.provided.overageRate);
  if (unclear !== null) return unclear;
  return isNothing(legacy) && isNothing(contract) ? EQUAL : differentNumbers(legacy, contract);
}

/** An actual quantity that is left out is not zero: usage was not told. */
function compareActual(legacy: Reading, contract: Reading, pair: Pick<Pair, 'conversion'>): Outcome {
  if (legacy.state === 'known' && contract.state === 'known') {
    const same = isSame(legacy, contract, pair);
    return same === null ? differentNumbers(legacy, contract) : agreed(same);
  }
  const unclear = unclearOutcome(legacy, contract);
  if (unclear !== null) return unclear;
  if (!isNothing(legacy) || !isNothing(contract)) {
    const outcome = differentNumbers(legacy, contract);
    return outcome.kind === 'different' ? { ...outcome, delta: null, sentence: missing(legacy, contract) } : outcome;
  }
  const who = legacy.state === contract.state ? 'neither side states' : `${silent(legacy)} does not state`;
  return notComparable(`${who} an actual quantity`, legacy, contract);
}

const silent = (legacy: Reading): string => (legacy.state === 'known' ? 'contract' : 'legacy');
const missing = (legacy: Reading, contract: Reading): string => {
  const stated = legacy.state === 'known' ? legacy : contract;
  const value = stated.state === 'known' ? stated.value : '';
  return legacy.state === 'known'
    ? `legacy says ${value}, contract states no actual quantity`
    : `legacy states no actual quantity, contract says ${value}`;
};

export const committedQuantity: PairRule = {
  id: 'committed-quantity',
  category: 'quantity',
  looksAt: 'pair',
  title: 'Committed quantity',
  doc: 'Legacy `prepayQuantity`, times `bundleQuantity` where the scenario reads that as a multiplier, times the factor of the product, against the contract side’s `prepaidQuantity`. Left out is the same as zero.',
  example: 'legacy "prepayQuantity":"10","bundleQuantity":"12" · contract "prepaidQuantity":10',
  compare: onBothSides((legacy, contract, pair) => compareAmounts(legacy.committed, contract.committed, pair)),
};

export const includedQuantity: PairRule = {
  id: 'included-quantity',
  category: 'quantity',
  looksAt: 'pair',
  title: 'Included quantity (fair use)',
  doc: 'The allowance of the legacy `fair-use` row of the same name (its `prepayQuantity`, else its `usageQuantity`), against `fairuseQuantity`. Left out is the same as zero. An allowance whose `unitOfMeasureType` is another than that of the usage row is not comparable, and neither is the overage.',
  example: 'legacy "grouping":"fair-use","prepayQuantity":"182000" · contract "fairuseQuantity":180000',
  compare: onBothSides((legacy, contract, pair) => compareAmounts(legacy.included, contract.included, pair)),
};

export const actualQuantity: PairRule = {
  id: 'actual-quantity',
  category: 'quantity',
  looksAt: 'pair',
  title: 'Actual quantity',
  doc: 'What was used in the period: legacy `usageQuantity` times the factor of the product, against `actualQuantity`. A quantity that one side leaves out is never taken for zero.',
  example: 'legacy "usageQuantity":"15" · contract "actualQuantity":14',
  rereadFigure: 'actual',
  compare: onBothSides((legacy, contract, pair) => compareActual(legacy.actual, contract.actual, pair)),
};

export const unitOfMeasure: PairRule = {
  id: 'unit-of-measure',
  category: 'quantity',
  looksAt: 'pair',
  title: 'Unit of measure',
  doc: 'Legacy `unitOfMeasureType` against the contract side’s `unitOfMeasure`, by a table of words that mean the same (seat and User; unit and Each; message and Message), which the scenario’s `units` adds to. Words that the table knows as sizes of one thing (minute and Hour) differ unless the factor of the product is their ratio; words that it does not pair are not comparable.',
  example: 'legacy "unitOfMeasureType":"minute" · contract "unitOfMeasure":"Hour"',
  compare: onBothSides((legacy, contract, pair) => compareUnits(legacy.unit, contract.unit, pair)),
};

function compareUnits(legacy: Reading<string>, contract: Reading<string>, pair: Pair): Outcome {
  const unclear = unclearOutcome(legacy, contract);
  if (unclear !== null) return unclear;
  const [before, after] = [knownIn(legacy), knownIn(contract)];
  if (before.length === 0 && after.length === 0) return EQUAL;
  if (before.length === 0) return notComparable('legacy states no unit of measure', legacy, contract, false);
  if (after.length === 0) return notComparable('contract states no unit of measure', legacy, contract);
  const relations = after.flatMap((one) => before.map((other) => pair.unitWords.relation(other.value, one.value)));
  if (relations.every((relation) => isOneUnit(relation, pair))) return EQUAL;
  const proportional = relations.find((relation) => relation.kind === 'proportional');
  if (proportional?.kind === 'proportional') return differentTexts(legacy, contract, null, ` (${proportional.words})`);
  const words = (readings: typeof before): string => readings.map(({ value }) => value).join(' or ');
  const reason = `nothing says whether ${words(before)} and ${words(after)} are the same unit (the scenario can, under units)`;
  return notComparable(reason, legacy, contract);
}

/** The same, or of another size by just the product's factor. */
function isOneUnit(relation: UnitRelation, { legacyLines, product }: Pair): boolean {
  if (relation.kind !== 'proportional') return relation.kind === 'same';
  return legacyLines.every((line) => compareDecimals(ratioValue(product.factorOf(line)), relation.ratio) === 0);
}

export const quantityRules: readonly PairRule[] = [committedQuantity, includedQuantity, actualQuantity, unitOfMeasure];
