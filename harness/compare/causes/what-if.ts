/** Ways to read the legacy side of a pair again, which several hypotheses share. */
import type { Decimal } from '../../domain/decimal.ts';
import type { Line } from '../../domain/line.ts';
import { chargeReading } from '../pairs/overage.ts';
import type { LegacyPair } from '../pairs/pair.ts';
import { readLegacy, readParts } from '../pairs/read-legacy.ts';
import { made, type Reading, total } from '../pairs/reading.ts';
import type { SideFigures, SideReading } from '../pairs/side-reading.ts';
import type { Readings } from '../scope/readings.ts';
import type { WhatIf } from './hypothesis.ts';

/** The pair with other legacy figures. */
export const withLegacy = (
  pair: LegacyPair,
  legacy: Partial<SideFigures>,
  variant: string | null = null,
): readonly WhatIf[] => [{ pair: { ...pair, legacy: { ...pair.legacy, ...legacy } }, variant }];

/** What legacy says of the pair with its lines changed. */
export const legacyFrom = (pair: LegacyPair, change: (line: Line) => Line, { bundle, units }: Readings): SideReading =>
  readLegacy({ ...pair, legacyLines: pair.legacyLines.map(change) }, bundle, units) ?? pair.legacy;

/** A figure of each row by itself, added up. */
export const addedOverOrgs = (
  pair: LegacyPair,
  { bundle, units }: Readings,
  figure: (legacy: SideFigures) => Reading,
): Reading => total(readParts(pair, bundle, units).map(figure), 'rows');

/** Another overage, with the charge that follows from it at legacy's own rate. */
export function withOverage(pair: LegacyPair, overageQuantity: Reading): readonly WhatIf[] {
  const { legacy } = pair;
  const overageCharge = chargeReading(overageQuantity, legacy.overageRate, legacy.currency);
  // A hypothesis about the quantity stands even where the charge was worked out from something else.
  return [...withLegacy(pair, { overageQuantity, overageCharge }), ...withLegacy(pair, { overageQuantity })];
}

/** A known figure changed, with how; anything else as it is. */
export const changed = (reading: Reading, change: (value: Decimal) => Decimal, how: string): Reading =>
  reading.state === 'known' ? made(change(reading.value), `${reading.value} ${how}`, reading.at) : reading;
