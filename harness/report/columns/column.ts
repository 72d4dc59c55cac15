/** Columns that comma separated files and the workbook share. */

/**
 * How a workbook shows a cell: `amount` at the minor unit of the row's currency, `figure` with the places that it states,
 * `date` as a date, `count` whole, `value` as the figure, date or text that it is.
 */
export type CellKind = 'text' | 'amount' | 'figure' | 'date' | 'count' | 'value';

export interface Shape {
  readonly kind?: CellKind;
  /** In characters; left out: that of the kind. */
  readonly width?: number;
}

export type Column<Row> = readonly [header: string, of: (row: Row) => string | null | undefined, shape?: Shape];

export const AMOUNT: Shape = { kind: 'amount' };
export const FIGURE: Shape = { kind: 'figure' };
export const DATE: Shape = { kind: 'date' };
export const COUNT: Shape = { kind: 'count' };
export const VALUE: Shape = { kind: 'value' };
/** Text of more, or fewer, characters than most. */
export const wide = (width: number): Shape => ({ width });
