/** Legacy lines of one pair, folded: overage is worked out for each row by itself, then all is added. */
import { group } from 'd3-array';
import { add, isZero, multiply, ONE, sum, ZERO } from '../../domain/decimal.ts';
import type { Line } from '../../domain/line.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { BundleReading } from '../../domain/policy.ts';
import { dividedByRatio, isSameRatio, isUnity, type Ratio, ratioText, timesRatio, UNITY } from '../../domain/ratio.ts';
import type { UnitWords } from '../scope/units.ts';
import { chargeReading, overageReading } from './overage.ts';
import type { PairMaterial } from './pair.ts';
import { ABSENT, isSomething, made, type Reading, readingOf, together, total, unclear } from './reading.ts';
import { type Part, ratesThatCount, type SideReading, sizeOf } from './side-reading.ts';

/** @returns null if legacy has no line of the pair. */
export function readLegacy(material: PairMaterial, bundle: BundleReading, units: UnitWords): SideReading | null {
  const [first] = material.legacyLines;
  if (first === undefined) return null;
  const parts = readParts(material, bundle, units);
  const figures = folded(parts, units);
  return { ...figures, parts, at: first.at, size: sizeOf(figures), ...chargeByOrg(material, parts) };
}

/** What legacy says of each row; rows of one organisation stand together where an allowance stands in a row of its own. */
export function readParts(material: PairMaterial, bundle: BundleReading, units: UnitWords): readonly Part[] {
  return partsOf(material).map((lines) => readPart(lines, material, bundle, units));
}

function partsOf({ legacyLines }: PairMaterial): readonly (readonly Line[])[] {
  const byOrg = group(legacyLines, ({ orgs }) => orgs.map(({ id }) => id).join(' '));
  return [...byOrg.values()].flatMap((lines) =>
    lines.some(isAllowanceAlone) && lines.length > 1 ? [lines] : lines.map((line) => [line]),
  );
}

const isAllowanceAlone = ({ actual, committed, included }: Line): boolean =>
  actual.state === 'absent' && committed.state === 'absent' && included.state !== 'absent';

function folded(parts: readonly Part[], units: UnitWords) {
  const added = (name: 'committed' | 'included' | 'actual' | 'overageQuantity' | 'overageCharge'): Reading =>
    total(
      parts.map((part) => part[name]),
      'rows',
    );
  return {
    committed: added('committed'),
    included: added('included'),
    actual: added('actual'),
    overageQuantity: added('overageQuantity'),
    overageCharge: added('overageCharge'),
    committedRate: together(
      ratesThatCount(parts.map((part) => ({ rate: part.committedRate, quantity: part.committed }))),
    ),
    overageRate: together(
      ratesThatCount(parts.map((part) => ({ rate: part.overageRate, quantity: part.overageQuantity }))),
    ),
    currency: together(parts.map((part) => part.currency)),
    unit: together(
      parts.map((part) => part.unit),
      units.same,
    ),
  };
}

/** The rows of an organisation billed at one rate may be rounded together; only told where that makes another sum. */
function chargeByOrg(material: PairMaterial, parts: readonly Part[]): Pick<SideReading, 'chargeByOrg'> {
  const lines = partsOf(material);
  const byOrg = group(
    parts.map((part, index) => ({ part, org: lines[index]?.[0]?.orgs.map(({ id }) => id).join(' ') })),
    ({ org }) => org,
  );
  if (byOrg.size === parts.length) return {};
  const sums = [...byOrg.values()].map((own) => {
    const exact = own.map(({ part: { overageQuantity, overageRate, overageCharge } }) =>
      overageCharge.state === 'known' && isZero(overageCharge.value)
        ? ZERO
        : overageQuantity.state === 'known' && overageRate.state === 'known'
          ? multiply(overageQuantity.value, overageRate.value)
          : null,
    );
    const currency = own[0]?.part.currency;
    return exact.includes(null) || currency?.state !== 'known'
      ? null
      : toMinorUnit(sum(exact.flatMap((one) => one ?? [])), currency.value);
  });
  if (sums.includes(null)) return {};
  return { chargeByOrg: made(sum(sums.flatMap((one) => one ?? [])), 'rounded once an organisation', null) };
}

