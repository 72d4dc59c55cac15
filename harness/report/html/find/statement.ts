/** The statement in the page: packed, ordered, searched and sorted. */
import { absolute, compareDecimals, type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { StatementRow } from '../../../domain/run-result.ts';
import { isNothing } from '../../words/common.ts';
import { type PackedCustomers, packCustomers } from './customer-pack.ts';
import type { Customer } from './customers.ts';
import { columnOf, type PackedColumn } from './pack.ts';
import { HOLDS, parseQuery, type Term, type TextField } from './query.ts';
import { spread } from './table.ts';

const TEXTS = [
  'region',
  'appId',
  'partNumber',
  'sku',
  'currency',
  'legacy',
  'contract',
  'difference',
  'findings',
  'residual',
  'note',
] as const satisfies readonly (keyof StatementRow)[];

export interface PackedStatement {
  readonly length: number;
  readonly orgs: PackedColumn;
  readonly period: PackedColumn;
  readonly texts: Readonly<Record<(typeof TEXTS)[number], PackedColumn>>;
  readonly customers: PackedCustomers;
}

export function packStatement(rows: readonly StatementRow[], customers: readonly Customer[] = []): PackedStatement {
  const orgs = columnOf(rows, (row) => JSON.stringify(row.orgs));
  const texts = TEXTS.map((name) => [name, columnOf(rows, (row) => row[name])] as const);
  return {
    length: rows.length,
    orgs,
    customers: packCustomers(customers, orgs.values),
    period: columnOf(rows, ({ period }) => (period === null ? null : JSON.stringify(period))),
    texts: Object.fromEntries(texts) as PackedStatement['texts'],
  };
}

/** By row what stands in a column; each distinct value is made once. */
function cells<T>(packed: PackedColumn, length: number, of: (text: string) => T): readonly (T | null)[] {
  const { values, at } = spread(packed, length);
  const made = values.map(of);
  return Array.from(at, (place) => (place === 0 ? null : (made[place - 1] ?? null)));
}

export function unpackStatement({ length, orgs, period, texts }: PackedStatement): readonly StatementRow[] {
  const orgsOf = cells(orgs, length, (text) => JSON.parse(text) as StatementRow['orgs']);
  const periodOf = cells(period, length, (text) => JSON.parse(text) as NonNullable<StatementRow['period']>);
  const columns = TEXTS.map((name) => [name, cells(texts[name], length, (text) => text)] as const);
  return orgsOf.map((of, row) => {
    const values = Object.fromEntries(columns.map(([name, column]) => [name, column[row] ?? null]));
    return { ...values, orgs: of ?? [], period: periodOf[row] ?? null } as unknown as StatementRow;
  });
}

const sizeOf = (amount: string): Decimal => absolute(parseDecimal(amount) ?? ('0' as Decimal));

/** Binary numbers keep the order of decimals; where they are the same, the decimals decide. */
const bySize = (a: string, b: string): number => {
  const [x, y] = [sizeOf(a), sizeOf(b)];
  return Number(x) - Number(y) || compareDecimals(x, y);
};

interface Placed {
  readonly row: StatementRow;
  readonly amount: string;
}

/** The largest of each currency, then the second of each, and so on: amounts of two currencies are never compared. */
function byRank(placed: readonly Placed[]): StatementRow[] {
  const byCurrency = new Map<string, Placed[]>();
  for (const one of placed) {
    const group = byCurrency.get(one.row.currency);
    if (group === undefined) byCurrency.set(one.row.currency, [one]);
    else group.push(one);
  }
  const ranked = [...byCurrency.values()].flatMap((all) =>
    [...all].sort((a, b) => bySize(b.amount, a.amount)).map(({ row }, rank) => ({ row, rank })),
  );
  return ranked.sort((a, b) => a.rank - b.rank || byText(a.row.currency, b.row.currency)).map(({ row }) => row);
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A residual first, then what differs, then what cannot be worked out, then what bills the same. */
export function worstFirst(rows: readonly StatementRow[]): readonly StatementRow[] {
  const odd: Placed[] = [];
  const apart: Placed[] = [];
  const unknown: StatementRow[] = [];
  const same: StatementRow[] = [];
  for (const row of rows) {
    if (row.residual !== null && !isNothing(row.residual)) odd.push({ row, amount: row.residual });
    else if (row.difference === null) unknown.push(row);
    else if (!isNothing(row.difference)) apart.push({ row, amount: row.difference });
    else same.push(row);
  }
  return [...byRank(odd), ...byRank(apart), ...unknown, ...same];
}

export type StatementSort =
  | 'worst'
  | 'org'
  | 'product'
  | 'legacy'
  | 'contract'
  | 'difference'
  | 'findings'
  | 'residual';

const FIELDS: Readonly<Partial<Record<TextField, (row: StatementRow) => string>>> = {
  org: ({ orgs }) => orgs.map(({ id, name }) => `${id} ${name ?? ''}`).join(' '),
  sku: ({ sku, partNumber }) => `${sku} ${partNumber}`,
  app: ({ appId }) => appId ?? '',
  region: ({ region }) => region ?? '',
  currency: ({ currency }) => currency,
};

const wholeOf = (row: StatementRow): string =>
  [...Object.values(FIELDS).map((of) => of(row)), row.note ?? ''].join(' ').toLowerCase();

function fits(term: Term, row: StatementRow, whole: () => string): boolean {
  if (term.kind === 'money') {
    return row.difference !== null && HOLDS[term.operator](compareDecimals(sizeOf(row.difference), term.amount));
  }
  const of = term.field === null ? null : FIELDS[term.field];
  return (of == null ? whole() : of(row).toLowerCase()).includes(term.value);
}

/** Amounts by currency first; what is not known comes last in either direction. */
function order(sort: StatementSort, sign: 1 | -1): ((a: StatementRow, b: StatementRow) => number) | null {
  switch (sort) {
    case 'worst':
      return null;
    case 'org':
      return (a, b) => sign * byText(nameOf(a), nameOf(b));
    case 'product':
      return (a, b) => sign * byText(a.sku, b.sku);
    default:
      return (a, b) => {
        const [x, y] = [a[sort], b[sort]];
        if (x === null || y === null) return Number(x === null) - Number(y === null);
        return byText(a.currency, b.currency) || sign * bySize(x, y);
      };
  }
}

const nameOf = ({ orgs: [first] }: StatementRow): string => (first?.name ?? first?.id ?? '').toLowerCase();

export interface StatementView {
  readonly query: string;
  readonly sort: StatementSort;
  readonly descending: boolean;
}

export interface StatementSelection {
  readonly rows: readonly StatementRow[];
  /** Tokens that are not understood here, as typed. */
  readonly misread: readonly string[];
}

/** Finds and sorts; the given order is the one with the worst first. */
export class StatementIndex {
  readonly rows: readonly StatementRow[];
  readonly #wholes = new Map<StatementRow, string>();

  constructor(rows: readonly StatementRow[]) {
    this.rows = rows;
  }

  /** `org:`, `sku:`, `app:`, `region:`, `currency:` and `money:` (the size of the difference) as for findings; else plain words. */
  select({ query, sort, descending }: StatementView): StatementSelection {
    const { terms, misread } = parseQuery(query);
    const foreign = terms.flatMap((term) =>
      term.kind === 'text' && term.field !== null && FIELDS[term.field] === undefined ? [`${term.field}:`] : [],
    );
    const found = this.rows.filter((row) =>
      terms.every((term) => fits(term, row, () => this.#whole(row)) !== term.negated),
    );
    const compare = order(sort, descending ? -1 : 1);
    return { rows: compare === null ? found : found.sort(compare), misread: [...misread, ...foreign] };
  }

  #whole(row: StatementRow): string {
    const known = this.#wholes.get(row);
    if (known !== undefined) return known;
    const whole = wholeOf(row);
    this.#wholes.set(row, whole);
    return whole;
  }
}

/** The billing period that all rows share; null where they have several or none. */
export function sharedPeriod(rows: readonly StatementRow[]): StatementRow['period'] {
  const [first] = rows;
  const text = JSON.stringify(first?.period ?? null);
  return rows.every(({ period }) => JSON.stringify(period) === text) ? (first?.period ?? null) : null;
}
