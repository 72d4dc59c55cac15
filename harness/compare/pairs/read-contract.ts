/** Contract lines of one pair, folded: charges of one time add up; over the pieces of a cut period the kind of usage decides. */
import { ascending, group, rollup } from 'd3-array';
import { ZERO } from '../../domain/decimal.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import type { Ratio } from '../../domain/ratio.ts';
import type { PeriodFit, Span } from '../scope/period-fit.ts';
import type { UnitWords } from '../scope/units.ts';
import { chooseRates } from './choose-rates.ts';
import type { PairMaterial } from './pair.ts';
import { feeReading } from './read-legacy.ts';
import {
  ABSENT,
  greatest,
  isNothing,
  isSomething,
  made,
  type Reading,
  readingOf,
  together,
  total,
  unclear,
} from './reading.ts';
import { type Part, ratesThatCount, type SideReading, sizeOf } from './side-reading.ts';
import { usageKindOf } from './usage-kind.ts';

const QUANTITIES = ['committed', 'included', 'actual', 'overageQuantity'] as const;
type Quantities = Pick<Part, (typeof QUANTITIES)[number]>;
const NOUNS = {
  committed: 'prepaid quantity',
  included: 'fair-use quantity',
  actual: 'actual quantity',
  overageQuantity: 'overage quantity',
} as const;

interface ReadLine {
  readonly line: Line;
  readonly part: Part;
}

/** A plan without a charge is no bill beside a legacy line that holds something: the charge is what is missing then. */
const isPlanAlone = (lines: readonly Line[]): boolean => lines.every(({ origin }) => origin === 'plan');

/** @returns null if the contract side bills nothing of the pair. */
export function readContract(
  material: PairMaterial,
  legacy: SideReading | null,
  conversion: Ratio | null,
  { fit, units }: { readonly fit: PeriodFit; readonly units: UnitWords },
): SideReading | null {
  const lines = material.contractLines;
  const [first] = lines;
  if (first === undefined) return null;
  const read = readLines(material, legacy, conversion);
  const folds = foldOver(material, slotsOf(read, fit), first.at);
  const overageCharge = total(
    read.map(({ part }) => part.overageCharge),
    'charges',
  );
  const quantities = { ...folds.quantities, overageCharge };
  const size = sizeOf(quantities);
  if (isPlanAlone(lines) && legacy !== null && (legacy.size !== 'none' || size === 'none')) return null;
  const parts = read.map(({ part }) => part);
  return {
    ...quantities,
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
    parts: read.map((each) => ({ ...each.part, fee: folds.feeOf(each) })),
    at: first.at,
    size,
    repriced: lines.some(isRepriced),
  };
}

const isRepriced = ({ planned }: Line): boolean =>
  new Set((planned?.overage ?? []).map((figure) => (figure.state === 'known' ? figure.value : figure.state))).size > 1;

/** Each line as a part, with the price that legacy states among those in force. */
function readLines(material: PairMaterial, legacy: SideReading | null, conversion: Ratio | null): readonly ReadLine[] {
  const rates = chooseRates(material.contractLines, legacy, conversion);
  return material.contractLines.map((line, index): ReadLine => {
    const chosen = rates[index] ?? { committedRate: ABSENT, overageRate: ABSENT };
    const { committed, included } = allowanceOf(line, legacy);
    return {
      line,
      part: {
        committed,
        included,
        actual: readingOf(line.actual, NOUNS.actual),
        overageQuantity: readingOf(line.overageQuantity, NOUNS.overageQuantity),
        overageCharge: readingOf(line.overageCharge, 'overage charge'),
        ...chosen,
        currency: readingOf(line.currency, 'currency'),
        unit: readingOf(line.unit, 'unit of measure'),
        fee: feeReading(committed, chosen.committedRate),
      },
    };
  });
}

/** The allowance of a wallet stands for legacy's fair use, else for its commitment. */
function allowanceOf(line: Line, legacy: SideReading | null): Pick<Quantities, 'committed' | 'included'> {
  const committed = readingOf(line.committed, NOUNS.committed);
  const included = readingOf(line.included, NOUNS.included);
  const isCommitment =
    line.origin === 'wallet' && legacy !== null && isNothing(legacy.included) && isSomething(legacy.committed);
  return isCommitment ? { committed: included, included: ABSENT } : { committed, included };
}

