/** Reads a workbook back, with a reader that is none of ours and as the bare XML of its parts. */
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';

export type Value = string | number | boolean | Date | null;

export interface ReadSheet {
  readonly name: string;
  /** The first row. */
  readonly heads: readonly Value[];
  /** Of a table: every row but the first, by heading. */
  readonly rows: readonly Readonly<Record<string, Value>>[];
  /** Every row, the first too. */
  readonly values: readonly (readonly Value[])[];
  /** Number format of a cell, by row and column from 0; null for the general one. */
  formatOf(row: number, column: number): string | null;
  readonly formulas: number;
  /** Rows that stay in view. */
  readonly frozen: number;
  readonly filter: string | null;
}

export async function readBack(bytes: Uint8Array): Promise<ReadonlyMap<string, ReadSheet>> {
  const workbook = await readXlsx(bytes, { readStyles: true });
  const sheets = workbook.sheets.map((sheet): ReadSheet => {
    const values = sheet.rows as Value[][];
    const [heads = [], ...rows] = values;
    const cells = [...(sheet.cells ?? [])];
    const formats = new Map(cells.map(([place, { style }]) => [place, style?.numFmt ?? null]));
    return {
      name: sheet.name,
      heads,
      rows: rows.map((row) => Object.fromEntries(heads.map((head, index) => [String(head), row[index] ?? null]))),
      values,
      formatOf: (row, column) => formats.get(`${row},${column}`) ?? null,
      formulas: cells.filter(([, { formula }]) => formula !== undefined).length,
      frozen: sheet.freezePane?.rows ?? 0,
      filter: sheet.autoFilter?.range ?? null,
    };
  });
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

export function sheetIn(sheets: ReadonlyMap<string, ReadSheet>, name: string): ReadSheet {
  const sheet = sheets.get(name);
  if (sheet === undefined) throw new Error(`there is no sheet ${name}`);
  return sheet;
}

/** XML by path. */
const partsOf = (bytes: Uint8Array): ReadonlyMap<string, string> =>
  new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]));

/** Parts with anything that a spreadsheet could run, ask for or open. */
export const activeParts = (bytes: Uint8Array): readonly string[] =>
  [...partsOf(bytes)].flatMap(([path, xml]) =>
    /<f[ >/]|<hyperlink|<externalLink|<ddeLink|<oleObject|vbaProject/i.test(xml) ? [path] : [],
  );

/** `2026-04-30` of a date cell; anything else as text, empty for an empty cell. */
export const textOf = (value: Value | undefined): string =>
  value instanceof Date ? value.toISOString().slice(0, 10) : value === null || value === undefined ? '' : String(value);
