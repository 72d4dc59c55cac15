/** Filters and sorts: what of all findings a reader sees, and how many there would be behind each chip. */
import { absolute, compareDecimals, type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Finding } from '../../../domain/run-result.ts';
import { matches, namesStatus, parseQuery, type Query } from './query.ts';
import type { Entry } from './search-index.ts';
import { type FindingStatus, type SortKey, STATUSES, type ViewState } from './view-state.ts';

/** Rows on one page of the table. */
export const PAGE_SIZE = 200;

export interface Selection {
  readonly query: Query;
  /** Sorted. */
  readonly entries: readonly Entry[];
  /** How many a status would show, the other filters being as they are. */
  readonly byStatus: ReadonlyMap<FindingStatus, number>;
  /** How many a rule would show, the other filters being as they are; by count, then by name. */
  readonly byRule: readonly (readonly [string, number])[];
  /** The query names statuses itself, so that the chips do not count. */
  readonly statusByQuery: boolean;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const productOf = (finding: Finding): string => finding.sku ?? finding.partNumber ?? '';
const orgOf = (finding: Finding): string => (finding.orgs[0]?.name ?? finding.orgs[0]?.id ?? '').toLowerCase();

const deltaOf = (finding: Finding): Decimal | null => {
  const delta = finding.delta === null ? null : parseDecimal(finding.delta);
  return delta === null ? null : absolute(delta);
};

/** Entries without the thing that is sorted by come last in either direction. */
function order(key: SortKey, sign: 1 | -1): (a: Entry, b: Entry) => number {
  const rank = new Map<string, number>(STATUSES.map((status, at) => [status, at]));
  const lastIfEmpty = (a: string, b: string): number => {
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    return sign * byText(a, b);
  };
  switch (key) {
    case 'money':
      return (a, b) => {
        const without = Number(a.amounts.length === 0) - Number(b.amounts.length === 0);
        return without !== 0 ? without : a.amounts.length === 0 ? a.at - b.at : -sign * (a.at - b.at);
      };
    case 'status':
      return (a, b) => sign * ((rank.get(a.finding.status) ?? 0) - (rank.get(b.finding.status) ?? 0));
    case 'rule':
      return (a, b) => sign * byText(a.finding.rule, b.finding.rule);
    case 'org':
      return (a, b) => lastIfEmpty(orgOf(a.finding), orgOf(b.finding));
    case 'product':
      return (a, b) => lastIfEmpty(productOf(a.finding), productOf(b.finding));
    case 'delta': {
      const deltas = new Map<Entry, Decimal | null>();
      const of = (entry: Entry): Decimal | null => {
        const found = deltas.get(entry);
        if (found !== undefined) return found;
        const delta = deltaOf(entry.finding);
        deltas.set(entry, delta);
        return delta;
      };
      return (a, b) => {
        const [x, y] = [of(a), of(b)];
        if (x === null || y === null) return Number(x === null) - Number(y === null);
        return sign * compareDecimals(x, y);
      };
    }
  }
}

/** The given order is the one by money, largest first, so that the common case costs nothing. */
function sorted(entries: readonly Entry[], state: ViewState): readonly Entry[] {
  if (state.sort === 'money' && state.descending) return entries;
  const compare = order(state.sort, state.descending ? -1 : 1);
  return [...entries].sort((a, b) => compare(a, b) || a.at - b.at);
}

export function select(index: readonly Entry[], state: ViewState): Selection {
  const query = parseQuery(state.query);
  const statusByQuery = namesStatus(query);
  const statuses = new Set<string>(state.statuses);
  const rules = new Set(state.rules);
  const byStatus = new Map<FindingStatus, number>();
  const byRule = new Map<string, number>();
  const kept: Entry[] = [];
  for (const entry of index) {
    if (!matches(query, entry)) continue;
    const { status, rule } = entry.finding;
    const rightRule = rules.size === 0 || rules.has(rule);
    const rightStatus = statusByQuery || statuses.has(status);
    if (rightRule) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (rightStatus) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    if (rightRule && rightStatus) kept.push(entry);
  }
  return {
    query,
    entries: sorted(kept, state),
    byStatus,
    byRule: [...byRule].sort((a, b) => b[1] - a[1] || byText(a[0], b[0])),
    statusByQuery,
  };
}
