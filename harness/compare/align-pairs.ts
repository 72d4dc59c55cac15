/** Product by product: the lines of both sides that must say the same, and why some cannot be set against each other. */
import { ascending, group } from 'd3-array';
import type { BillingPeriod } from '../domain/billing-period.ts';
import { knownValue } from '../domain/figure.ts';
import type { Line } from '../domain/line.ts';
import type { OrgRef } from '../domain/side.ts';
import { isNonzero } from './contract-index.ts';
import { expectedProducts, type Ground, type ScopedOrg } from './ground.ts';
import { Groups } from './groups.ts';
import type { Subscription } from './legacy-orgs.ts';
import { type PairMaterial, PLAIN } from './pair.ts';
import { type ContextOf, pairContexts } from './pair-context.ts';
import type { ProductGroup } from './products.ts';

/** All pairs, ordered by organisations, product and period. */
export function alignPairs(ground: Ground): readonly PairMaterial[] {
  const contextOf = pairContexts(ground);
  const contractLines = contractLinesByProduct(ground);
  const legacyLines = legacyLinesByProduct(ground, ({ lines }) => lines);
  const breakdowns = legacyLinesByProduct(ground, (subscription) => subscription.breakdowns);
  const pairs = ground.products.groups.flatMap((product) =>
    productPairs(ground, product, contextOf, {
      legacy: legacyLines.get(product) ?? [],
      contract: contractLines.get(product) ?? [],
      breakdowns: breakdowns.get(product) ?? [],
    }),
  );
  const covered = new Set(pairs.flatMap((pair) => pair.orgs.map((org) => org.id)));
  const silent = [...ground.scope.values()].filter((scoped) => !covered.has(scoped.org.id));
  return [...pairs, ...silent.flatMap((scoped) => expectedPairs(ground, scoped))].sort((a, b) =>
    ascending(a.key, b.key),
  );
}

/** The contract side does not prove it missing. */
const mayBeThere = ({ presence }: ScopedOrg): boolean =>
  presence.contract.state === 'present' || presence.contract.state === 'uncertain';

type LinesByProduct = ReadonlyMap<ProductGroup | undefined, readonly Line[]>;

function legacyLinesByProduct(ground: Ground, linesOf: (of: Subscription) => readonly Line[]): LinesByProduct {
  const lines = [...ground.scope.values()].flatMap((scoped) =>
    scoped.legacy.state === 'present' && mayBeThere(scoped) ? linesOf(scoped.legacy.subscription) : [],
  );
  return group(lines, ({ product }) => ground.products.byPartNumber(product));
}

/** Contract lines that concern an organisation in scope, in the period that legacy shows for it (else: that is asked for). */
function contractLinesByProduct(ground: Ground): LinesByProduct {
  const asked = new Set([...ground.scope.values()].flatMap((scoped) => scoped.wantedLines));
  const lines = ground.contract.lines.filter((line) => concerns(ground, line, asked));
  return group(lines, ({ product }) => ground.products.bySku(product));
}

function concerns(ground: Ground, line: Line, asked: ReadonlySet<Line>): boolean {
  let dated = false;
  for (const { id } of line.orgs) {
    const legacy = ground.scope.get(id)?.legacy;
    if (legacy?.state !== 'present') continue;
    dated = true;
    if (ground.readings.fit.belongs(line.period, legacy.subscription.period)) return true;
  }
  return !dated && asked.has(line);
}

interface Heap {
  readonly ids: Set<string>;
  readonly legacy: Line[];
  readonly contract: Line[];
  /** Rows that only break others down, of organisations that have no other row of the product. */
  readonly breakdowns: Line[];
}

interface ProductLines {
  readonly legacy: readonly Line[];
  readonly contract: readonly Line[];
  readonly breakdowns: readonly Line[];
}

