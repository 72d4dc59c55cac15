/** Findings made ready for searching and sorting; what a search does not need is not made. */
import { compareDecimals, type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Finding, FindingMoney } from '../../../domain/run-result.ts';
import { type HistoryData, STANDING } from '../data.ts';
import type { ColumnName } from './pack.ts';
import { HOLDS, type Query, type Term, type TextField } from './query.ts';
import { type Column, FindingTable } from './table.ts';

/** One finding in a selection. */
export class Entry {
  /** Place in the given order: by money, then by a fixed key. */
  readonly at: number;
  readonly #table: FindingTable;

  constructor(table: FindingTable, at: number) {
    this.#table = table;
    this.at = at;
  }

  get finding(): Finding {
    return this.#table.finding(this.at);
  }
}

export const moneyOf = (finding: Finding): readonly FindingMoney[] =>
  finding.moneyAtRisk === null ? [] : [finding.moneyAtRisk, ...(finding.moreMoneyAtRisk ?? [])];

/** Fields whose values stand in a column as they are searched. */
const DIRECT: Partial<Record<TextField, ColumnName>> = {
  rule: 'rule',
  app: 'appId',
  region: 'region',
  category: 'category',
  side: 'side',
  id: 'id',
};
/** Searched by words without a field, beside all fields. */
const STATED: readonly ColumnName[] = ['legacy.value', 'contract.value', 'reason'];

export const orgText = (orgs: string): string => {
  const parsed = JSON.parse(orgs) as Finding['orgs'];
  return parsed.length === 0 ? 'none' : parsed.map(({ id, name }) => `${id} ${name ?? ''}`).join(' ');
};
const currenciesOf = (more: string | null): string =>
  more === null ? '' : (JSON.parse(more) as FindingMoney[]).map(({ currency }) => ` ${currency}`).join('');

const lower = ({ values, at }: Column, of: (value: string) => string = (value) => value): Column => ({
  values: values.map((value) => of(value).toLowerCase()),
  at,
});

export class SearchIndex {
  readonly table: FindingTable;
  readonly entries: readonly Entry[];
  readonly #history: HistoryData | null;
  readonly #columns = new Map<string, Column>();
  #amounts: Float64Array | null = null;

  constructor(table: FindingTable, history: HistoryData | null) {
    this.table = table;
    this.#history = history;
    this.entries = Array.from({ length: table.length }, (_, row) => new Entry(table, row));
  }

  /** 1 for each row that a query holds for. */
  rowsOf(query: Query): Uint8Array {
    const rows = new Uint8Array(this.table.length).fill(1);
    for (const term of query.terms) {
      const hits = term.kind === 'money' ? this.#money(term) : this.#text(term);
      const wanted = term.negated ? 0 : 1;
      for (let row = 0; row < rows.length; row++) if (hits[row] !== wanted) rows[row] = 0;
    }
    return rows;
  }

  /** Makes what searches will need, one piece a call. @returns whether there is more to make. */
  warm(): boolean {
    const next = [...this.#wordColumns()].find((name) => !this.#columns.has(name));
    if (next === undefined) return this.#amounts === null && this.#amountsByRow().length > 0;
    this.#column(next);
    return true;
  }

  *#wordColumns(): Iterable<string> {
    yield* ['org', 'status', 'sku', 'cause', 'currency', ...Object.keys(DIRECT), ...STATED];
  }

  #text({ field, value }: Extract<Term, { kind: 'text' }>): Uint8Array {
    const hits = new Uint8Array(this.table.length);
    for (const name of field === null ? this.#wordColumns() : [field]) {
      const { values, at } = this.#column(name);
      const holds = Uint8Array.from([0, ...values.map((text) => (text.includes(value) ? 1 : 0))]);
      for (let row = 0; row < hits.length; row++) if (holds[at[row] ?? 0] === 1) hits[row] = 1;
    }
    return hits;
  }

  #column(name: string): Column {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = this.#make(name);
    this.#columns.set(name, column);
    return column;
  }

  #make(name: string): Column {
    const { table } = this;
    const direct = DIRECT[name as TextField] ?? STATED.find((stated) => stated === name);
    if (direct !== undefined) return lower(table.column(direct));
    const text = (column: ColumnName, row: number): string => table.text(column, row) ?? '';
    switch (name) {
      case 'org':
        return lower(table.column('orgs'), orgText);
      case 'status':
        return this.#derived((row) => `${text('status', row)}${isNew(text('id', row), this.#history) ? ' new' : ''}`);
      case 'sku':
        return this.#derived((row) => `${text('sku', row)} ${text('partNumber', row)}`.trim() || 'none');
      case 'cause':
        return this.#derived((row) => text('rootCause', row) || (text('status', row) === 'mismatch' ? 'none' : ''));
      case 'currency':
        return this.#derived((row) => `${text('currency', row)}${currenciesOf(table.text('moreMoney', row))}`);
      default:
        return { values: [], at: new Uint32Array(table.length) };
    }
  }

  #derived(of: (row: number) => string): Column {
    const places = new Map<string, number>();
    const at = Uint32Array.from({ length: this.table.length }, (_, row) => {
      const value = of(row).toLowerCase();
      const place = places.get(value) ?? places.size + 1;
      places.set(value, place);
      return place;
    });
    return { values: [...places.keys()], at };
  }

  /** Binary numbers decide where they are far apart, exact decimals where they are not. */
  #money({ operator, amount }: Extract<Term, { kind: 'money' }>): Uint8Array {
    const { table } = this;
    const wanted = Number(amount);
    const near = 1e-9 * Math.max(1, Math.abs(wanted));
    const more = table.column('moreMoney').at;
    const [below, above] = [HOLDS[operator](-1) ? 1 : 0, HOLDS[operator](1) ? 1 : 0];
    const hits = new Uint8Array(table.length);
    for (const [row, value] of this.#amountsByRow().entries()) {
      if (Number.isNaN(value)) continue;
      const apart = value - wanted;
      if (more[row] === 0 && Math.abs(apart) > near) hits[row] = apart < 0 ? below : above;
      else if (this.#exactly(row).some((exact) => HOLDS[operator](compareDecimals(exact, amount)))) hits[row] = 1;
    }
    return hits;
  }

  /** Not a number where a row has none. */
  #amountsByRow(): Float64Array {
    if (this.#amounts !== null) return this.#amounts;
    const { values, at } = this.table.column('amount');
    const numbers = [Number.NaN, ...values.map(Number)];
    this.#amounts = Float64Array.from(at, (place) => numbers[place] ?? Number.NaN);
    return this.#amounts;
  }

  #exactly(row: number): Decimal[] {
    return moneyOf(this.table.finding(row))
      .map((money) => parseDecimal(money.amount))
      .filter((amount): amount is Decimal => amount !== null);
  }
}

export const buildIndex = (findings: readonly Finding[], history: HistoryData | null = null): SearchIndex =>
  new SearchIndex(FindingTable.of(findings), history);

const OPEN: ReadonlySet<string> = new Set([STANDING.mismatch, STANDING['not-comparable'], STANDING.unstable]);

/** Whether the last run before did not hold it against the sides; false where there was none to tell. */
function isNew(id: string, history: HistoryData | null): boolean {
  if (history === null || history.runs.length === 0) return false;
  return !OPEN.has(history.of[id]?.at(-1) ?? STANDING.absent);
}
