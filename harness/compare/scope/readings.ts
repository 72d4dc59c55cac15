/** How lines are read. */
import type { BundleReading } from '../../domain/policy.ts';
import { PeriodFit } from './period-fit.ts';
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