function productPairs(
  ground: Ground,
  product: ProductGroup,
  contextOf: ContextOf,
  { legacy, contract, breakdowns }: ProductLines,
): PairMaterial[] {
  const groups = new Groups();
  for (const line of contract) groups.join(line.orgs.map((org) => org.id));
  const heaps = new Map<string, Heap>();
  const heapOf = (line: Line): Heap => {
    const root = groups.rootOf(line.orgs[0]?.id ?? '');
    let heap = heaps.get(root);
    if (heap === undefined) {
      heap = { ids: new Set(), legacy: [], contract: [], breakdowns: [] };
      heaps.set(root, heap);
    }
    for (const org of line.orgs) heap.ids.add(org.id);
    return heap;
  };
  for (const line of contract) heapOf(line).contract.push(line);
  for (const line of legacy) heapOf(line).legacy.push(line);
  const stated = new Set(legacy.map(({ orgs }) => orgs[0]?.id));
  for (const line of breakdowns) if (!stated.has(line.orgs[0]?.id)) heapOf(line).breakdowns.push(line);
  return [...heaps.values()]
    .filter((heap) => isAnswerable(ground, heap))
    .map((heap) => pairOf(ground, product, contextOf, heap));
}

/** Charges of nobody but organisations that legacy does not know are told by the missing organisation alone. */
const isAnswerable = (ground: Ground, heap: Heap): boolean =>
  [...heap.ids].some((id) => {
    const state = ground.scope.get(id)?.legacy.state;
    return state === 'present' || state === 'unread';
  });

function pairOf(ground: Ground, product: ProductGroup, contextOf: ContextOf, heap: Heap): PairMaterial {
  const orgs = [...heap.ids].sort().map((id): OrgRef => ground.names.get(id) ?? { id, name: null });
  const { period, problem } = sharedPeriod(ground, orgs);
  const legacyLines = inOrder(heap.legacy);
  const contractLines = inOrder(billed(heap.contract));
  const shown = period ?? contractLines[0]?.period ?? null;
  return {
    key: keyOf(product, orgs, shown),
    product,
    orgs,
    region: regionOf(ground, orgs),
    period: shown,
    legacyLines,
    contractLines,
    obstacle:
      memberObstacle(ground, orgs) ??
      problem ??
      breakdownObstacle(heap.breakdowns) ??
      nobodysObstacle(ground, contractLines) ??
      contractObstacle(ground, orgs, period, contractLines),
    legacyGap: gapOf(ground, orgs),
    ...contextOf(product, orgs, { legacyLines, contractLines, period: shown }),
  };
}

/** A plan counts where nothing is charged for it; beside a charge or a wallet it only says what that follows from. */
function billed(lines: readonly Line[]): readonly Line[] {
  const charged = lines.filter(({ origin }) => origin !== 'plan');
  return charged.length > 0 ? charged : lines;
}

function nobodysObstacle({ nobodys }: Ground, contractLines: readonly Line[]): string | null {
  const line = contractLines.find((each) => isNonzero(each) && nobodys.has(`${each.at.exchange}#${each.at.pointer}`));
  return line === undefined ? null : (nobodys.get(`${line.at.exchange}#${line.at.pointer}`) ?? null);
}

function breakdownObstacle([line]: readonly Line[]): string | null {
  if (line === undefined) return null;
  return `legacy states ${line.product} only in a row that breaks another one down (rollup-usage), so its use is not told by itself`;
}

const keyOf = (product: ProductGroup, orgs: readonly OrgRef[], period: BillingPeriod | null): string =>
  `${orgs.map((org) => org.id).join(' ')}|${product.key}|${period?.start ?? ''}`;

/** A fixed order, whichever way the answers came: what a folded figure shows as its place must not depend on it. */
function inOrder(lines: readonly Line[]): readonly Line[] {
  const keyed = lines.map((line) => ({ line, key: orderKey(line) }));
  return keyed.sort((a, b) => ascending(a.key, b.key)).map(({ line }) => line);
}

const orderKey = (line: Line): string =>
  [
    line.orgs.map((org) => org.id).join(' '),
    line.period.start,
    line.product,
    line.charge?.contractId ?? '',
    line.charge?.chargeId ?? '',
    ...[line.committed, line.included, line.actual].map((figure) => knownValue(figure) ?? ''),
    line.at.exchange,
    line.at.pointer,
  ].join('|');

function regionOf(ground: Ground, orgs: readonly OrgRef[]): string | null {
  const regions = new Set(orgs.map((org) => ground.scope.get(org.id)?.region ?? null));
  const [region] = regions;
  return regions.size === 1 ? (region ?? null) : null;
}

