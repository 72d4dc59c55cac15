/** Product by product: the lines of both sides that must say the same, and why some cannot be set against each other. */
import { ascending, group } from 'd3-array';
import type { BillingPeriod } from '../../domain/billing-period.ts';
import { knownValue } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import type { OrgRef } from '../../domain/side.ts';
import { type ComparisonScope, expectedProducts, type ScopedOrg } from '../scope/comparison-scope.ts';
import { isNonzero } from '../scope/contract-index.ts';
import { Groups } from '../scope/groups.ts';
import type { Subscription } from '../scope/legacy-orgs.ts';
import type { ProductGroup } from '../scope/products.ts';
import { type PairMaterial, PLAIN } from './pair.ts';
import { type ContextOf, pairContexts } from './pair-context.ts';

/** All pairs, ordered by organisations, product and period. */
export function alignPairs(scope: ComparisonScope): readonly PairMaterial[] {
  const contextOf = pairContexts(scope);
  const contractLines = contractLinesByProduct(scope);
  const legacyLines = legacyLinesByProduct(scope, ({ lines }) => lines);
  const breakdowns = legacyLinesByProduct(scope, (subscription) => subscription.breakdowns);
  const pairs = scope.products.groups.flatMap((product) =>
    productPairs(scope, product, contextOf, {
      legacy: legacyLines.get(product) ?? [],
      contract: contractLines.get(product) ?? [],
      breakdowns: breakdowns.get(product) ?? [],
    }),
  );
  const covered = new Set(pairs.flatMap((pair) => pair.orgs.map((org) => org.id)));
  const silent = [...scope.orgs.values()].filter((scoped) => !covered.has(scoped.org.id));
  return [...pairs, ...silent.flatMap((scoped) => expectedPairs(scope, scoped))].sort((a, b) =>
    ascending(a.key, b.key),
  );
}

/** The contract side does not prove it missing. */
const isPossiblyPresent = ({ presence }: ScopedOrg): boolean =>
  presence.contract.state === 'present' || presence.contract.state === 'uncertain';

type LinesByProduct = ReadonlyMap<ProductGroup | undefined, readonly Line[]>;

function legacyLinesByProduct(scope: ComparisonScope, linesOf: (of: Subscription) => readonly Line[]): LinesByProduct {
  const lines = [...scope.orgs.values()].flatMap((scoped) =>
    scoped.legacy.state === 'present' && isPossiblyPresent(scoped) ? linesOf(scoped.legacy.subscription) : [],
  );
  return group(lines, ({ product }) => scope.products.byPartNumber(product));
}

/** Contract lines that concern an organisation in scope, in the period that legacy shows for it (else: that is asked for). */
function contractLinesByProduct(scope: ComparisonScope): LinesByProduct {
  const asked = new Set([...scope.orgs.values()].flatMap((scoped) => scoped.wantedLines));
  const lines = scope.contract.lines.filter((line) => concerns(scope, line, asked));
  return group(lines, ({ product }) => scope.products.bySku(product));
}

function concerns(scope: ComparisonScope, line: Line, asked: ReadonlySet<Line>): boolean {
  let dated = false;
  for (const { id } of line.orgs) {
    const legacy = scope.orgs.get(id)?.legacy;
    if (legacy?.state !== 'present') continue;
    dated = true;
    if (scope.readings.fit.belongs(line.period, legacy.subscription.period)) return true;
  }
  return !dated && asked.has(line);
}

interface PairDraft {
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
  scope: ComparisonScope,
  product: ProductGroup,
  contextOf: ContextOf,
  { legacy, contract, breakdowns }: ProductLines,
): PairMaterial[] {
  const groups = new Groups();
  for (const line of contract) groups.join(line.orgs.map((org) => org.id));
  const drafts = new Map<string, PairDraft>();
  const draftOf = (line: Line): PairDraft => {
    const root = groups.rootOf(line.orgs[0]?.id ?? '');
    let draft = drafts.get(root);
    if (draft === undefined) {
      draft = { ids: new Set(), legacy: [], contract: [], breakdowns: [] };
      drafts.set(root, draft);
    }
    for (const org of line.orgs) draft.ids.add(org.id);
    return draft;
  };
  for (const line of contract) draftOf(line).contract.push(line);
  for (const line of legacy) draftOf(line).legacy.push(line);
  const stated = new Set(legacy.map(({ orgs }) => orgs[0]?.id));
  for (const line of breakdowns) if (!stated.has(line.orgs[0]?.id)) draftOf(line).breakdowns.push(line);
  return [...drafts.values()]
    .filter((draft) => isAnswerable(scope, draft))
    .map((draft) => pairOf(scope, product, contextOf, draft));
}

/** Charges of nobody but organisations that legacy does not know are told by the missing organisation alone. */
const isAnswerable = (scope: ComparisonScope, draft: PairDraft): boolean =>
  [...draft.ids].some((id) => {
    const state = scope.orgs.get(id)?.legacy.state;
    return state === 'present' || state === 'unread';
  });