function readPart(lines: readonly Line[], material: PairMaterial, bundle: BundleReading, units: UnitWords): Part {
  const factors = lines.map((line) => material.product.factorOf(line));
  const [first = UNITY] = factors;
  // Figures stay in legacy units while one factor holds, so that fee and charge are rounded from exact products.
  const isUniform = factors.every((other) => isSameRatio(first, other));
  const inner = isUniform ? () => UNITY : (index: number) => factors[index] ?? UNITY;
  const outer = isUniform ? first : UNITY;
  const added = (name: Quantity, each: (line: Line) => Reading): Reading =>
    orMissed(
      total(
        lines.map((line, index) => scale(each(line), inner(index))),
        'rows',
      ),
      name,
      material,
    );
  const committed = added('committed', (line) => committedOf(line, bundle));
  const included = added('included', (line) => unlessOtherUnit(includedOf(line, bundle), line, units));
  const actual = added('actual', actualOf);
  const card = material.product.expected;
  const currency = orElse(
    together(lines.map((line) => readingOf(line.currency, 'currency'))),
    card?.currency ?? null,
    material,
  );
  const over = overageReading(actual, committed, included);
  const rated = (name: 'committedRate' | 'overageRate', quantity: (line: Line) => Reading): Reading =>
    together(
      ratesThatCount(
        lines.map((line, index) => ({
          rate: unscale(readingOf(line[name], NOUNS[name]), inner(index)),
          quantity: quantity(line),
        })),
      ),
    );
  const committedRate = rated('committedRate', (line) => committedOf(line, bundle));
  const overageRate = rated('overageRate', actualOf);
  const billedRate = (stated: Reading, rate: 'committedRate' | 'overageRate'): Reading => {
    const value = card?.[rate] ?? null;
    return stated.state !== 'absent' || value === null
      ? stated
      : timesOuter({ state: 'known', value, raw: null, at: null, derivation: RATE_CARD }, outer);
  };
  return {
    committed: scale(committed, outer),
    included: scale(included, outer),
    actual: scale(actual, outer),
    overageQuantity: scale(over, outer),
    overageCharge: billedOverage(over, billedRate(overageRate, 'overageRate'), currency, lines, material),
    committedRate: orElse(unscale(committedRate, outer), card?.committedRate ?? null, material),
    overageRate: orElse(unscale(overageRate, outer), card?.overageRate ?? null, material),
    currency,
    unit: orElse(
      together(
        lines.map((line) => readingOf(line.unit, 'unit of measure')),
        units.same,
      ),
      null,
      material,
    ),
    fee: feeReading(committed, billedRate(committedRate, 'committedRate')),
  };
}

const NOUNS = { committedRate: 'committed rate', overageRate: 'overage rate' } as const;

/** A rate of the card is per contract unit; per legacy unit it is × the factor. */
const timesOuter = (reading: Reading, factor: Ratio): Reading =>
  reading.state === 'known' ? { ...reading, value: timesRatio(reading.value, factor) } : reading;

/** Committed units × rate, unrounded; absent where one of both is not stated. */
export function feeReading(committed: Reading, rate: Reading): Reading {
  if (committed.state === 'unclear' || (committed.state === 'known' && isZero(committed.value))) return committed;
  if (committed.state !== 'known') return ABSENT;
  if (rate.state === 'unclear') return rate;
  return rate.state === 'known' ? made(multiply(committed.value, rate.value), null, committed.at) : ABSENT;
}

/** What the overage costs: nothing where the scenario says that such use is free, or where tokens pay for it. */
function billedOverage(
  over: Reading,
  rate: Reading,
  currency: Reading<string>,
  [line]: readonly Line[],
  { useCosts, paidInTokens }: PairMaterial,
): Reading {
  const isFree = line?.orgs.some(({ id }) => useCosts.get(id)?.cost === 'free') === true;
  if ((isFree || paidInTokens !== null) && over.state === 'known') {
    return made(ZERO, isFree ? 'free by the scenario' : 'paid in tokens', over.at);
  }
  return chargeReading(over, rate, currency);
}

const actualOf = (line: Line): Reading => readingOf(line.actual, 'actual quantity');

/** What legacy lacks comes from the scenario's rate card; failing that, a source that could not be read may have had it. */
function orElse<T extends string>(reading: Reading<T>, card: T | null, material: PairMaterial): Reading<T> {
  if (reading.state !== 'absent') return reading;
  if (card !== null) return { state: 'known', value: card, raw: null, at: null, derivation: RATE_CARD };
  return material.unreadSource === null
    ? reading
    : unclear(`it does not state it, and ${material.unreadSource}`, reading.at);
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

/** An allowance in another unit than the use that it is taken off says nothing of how much of that is over. */
function unlessOtherUnit(included: Reading, { includedUnit, unit }: Line, units: UnitWords): Reading {
  if (includedUnit?.state !== 'known' || unit.state !== 'known' || !isSomething(included)) return included;
  const [own, used] = [includedUnit.value, unit.value];
  const isSame = units.relation(own, used).kind === 'same' || units.relation(used, own).kind === 'same';
  const words = `its fair-use row counts in ${own} and the usage row in ${used} (the scenario can say under units that both are the same)`;
  return isSame ? included : unclear(words, includedUnit.at);
}

const scale = (reading: Reading, factor: Ratio): Reading => convert(reading, factor, timesRatio, '×');
const unscale = (reading: Reading, factor: Ratio): Reading => convert(reading, factor, dividedByRatio, '÷');

function convert(reading: Reading, factor: Ratio, by: typeof timesRatio, sign: string): Reading {
  if (isUnity(factor)) return reading;
  if (reading.state === 'several') {
    return {
      ...reading,
      values: reading.values.map((each) => made(by(each.value, factor), inWords(each, factor, sign), each.at)),
    };
  }
  return reading.state === 'known'
    ? made(by(reading.value, factor), inWords(reading, factor, sign), reading.at)
    : reading;
}

const inWords = (
  { value, derivation }: { readonly value: string; readonly derivation: string | null },
  factor: Ratio,
  sign: string,
): string => `${derivation === null ? value : `(${derivation})`} ${sign} ${ratioText(factor)}`;
