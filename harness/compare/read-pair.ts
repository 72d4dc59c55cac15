/** From the lines of a pair to its figures. Pure, so that a hypothesis can read the same pair from other lines. */
import type { BundleReading } from '../domain/policy.ts';
import type { Pair, PairMaterial } from './pair.ts';
import { PeriodFit } from './period-fit.ts';
import { readContract } from './read-contract.ts';
import { readLegacy } from './read-legacy.ts';
import { bothKnown } from './reading.ts';
import { UnitWords } from './units.ts';

/** How lines are read: the scenario's readings, and what is remembered while reading many pairs. */
export interface Readings {
  readonly bundle: BundleReading;
  readonly units: UnitWords;
  readonly fit: PeriodFit;
}

export const readingsOf = (policy: {
  readonly bundleQuantity: BundleReading;
  readonly units: Readonly<Record<string, readonly string[]>>;
}): Readings => ({ bundle: policy.bundleQuantity, units: new UnitWords(policy.units), fit: new PeriodFit() });

export function readPair(material: PairMaterial, readings: Readings): Pair {
  const legacy = readLegacy(material, readings.bundle, readings.units);
  const contract = readContract(material, readings.fit, readings.units);
  const words = legacy !== null && contract !== null ? bothKnown(legacy.unit, contract.unit) : null;
  const units = words === null ? null : readings.units.relation(words[0].value, words[1].value);
  return { ...material, legacy, contract, units };
}
