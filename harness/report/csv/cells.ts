/** Comma separated values that a spreadsheet shows as text and never runs. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Column } from '../columns/column.ts';
import { FORMULA } from '../columns/formula.ts';

const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** Where the file is read with another separator than the comma, a cell begins after that one. */
const INNER_FORMULA = /([;\t|])(?=[=+\-@＝＋－＠])/g;

/** Shown as text by Excel, LibreOffice and Google Sheets, never run. */
const harmless = (text: string): string => {
  if (PLAIN_NUMBER.test(text)) return text;
  const inside = text.toWellFormed().replaceAll(INNER_FORMULA, "$1'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
};

const BATCH = 1000;
const FORMAT = { record_delimiter: 'windows', quoted_match: /[;\t\r\n]/ } as const;

/** The heading, then batches of rows. */
export function* csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Iterable<string> {
  yield stringify([columns.map(([header]) => header)], { ...FORMAT, bom: true });
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    yield stringify(
      batch.map((row) => columns.map(([, of]) => harmless(of(row) ?? ''))),
      FORMAT,
    );
  }
}
