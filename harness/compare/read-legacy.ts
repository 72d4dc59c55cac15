/** Legacy lines of one pair, folded: overage is computed for each organisation by itself, then all is added. */
import { group } from 'd3-array';
import { add, type Decimal, divide, isZero, multiply, ONE, ZERO } from '../domain/decimal.ts';
import type { Line } from '../domain/line.ts';
import type { BundleReading } from '../domain/policy.ts';
import { chargeReading, overageReading } from './overage.ts';
import type { PairMaterial } from './pair.ts';
import { agreed, isSomething, made, type Reading, readingOf, total, unclear } from './reading.ts';
import { ratesThatCount, type SideFigures, type SideReading, sizeOf } from './side-reading.ts';
import type { UnitWords } from './units.ts';

/** @returns null if legacy has no line of the pair. */
export function readLegacy(material: PairMaterial, bundle: BundleReading, units: UnitWords): SideReading | null {
  const [first] = material.legacyLines;
  if (first === undefined) return null;
  const figures = overOrgs(readOrgs(material, bundle, units), units);
  return { ...figures, at: first.at, size: sizeOf(figures) };
}

/** What legacy says of each organisation by itself. */
export function readOrgs(material: PairMaterial, bundle: BundleReading, units: UnitWords): readonly SideFigures[] {
  const byOrg = group(material.legacyLines, ({ orgs }) => orgs.map(({ id }) => id).join(' '));
  return [...byOrg.values()].map((lines) => readOrg(lines, material, bundle, units));
}

function overOrgs(each: readonly SideFigures[], units: UnitWords): SideFigures {
  const added = (name: 'committed' | 'included' | 'actual' | 'overageQuantity' | 'overageCharge'): Reading =>
    total(
      each.map((figures) => figures[name]),
      'organisations',
    );
  return {
    committed: added('committed'),
    included: added('included'),
    actual: added('actual'),
    overageQuantity: added('overageQuantity'),
    overageCharge: added('overageCharge'),
    committedRate: agreed(
      ratesThatCount(each.map((figures) => ({ rate: figures.committedRate, quantity: figures.committed }))),
      'committed rates',
    ),
    overageRate: agreed(
      ratesThatCount(each.map((figures) => ({ rate: figures.overageRate, quantity: figures.overageQuantity }))),
      'overage rates',
    ),
    currency: agreed(
      each.map((figures) => figures.currency),
      'currencies',
    ),
    unit: agreed(
      each.map((figures) => figures.unit),
      'units',
      units.same,
    ),
  };
}

function readOrg(lines: readonly Line[], material: PairMaterial, bundle: BundleReading, units: UnitWords): SideFigures {
  const factors = lines.map((line) => material.product.factorOf(line));
  const [factor = ONE] = factors;
  const mixed = factors.some((other) => other !== factor);
  const scaled = (reading: Reading, index: number): Reading => scale(reading, factors[index] ?? ONE);
  const added = (name: Quantity, each: (line: Line) => Reading): Reading =>
    orMissed(
      total(
        lines.map((line, index) => scaled(each(line), index)),
        'rows',
      ),
      name,
      material,
    );
  const committed = added('committed', (line) => committedOf(line, bundle));
  const included = added('included', (line) => includedOf(line, bundle));
  const actual = added('actual', actualOf);
  const currency = orElse(currencyOf(lines), material.product.expected?.currency ?? null, material);
  const overageQuantity = overageReading(actual, committed, included);
  // Rates stay per legacy unit while one factor holds, so that the charge is rounded from an exact product.
  const divisor = mixed ? ONE : factor;
  const rateLines = lines.map((line, index) => ({
    rate: mixed ? unscale(overageRateOf(line), factors[index] ?? ONE) : overageRateOf(line),
    quantity: scaled(actualOf(line), index),
  }));
  const stated = agreed(ratesThatCount(rateLines), 'overage rates');
  const card = material.product.expected?.overageRate ?? null;
  const own = stated.state !== 'absent';
  const overageRate = orElse(own ? unscale(stated, divisor) : stated, card, material);
  return {
    committed,
    included,
    actual,
    overageQuantity,
    overageCharge: chargeReading(overageQuantity, own ? stated : overageRate, own ? divisor : ONE, currency),
    committedRate: committedRateOf(lines, factors, material, bundle),
    overageRate,
    currency,
    unit: orElse(
      agreed(
        lines.map((line) => readingOf(line.unit, 'unit of measure')),
        'units',
        units.same,
      ),
      null,
      material,
    ),
  };
}

