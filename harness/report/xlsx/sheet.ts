/** Sheets: tables with a frozen heading and filters, and pages that are read from top to bottom. */
import type { CellKind, Column } from '../columns/column.ts';
import { type Cell, cellOf, textCell } from './cell.ts';

export interface Sheet {
  readonly name: string;
  /** In characters, one a column. */
  readonly widths: readonly number[];
  /** How many rows `rows` gives. */
  readonly length: number;
  /** The first row is a heading: it stays in view, and filters. */
  readonly table: boolean;
  /** Made as they are asked for, so that no more than one is held. */
  rows(): Iterable<Row>;
}

export interface Row {
  /** Null: an empty cell. */
  readonly cells: readonly (Cell | null)[];
  /** The last cell reaches to the end of the sheet, over so many lines. */
  readonly lines?: number;
}

export interface Table<Of> {
  readonly name: string;
  readonly columns: readonly Column<Of>[];
  readonly rows: readonly Of[];
  /** Currency of a row's amounts. */
  readonly currencyOf: (row: Of) => string | null;
}

const WIDTHS: Readonly<Record<CellKind, number>> = {
  text: 22,
  amount: 16,
  figure: 12,
  date: 13,
  count: 12,
  value: 18,
};
/** What Excel holds, the heading included. */
const MOST_ROWS = 1_048_576;

/** One sheet, or as many as the rows need: `Findings`, `Findings 2`. */
export function sheetsOf<Of>(table: Table<Of>, mostRows = MOST_ROWS): Sheet[] {
  const held = mostRows - 1;
  const parts = Math.max(1, Math.ceil(table.rows.length / held));
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part * held, Math.min((part + 1) * held, table.rows.length)];
    return sheetOf(table, part === 0 ? table.name : `${table.name} ${part + 1}`, from, to);
  });
}

/** What a reader compares digit by digit stands on the right, its heading too. */
const RIGHT: ReadonlySet<CellKind> = new Set(['amount', 'figure', 'count', 'value']);
/** The button of the filter takes its place beside the heading. */
const BUTTON = 4;

function sheetOf<Of>({ columns, rows, currencyOf }: Table<Of>, name: string, from: number, to: number): Sheet {
  const kinds = columns.map(([, , shape]): CellKind => shape?.kind ?? 'text');
  return {
    name,
    widths: columns.map(([header, , shape]) =>
      Math.max(shape?.width ?? WIDTHS[shape?.kind ?? 'text'], header.length + BUTTON),
    ),
    length: to - from + 1,
    table: true,
    *rows() {
      yield {
        cells: columns.map(([header], column) =>
          textCell(header, RIGHT.has(kinds[column] as CellKind) ? 'headingRight' : 'heading'),
        ),
      };
      for (let index = from; index < to; index++) {
        const row = rows[index] as Of;
        const currency = currencyOf(row);
        yield {
          cells: columns.map(([, of], column) => {
            const text = of(row) ?? '';
            return text === '' ? null : cellOf(kinds[column] as CellKind, text, currency);
          }),
        };
      }
    },
  };
}

/** Rows to be read, without filters. */
export const pageOf = (name: string, widths: readonly number[], rows: readonly Row[]): Sheet => ({
  name,
  widths,
  length: rows.length,
  table: false,
  rows: () => rows,
});
