/** Ways to read the legacy side of a pair again, which several hypotheses share. */
import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import type { Line } from '../../domain/line.ts';
import { chargeReading } from '../overage.ts';
import type { LegacyPair, Pair } from '../pair.ts';
import { type Readings, readPair } from '../read-pair.ts';
import { type KnownReading, made, type Reading, total } from '../reading.ts';
import type { SideFigures, SideReading } from '../side-reading.ts';
import type { Reread } from './hypothesis.ts';

/** The pair with other legacy figures. */
export const withLegacy = (
  pair: LegacyPair,
  legacy: Partial<SideFigures>,
  variant: string | null = null,
): readonly Reread[] => [{ pair: { ...pair, legacy: { ...pair.legacy, ...legacy } }, variant }];

/** The pair read again from other legacy lines. */
export const withLegacyLines = (pair: Pair, change: (line: Line) => Line, readings: Readings): Pair =>
  readPair({ ...pair, legacyLines: pair.legacyLines.map(change) }, readings);

/** The figure of each organisation by itself, added up; absent as soon as one of them is not known. */
export function addedOverOrgs(
  pair: Pair,
  readings: Readings,
  figure: (legacy: SideReading) => Reading,
): Reading | null {
  const each = pair.orgs.flatMap((org) => {
    const legacyLines = pair.legacyLines.filter((line) => line.orgs[0]?.id === org.id);
    const { legacy } = readPair({ ...pair, orgs: [org], legacyLines, contractLines: [] }, readings);
    return legacy === null ? [] : [figure(legacy)];
  });
  return each.length === 0 || each.some(({ state }) => state !== 'known') ? null : total(each, 'organisations');
}

/** Another overage, with the charge that follows from it at legacy's own rate. */
export function withOverage(pair: LegacyPair, overageQuantity: Reading | null): readonly Reread[] {
  const { legacy } = pair;
  if (overageQuantity === null) return [];
  const overageCharge = chargeReading(overageQuantity, legacy.overageRate, ONE, legacy.currency);
  // A hypothesis about the quantity stands even where the charge was worked out from something else.
  return [...withLegacy(pair, { overageQuantity, overageCharge }), ...withLegacy(pair, { overageQuantity })];
}

/** A known figure changed, with how; anything else as it is. */
export const changed = (reading: Reading, change: (value: Decimal) => Decimal, how: string): Reading =>
  reading.state === 'known' ? made(change(reading.value), `${reading.value} ${how}`, reading.at) : reading;

export const known = (reading: Reading): KnownReading<Decimal> | null => (reading.state === 'known' ? reading : null);