function pairOf(scope: ComparisonScope, product: ProductGroup, contextOf: ContextOf, draft: PairDraft): PairMaterial {
  const orgs = [...draft.ids].sort().map((id): OrgRef => scope.names.get(id) ?? { id, name: null });
  const { period, problem } = sharedPeriod(scope, orgs);
  const legacyLines = inOrder(draft.legacy);
  const contractLines = inOrder(billed(draft.contract));
  const shown = period ?? contractLines[0]?.period ?? null;
  return {
    key: keyOf(product, orgs, shown),
    product,
    orgs,
    region: regionOf(scope, orgs),
    period: shown,
    legacyLines,
    contractLines,
    notComparableReason:
      memberReason(scope, orgs) ??
      problem ??
      breakdownReason(draft.breakdowns) ??
      unnamedChargeReason(scope, contractLines) ??
      contractReason(scope, orgs, period, contractLines),
    unreadSource: unreadSourceOf(scope, orgs),
    ...contextOf(product, orgs, { legacyLines, contractLines, period: shown }),
  };
}

/** A plan counts where nothing is charged for it; beside a charge or a wallet it only says what that follows from. */
function billed(lines: readonly Line[]): readonly Line[] {
  const charged = lines.filter(({ origin }) => origin !== 'plan');
  return charged.length > 0 ? charged : lines;
}

function unnamedChargeReason({ nobodys }: ComparisonScope, contractLines: readonly Line[]): string | null {
  const line = contractLines.find((each) => isNonzero(each) && nobodys.has(`${each.at.exchange}#${each.at.pointer}`));
  return line === undefined ? null : (nobodys.get(`${line.at.exchange}#${line.at.pointer}`) ?? null);
}

function breakdownReason([line]: readonly Line[]): string | null {
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

function regionOf(scope: ComparisonScope, orgs: readonly OrgRef[]): string | null {
  const regions = new Set(orgs.map((org) => scope.orgs.get(org.id)?.region ?? null));
  const [region] = regions;
  return regions.size === 1 ? (region ?? null) : null;
}

function unreadSourceOf(scope: ComparisonScope, orgs: readonly OrgRef[]): string | null {
  for (const { id } of orgs) {
    const legacy = scope.orgs.get(id)?.legacy;
    if (legacy?.state === 'present' && legacy.gap !== null) return legacy.gap;
  }
  return null;
}

const called = (org: OrgRef): string => org.name ?? org.id;

/** Why one of the organisations keeps all of them from being compared. */
function memberReason(scope: ComparisonScope, orgs: readonly OrgRef[]): string | null {
  for (const org of orgs) {
    const scoped = scope.orgs.get(org.id);
    if (scoped === undefined) {
      const why = scope.policy.orgs === null ? 'which legacy does not know' : 'which is not in the scenario';
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
  scope: ComparisonScope,
  orgs: readonly OrgRef[],
): { readonly period: BillingPeriod | null; readonly problem: string | null } {
  const counted = new Map<string, { readonly period: BillingPeriod; count: number }>();
  for (const { id } of orgs) {
    const legacy = scope.orgs.get(id)?.legacy;
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
  const otherPeriod = others.find(({ period }) => !scope.readings.fit.belongs(period, most.period));
  if (otherPeriod === undefined) return { period: most.period, problem: null };
  const problem = `the contract side charges several organisations together, but legacy bills them in different periods (${periodWords(most.period)}, and ${periodWords(otherPeriod.period)})`;
  return { period: most.period, problem };
}

const periodWords = (period: BillingPeriod): string => `${period.start} to ${period.end}`;

/** Why the contract side's figures are not fully known, or stand for another time. */
function contractReason(
  scope: ComparisonScope,
  orgs: readonly OrgRef[],
  period: BillingPeriod | null,
  contractLines: readonly Line[],
): string | null {
  const { index, readings } = scope;
  for (const { id } of orgs) {
    const unread = index.unreadPart(id, period);
    if (unread !== null) return unread;
    if (period === null) continue;
    const coverage = readings.fit.coverage(index.piecesOf(id, period), period);
    if (coverage === 'none' || coverage === 'under-half') {
      return index.incomplete ?? `no contract period contains the legacy period ${periodWords(period)}`;
    }
    if (index.incomplete !== null && (coverage !== 'all' || contractLines.length === 0)) return index.incomplete;
  }
  return null;
}

/** Organisations of which neither side gave any line: what the scenario expects of them stays open, product by product. */
function expectedPairs(scope: ComparisonScope, scoped: ScopedOrg): PairMaterial[] {
  const reason = silence(scoped);
  if (reason === null) return [];
  return expectedProducts(scope, scoped.org.id).map((product) => ({
    ...PLAIN,
    key: keyOf(product, [scoped.org], null),
    product,
    orgs: [scoped.org],
    region: scoped.region,
    period: null,
    legacyLines: [],
    contractLines: [],
    notComparableReason: reason,
    unreadSource: null,
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
