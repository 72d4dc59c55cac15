/** Contract lines of one pair, folded: charges of one time add up; over the pieces of a cut period the kind of usage decides. */
import { ascending, group, rollup } from 'd3-array';
import type { Evidence } from '../domain/figure.ts';
import type { Line, UsageKind } from '../domain/line.ts';
import type { PairMaterial } from './pair.ts';
import type { PeriodFit, Span } from './period-fit.ts';
import { agreed, greatest, type Reading, readingOf, total, unclear } from './reading.ts';
import { ratesThatCount, type SideFigures, type SideReading, sizeOf } from './side-reading.ts';
import type { UnitWords } from './units.ts';

type Quantities = Pick<SideFigures, 'committed' | 'included' | 'actual' | 'overageQuantity' | 'overageCharge'>;
const NAMES = ['committed', 'included', 'actual', 'overageQuantity', 'overageCharge'] as const;
const NOUNS: Readonly<Record<(typeof NAMES)[number], string>> = {
  committed: 'prepaid quantity',
  included: 'fair-use quantity',
  actual: 'actual quantity',
  overageQuantity: 'overage quantity',
  overageCharge: 'overage charge',
};

/** @returns null if the contract side has no line of the pair. */
export function readContract(material: PairMaterial, fit: PeriodFit, units: UnitWords): SideReading | null {
  const lines = material.contractLines;
  const [first] = lines;
  if (first === undefined) return null;
  const quantities = quantitiesOf(material, slotsOf(lines, fit), first.at);
  const rates = {
    committedRate: rateOver(lines, 'committedRate', 'committed', 'committed rates'),
    overageRate: rateOver(lines, 'overageRate', 'overageQuantity', 'overage rates'),
    currency: agreed(
      lines.map((line) => readingOf(line.currency, 'currency')),
      'currencies',
    ),
    unit: agreed(
      lines.map((line) => readingOf(line.unit, 'unit of measure')),
      'units',
      units.same,
    ),
  };
  return { ...quantities, ...rates, at: first.at, size: sizeOf(quantities) };
}

function rateOver(
  lines: readonly Line[],
  rate: 'committedRate' | 'overageRate',
  quantity: 'committed' | 'overageQuantity',
  plural: string,
): Reading {
  const noun = rate === 'committedRate' ? 'committed rate' : 'overage rate';
  return agreed(
    ratesThatCount(
      lines.map((line) => ({ rate: readingOf(line[rate], noun), quantity: readingOf(line[quantity], quantity) })),
    ),
    plural,
  );
}

const each = (make: (name: (typeof NAMES)[number]) => Reading): Quantities => ({
  committed: make('committed'),
  included: make('included'),
  actual: make('actual'),
  overageQuantity: make('overageQuantity'),
  overageCharge: make('overageCharge'),
});

const added = (lines: readonly Line[]): Quantities =>
  each((name) =>
    total(
      lines.map((line) => readingOf(line[name], NOUNS[name])),
      'charges',
    ),
  );

/** Lines of one time: their periods are the same, or overlap by more than half (two contracts side by side). */
function slotsOf(lines: readonly Line[], fit: PeriodFit): readonly (readonly Line[])[] {
  const slots: { readonly span: Span; readonly lines: Line[] }[] = [];
  for (const line of [...lines].sort((a, b) => ascending(a.period.start, b.period.start))) {
    const slot = slots.find(({ span }) => fit.belongs(line.period, span));
    if (slot === undefined) slots.push({ span: line.period, lines: [line] });
    else slot.lines.push(line);
  }
  return slots.map((slot) => slot.lines);
}

function quantitiesOf(material: PairMaterial, slots: readonly (readonly Line[])[], at: Evidence): Quantities {
  const [busy = slots.flat(), ...more] = slots.filter((slot) => sizeOf(added(slot)) !== 'none');
  if (more.length === 0) return added(busy);
  const kind = kindOf(material);
  if (kind === 'sum') return added(slots.flat());
  if (kind === null) {
    const reason = `its billing period was cut into ${slots.length} pieces, and nothing says whether this product adds up over time (say its kind in the scenario)`;
    return each(() => unclear(reason, at));
  }
  return overTime(slots, at);
}

function kindOf(material: PairMaterial): UsageKind | null {
  if (material.product.kind !== null) return material.product.kind;
  const kinds = new Set(material.legacyLines.flatMap((line) => (line.kind === null ? [] : [line.kind])));
  const [kind = null] = kinds;
  return kinds.size === 1 ? kind : null;
}

const orgsKey = (line: Line): string => line.orgs.map((org) => org.id).join(' ');

/** Licences and high-water marks: the greatest over time for each set of organisations, then all sets together. */
function overTime(slots: readonly (readonly Line[])[], at: Evidence): Quantities {
  const pieces = slots.flatMap((slot) => [...group(slot, orgsKey)].map(([key, lines]) => ({ key, lines })));
  const sets = rollup(
    pieces,
    (own) => own.map(({ lines }) => lines),
    ({ key }) => key,
  );
  const all = [...sets.values()];
  if (all.some((own) => own.length < slots.length)) {
    const reason = 'its charges name other organisations before and after the billing period was cut';
    return each(() => unclear(reason, at));
  }
  const highest = all.map((own) => {
    const sums = own.map(added);
    return each((name) => greatest(sums.map((quantities) => quantities[name])));
  });
  return each((name) =>
    total(
      highest.map((quantities) => quantities[name]),
      'charges',
    ),
  );
}