function gapOf(ground: Ground, orgs: readonly OrgRef[]): string | null {
  for (const { id } of orgs) {
    const legacy = ground.scope.get(id)?.legacy;
    if (legacy?.state === 'present' && legacy.gap !== null) return legacy.gap;
  }
  return null;
}

const called = (org: OrgRef): string => org.name ?? org.id;

/** Why one of the organisations keeps all of them from being compared. */
function memberObstacle(ground: Ground, orgs: readonly OrgRef[]): string | null {
  for (const org of orgs) {
    const scoped = ground.scope.get(org.id);
    if (scoped === undefined) {
      const why = ground.policy.orgs === null ? 'which legacy does not know' : 'which is not in the scenario';
      return `the contract side charges it together with ${called(org)}, ${why}, so it has no figure of its own`;
    }
    const { legacy } = scoped;
    if (legacy.state === 'unread') return orgs.length === 1 ? legacy.reason : `${legacy.reason} (${called(org)})`;
    if (legacy.state === 'unknown') {
      return `the contract side charges it together with ${called(org)}, which legacy does not know, so it has no figure of its own`;
    }
  }
  return null;
}

/** The legacy period of all of them: the one that most have, if the others' are the same but for a few days. */
function sharedPeriod(
  ground: Ground,
  orgs: readonly OrgRef[],
): { readonly period: BillingPeriod | null; readonly problem: string | null } {
  const counted = new Map<string, { readonly period: BillingPeriod; count: number }>();
  for (const { id } of orgs) {
    const legacy = ground.scope.get(id)?.legacy;
    if (legacy?.state !== 'present') continue;
    const { period } = legacy.subscription;
    const key = `${period.start}${period.end}`;
    const entry = counted.get(key);
    if (entry === undefined) counted.set(key, { period, count: 1 });
    else entry.count += 1;
  }
  const [most, ...others] = [...counted.values()].sort(
    (a, b) => b.count - a.count || ascending(a.period.start, b.period.start),
  );
  if (most === undefined) return { period: null, problem: null };
  const stranger = others.find(({ period }) => !ground.readings.fit.belongs(period, most.period));
  if (stranger === undefined) return { period: most.period, problem: null };
  const problem = `the contract side charges several organisations together, but legacy bills them in different periods (${spoken(most.period)}, and ${spoken(stranger.period)})`;
  return { period: most.period, problem };
}

const spoken = (period: BillingPeriod): string => `${period.start} to ${period.end}`;

/** Why the contract side's figures are not fully known, or stand for another time. */
function contractObstacle(
  ground: Ground,
  orgs: readonly OrgRef[],
  period: BillingPeriod | null,
  contractLines: readonly Line[],
): string | null {
  const { index, readings } = ground;
  for (const { id } of orgs) {
    const unread = index.unreadPart(id, period);
    if (unread !== null) return unread;
    if (period === null) continue;
    const coverage = readings.fit.coverage(index.piecesOf(id, period), period);
    if (coverage === 'none' || coverage === 'under-half') {
      return index.incomplete ?? `no contract period contains the legacy period ${spoken(period)}`;
    }
    if (index.incomplete !== null && (coverage !== 'all' || contractLines.length === 0)) return index.incomplete;
  }
  return null;
}

/** Organisations of which neither side gave any line: what the scenario expects of them stays open, product by product. */
function expectedPairs(ground: Ground, scoped: ScopedOrg): PairMaterial[] {
  const obstacle = silence(scoped);
  if (obstacle === null) return [];
  return expectedProducts(ground, scoped.org.id).map((product) => ({
    ...PLAIN,
    key: keyOf(product, [scoped.org], null),
    product,
    orgs: [scoped.org],
    region: scoped.region,
    period: null,
    legacyLines: [],
    contractLines: [],
    obstacle,
    legacyGap: null,
  }));
}

function silence({ legacy, presence }: ScopedOrg): string | null {
  if (legacy.state === 'unread') return legacy.reason;
  if (legacy.state === 'present') return null;
  if (presence.contract.state === 'present') return null;
  if (presence.contract.state === 'uncertain') {
    return `legacy does not know the organisation, and ${presence.contract.reason}`;
  }
  const rest = presence.contract.state === 'ended' ? `its contracts ${presence.contract.note}` : 'no contract names it';
  return `neither side tells anything about the organisation: legacy does not know it, and ${rest}`;
}
