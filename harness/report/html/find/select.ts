/** Filters and sorts: what of all findings a reader sees, and how many there would be behind each chip. */
import { absolute, compareDecimals, type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Finding } from '../../../domain/run-result.ts';
import { namesStatus, parseQuery, type Query } from './query.ts';
import type { Entry, SearchIndex } from './search-index.ts';
import type { FindingTable } from './table.ts';
import { type FindingStatus, type SortKey, STATUSES, type ViewState } from './view-state.ts';

/** Rows on one page of the table. */
export const PAGE_SIZE = 20;

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

/** What a row is sorted by; null where it has none of it. */
const KEYS: Readonly<
  Record<Exclude<SortKey, 'money' | 'delta' | 'status'>, (table: FindingTable, row: number) => string | null>
> = {
  rule: (table, row) => table.text('rule', row),
  org: (table, row) => {
    const [first] = JSON.parse(table.text('orgs', row) ?? '[]') as Finding['orgs'];
    return first === undefined ? null : (first.name ?? first.id).toLowerCase();
  },
  product: (table, row) => table.text('sku', row) ?? table.text('partNumber', row),
};

const orderByText =
  (of: readonly (string | null)[], sign: 1 | -1) =>
  (a: Entry, b: Entry): number => {
    const [x, y] = [of[a.at] ?? null, of[b.at] ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * byText(x, y);
  };

function orderByDelta(table: FindingTable, sign: 1 | -1): (a: Entry, b: Entry) => number {
  const deltas = Array.from({ length: table.length }, (_, row): Decimal | null => {
    const text = table.text('delta', row);
    const delta = text === null ? null : parseDecimal(text);
    return delta === null ? null : absolute(delta);
  });
  return (a, b) => {
    const [x, y] = [deltas[a.at] ?? null, deltas[b.at] ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * compareDecimals(x, y);
  };
}

/** Entries without the thing that is sorted by come last in either direction. */
function order(table: FindingTable, key: SortKey, sign: 1 | -1): (a: Entry, b: Entry) => number {
  switch (key) {
    case 'money':
      return (a, b) => {
        const [x, y] = [table.text('amount', a.at), table.text('amount', b.at)];
        if (x === null || y === null) return Number(x === null) - Number(y === null);
        return -sign * (a.at - b.at);
      };
    case 'delta':
      return orderByDelta(table, sign);
    case 'status': {
      const rank = new Map<string | null, number>(STATUSES.map((status, at) => [status, at]));
      const of = (entry: Entry): number => rank.get(table.text('status', entry.at)) ?? 0;
      return (a, b) => sign * (of(a) - of(b));
    }
    default: {
      const of = KEYS[key];
      return orderByText(
        Array.from({ length: table.length }, (_, row) => of(table, row)),
        sign,
      );
    }
  }
}

/** The given order is the one by money, largest first, so that the common case costs nothing. */
function sorted(table: FindingTable, entries: readonly Entry[], state: ViewState): readonly Entry[] {
  if (state.sort === 'money' && state.descending) return entries;
  const compare = order(table, state.sort, state.descending ? -1 : 1);
  return [...entries].sort((a, b) => compare(a, b) || a.at - b.at);
}

export function select(index: SearchIndex, state: ViewState): Selection {
  const { table, entries } = index;
  const query = parseQuery(state.query);
  const rows = index.rowsOf(query);
  const statusByQuery = namesStatus(query);
  const statuses = new Set<string>(state.statuses);
  const rules = new Set(state.rules);
  const byStatus = new Map<FindingStatus, number>();
  const byRule = new Map<string, number>();
  const kept: Entry[] = [];
  for (const entry of entries) {
    if (rows[entry.at] === 0) continue;
    const status = (table.text('status', entry.at) ?? '') as FindingStatus;
    const rule = table.text('rule', entry.at) ?? '';
    const rightRule = rules.size === 0 || rules.has(rule);
    const rightStatus = statusByQuery || statuses.has(status);
    if (rightRule) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (rightStatus) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    if (rightRule && rightStatus) kept.push(entry);
  }
  return {
    query,
    entries: sorted(table, kept, state),
    byStatus,
    byRule: [...byRule].sort((a, b) => b[1] - a[1] || byText(a[0], b[0])),
    statusByQuery,
  };
}