const actualOf = (line: Line): Reading => readingOf(line.actual, 'actual quantity');
const overageRateOf = (line: Line): Reading => readingOf(line.overageRate, 'overage rate');
const currencyOf = (lines: readonly Line[]): Reading<string> =>
  agreed(
    lines.map((line) => readingOf(line.currency, 'currency')),
    'currencies',
  );

function committedRateOf(
  lines: readonly Line[],
  factors: readonly Decimal[],
  material: PairMaterial,
  bundle: BundleReading,
): Reading {
  const rated = lines.map((line, index) => ({
    rate: unscale(readingOf(line.committedRate, 'committed rate'), factors[index] ?? ONE),
    quantity: committedOf(line, bundle),
  }));
  return orElse(
    agreed(ratesThatCount(rated), 'committed rates'),
    material.product.expected?.committedRate ?? null,
    material,
  );
}

/** What legacy lacks comes from the scenario's rate card; failing that, a source that could not be read may have had it. */
function orElse<T extends string>(reading: Reading<T>, card: T | null, material: PairMaterial): Reading<T> {
  if (reading.state !== 'absent') return reading;
  if (card !== null) return { state: 'known', value: card, raw: null, at: null, derivation: RATE_CARD };
  return material.legacyGap === null ? reading : unclear(`it does not state it, and ${material.legacyGap}`, reading.at);
}

type Quantity = 'committed' | 'included' | 'actual';

/** A quantity that legacy lacks is none, unless the contract side states one and a source that could not be read may have had it. */
function orMissed(reading: Reading, name: Quantity, material: PairMaterial): Reading {
  const isStated = material.contractLines.some((line) => isSomething(readingOf(line[name], name)));
  return isStated ? orElse(reading, null, material) : reading;
}

/** Derivation of a figure that the scenario supplies because legacy states none. */
export const RATE_CARD = 'from the rate card of the scenario';

/** Committed units: `prepayQuantity`, times `bundleQuantity` where that is read as a multiplier (left out: 1). */
function committedOf(line: Line, bundle: BundleReading): Reading {
  const committed = readingOf(line.committed, 'committed quantity');
  if (bundle !== 'multiplier' || committed.state !== 'known' || isZero(committed.value)) return committed;
  if (line.bundle.state === 'absent') return committed;
  if (line.bundle.state === 'unreadable') {
    return unclear(`its bundle quantity cannot be read: ${line.bundle.reason}`, line.bundle.at);
  }
  if (line.bundle.value === ONE) return committed;
  return made(multiply(committed.value, line.bundle.value), `${committed.value} × ${line.bundle.value}`, committed.at);
}

/** The allowance; with `bundleQuantity` read as one, the commitment (or the fair-use row) and the bundle together. */
function includedOf(line: Line, bundle: BundleReading): Reading {
  const included = readingOf(line.included, 'included quantity');
  if (bundle !== 'allowance' || line.bundle.state === 'absent') return included;
  if (line.bundle.state === 'unreadable') {
    return unclear(`its bundle quantity cannot be read: ${line.bundle.reason}`, line.bundle.at);
  }
  if (isZero(line.bundle.value)) return included;
  const base = included.state === 'absent' ? readingOf(line.committed, 'committed quantity') : included;
  if (base.state === 'unclear') return base;
  const value = base.state === 'known' ? base.value : ZERO;
  return made(add(value, line.bundle.value), `${value} + ${line.bundle.value}`, line.bundle.at);
}

function scale(reading: Reading, factor: Decimal): Reading {
  if (factor === ONE || reading.state !== 'known') return reading;
  return made(multiply(reading.value, factor), `${origin(reading)} × ${factor}`, reading.at);
}

function unscale(reading: Reading, factor: Decimal): Reading {
  if (factor === ONE || reading.state !== 'known') return reading;
  return made(divide(reading.value, factor), `${origin(reading)} ÷ ${factor}`, reading.at);
}

const origin = (reading: { readonly value: string; readonly derivation: string | null }): string =>
  reading.derivation === null ? reading.value : `(${reading.derivation})`;