const each = (make: (name: (typeof QUANTITIES)[number]) => Reading): Quantities => ({
  committed: make('committed'),
  included: make('included'),
  actual: make('actual'),
  overageQuantity: make('overageQuantity'),
});

const added = (lines: readonly ReadLine[]): Quantities =>
  each((name) =>
    total(
      lines.map(({ part }) => part[name]),
      'charges',
    ),
  );

/** Lines of one time: their periods are the same, or overlap by more than half (two contracts side by side). */
function slotsOf(lines: readonly ReadLine[], fit: PeriodFit): readonly (readonly ReadLine[])[] {
  const slots: { readonly span: Span; readonly lines: ReadLine[] }[] = [];
  for (const each of [...lines].sort((a, b) => ascending(a.line.period.start, b.line.period.start))) {
    const slot = slots.find(({ span }) => fit.belongs(each.line.period, span));
    if (slot === undefined) slots.push({ span: each.line.period, lines: [each] });
    else slot.lines.push(each);
  }
  return slots.map((slot) => slot.lines);
}

interface Folds {
  readonly quantities: Quantities;
  /** What a line's commitment is billed: nothing where another piece of the period bills it already. */
  feeOf(line: ReadLine): Reading;
}

const ownFee = ({ part }: ReadLine): Reading => part.fee;

function foldOver(material: PairMaterial, slots: readonly (readonly ReadLine[])[], at: Evidence): Folds {
  const [busy = slots.flat(), ...more] = slots.filter(
    (slot) => sizeOf({ ...added(slot), overageCharge: ABSENT }) !== 'none',
  );
  if (more.length === 0) return { quantities: added(busy), feeOf: ownFee };
  const kind = usageKindOf(material);
  if (kind === 'sum') return { quantities: added(slots.flat()), feeOf: ownFee };
  if (kind === null) {
    const reason = `its billing period was cut into ${slots.length} pieces, and nothing says whether this product adds up over time (say its kind in the scenario)`;
    return undecided(reason, at);
  }
  return overTime(slots, at);
}

function undecided(reason: string, at: Evidence): Folds {
  const open = unclear(reason, at);
  return { quantities: each(() => open), feeOf: (line) => (isNothing(line.part.committed) ? line.part.fee : open) };
}

const orgsKey = ({ line }: ReadLine): string => line.orgs.map((org) => org.id).join(' ');

/** Licences and high-water marks: the greatest over time for each set of organisations, then all sets together. */
function overTime(slots: readonly (readonly ReadLine[])[], at: Evidence): Folds {
  const pieces = slots.flatMap((slot) => [...group(slot, orgsKey)].map(([key, lines]) => ({ key, lines })));
  const sets = rollup(
    pieces,
    (own) => own.map(({ lines }) => lines),
    ({ key }) => key,
  );
  const all = [...sets.values()];
  if (all.some((own) => own.length < slots.length)) {
    return undecided('its charges name other organisations before and after the billing period was cut', at);
  }
  const highest = all.map((own) => {
    const sums = own.map(added);
    return each((name) => greatest(sums.map((quantities) => quantities[name])));
  });
  const billed = new Set(all.flatMap((own) => greatestPiece(own)));
  return {
    quantities: each((name) =>
      total(
        highest.map((quantities) => quantities[name]),
        'charges',
      ),
    ),
    feeOf: (line) => (billed.has(line) ? line.part.fee : made(ZERO, 'billed in another piece of the period', at)),
  };
}

/** The piece with the greatest commitment; the first of equal ones. */
function greatestPiece(pieces: readonly (readonly ReadLine[])[]): readonly ReadLine[] {
  const committed = pieces.map((piece) => added(piece).committed);
  const most = greatest(committed);
  const at = committed.findIndex(
    (one) => one.state === most.state && (one.state !== 'known' || one.value === (most as typeof one).value),
  );
  return pieces[Math.max(0, at)] ?? [];
}
