/** Points of legacy against contract quantity, by root cause. For drawing alone: positions are floating point, judgements are not. */
import { scaleLog } from 'd3-scale';
import type { RunResult } from '../../../domain/run-result.ts';
import type { Check } from '../../reporter.ts';

/** Side of the square that is drawn on, without its axes; in units of the drawing. */
export const PLOT = 400;
/** Room at the low end for what has no logarithm: zero, and what is below it. */
export const ZERO_BAND = 26;

const QUANTITY_RULES: ReadonlySet<string> = new Set([
  'committed-quantity',
  'included-quantity',
  'actual-quantity',
  'overage-quantity',
]);
/** Share of the values that the axes are made for. */
const USUAL_SHARE = 0.985;
/** From here on the others are far beyond: two powers of ten. */
const FAR_BEYOND = 100;
/** Root causes with a mark of their own; the others share one. */
const NAMED_CAUSES = 6;

export interface Series {
  /** Cause id, `unexplained`, `other` (causes), `tolerated` (waived and unstable ones too) or `match`. */
  readonly key: string;
  readonly title: string;
  /** Checks behind it; points in the same place are drawn once. */
  readonly count: number;
  /** Smallest and largest contract ÷ legacy, where legacy is not zero; null if it always is. */
  readonly ratios: readonly [number, number] | null;
  /** From the lower left, in units of the drawing; sorted. */
  readonly points: readonly (readonly [number, number])[];
}

export interface QuantityPicture {
  /** In the order in which they are drawn: what agrees lies at the bottom. */
  readonly series: readonly Series[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

interface Point {
  readonly key: string;
  readonly legacy: number;
  readonly contract: number;
}

function keyOf(check: Check, named: ReadonlySet<string>): string {
  if (check.status === 'match') return 'match';
  if (check.status !== 'mismatch') return 'tolerated';
  if (check.rootCause === null) return 'unexplained';
  return named.has(check.rootCause) ? check.rootCause : 'other';
}

function pointsOf(checks: Iterable<Check>, named: ReadonlySet<string>): Point[] {
  const points: Point[] = [];
  for (const check of checks) {
    if (!QUANTITY_RULES.has(check.rule) || check.legacy === null || check.contract === null) continue;
    const legacy = Number(check.legacy);
    const contract = Number(check.contract);
    if (Number.isFinite(legacy) && Number.isFinite(contract))
      points.push({ key: keyOf(check, named), legacy, contract });
  }
  return points;
}

const short = (value: number): string =>
  value >= 1 ? new Intl.NumberFormat('en', { notation: 'compact' }).format(value) : String(value);

/** Least and most power of ten that the axes hold. Few values far beyond the rest would leave the plot empty: they share a band. */
function domainOf(points: readonly Point[]): {
  readonly least: number;
  readonly most: number;
  readonly beyond: boolean;
} {
  const values = Float64Array.from(points.flatMap(({ legacy, contract }) => [legacy, contract]))
    .filter((value) => value > 0)
    .sort();
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return { least: 1, most: 10, beyond: false };
  const above = (value: number): number => 10 ** Math.ceil(Math.log10(value) + 0.01);
  const usual = above(values[Math.floor(values.length * USUAL_SHARE)] ?? last);
  const beyond = above(last) / usual >= FAR_BEYOND;
  return { least: 10 ** Math.floor(Math.log10(first)), most: beyond ? usual : above(last), beyond };
}

function scaleOf(points: readonly Point[]) {
  const { least, most, beyond } = domainOf(points);
  const end = beyond ? PLOT - ZERO_BAND : PLOT;
  const scale = scaleLog().domain([least, most]).range([ZERO_BAND, end]);
  const decades = scale.ticks().filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9));
  const step = Math.ceil(decades.length / 7);
  const place = (value: number): number => {
    if (value <= 0) return ZERO_BAND / 2;
    return value > most ? PLOT - ZERO_BAND / 2 : scale(value);
  };
  return {
    place,
    ticks: [
      { at: ZERO_BAND / 2, label: '≤ 0' },
      ...decades
        .filter((tick, at) => at % step === 0 && scale(tick) > ZERO_BAND + 14 && scale(tick) < PLOT - ZERO_BAND)
        .map((tick) => ({ at: scale(tick), label: short(tick) })),
      ...(beyond ? [{ at: PLOT - ZERO_BAND / 2, label: `> ${short(most)}` }] : []),
    ],
  };
}

const TITLES: Readonly<Record<string, string>> = {
  match: 'Agree',
  tolerated: 'Tolerated, waived or unstable',
  other: 'Other causes',
  unexplained: 'Not explained',
};

function seriesOf(key: string, points: readonly Point[], place: (value: number) => number, title: string): Series {
  const seen = new Map<string, readonly [number, number]>();
  let ratios: [number, number] | null = null;
  for (const { legacy, contract } of points) {
    const at = [Math.round(place(legacy)), Math.round(place(contract))] as const;
    seen.set(at.join(), at);
    if (legacy === 0) continue;
    const ratio = contract / legacy;
    ratios = ratios === null ? [ratio, ratio] : [Math.min(ratios[0], ratio), Math.max(ratios[1], ratio)];
  }
  return {
    key,
    title,
    count: points.length,
    ratios,
    points: [...seen.values()].sort(([a, b], [c, d]) => a - c || b - d),
  };
}

/** @returns null if no quantity was stated on both sides. */
export function quantityPicture(checks: Iterable<Check>, causes: RunResult['rootCauses']): QuantityPicture | null {
  const hits = new Map<string, number>();
  for (const { rule, rootCause } of checks) {
    if (rootCause !== null && QUANTITY_RULES.has(rule)) hits.set(rootCause, (hits.get(rootCause) ?? 0) + 1);
  }
  const named = [...hits].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  const points = pointsOf(checks, new Set(named.slice(0, NAMED_CAUSES)));
  if (points.length === 0) return null;
  const { place, ticks } = scaleOf(points);
  const byKey = new Map<string, Point[]>();
  for (const point of points) {
    const list = byKey.get(point.key);
    if (list === undefined) byKey.set(point.key, [point]);
    else list.push(point);
  }
  const order = ['match', 'tolerated', 'other', ...named.slice(0, NAMED_CAUSES).reverse(), 'unexplained'];
  const titleOf = (key: string): string => TITLES[key] ?? causes.find(({ id }) => id === key)?.title ?? key;
  const series = order
    .filter((key) => byKey.has(key))
    .map((key) => seriesOf(key, byKey.get(key) ?? [], place, titleOf(key)));
  return { series, ticks };
}
