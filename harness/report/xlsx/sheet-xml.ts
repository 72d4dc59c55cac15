/** A sheet as XML, in pieces: its rows are written as they are made. */
import type { Cell } from './cell.ts';
import { SPREADSHEET } from './namespaces.ts';
import type { Sheet } from './sheet.ts';
import type { Styles } from './styles.ts';

/** `A`, `Z`, `AA`: the name of a column, counted from 0. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

/** `A1:P240`, heading included. */
export const rangeOf = ({ widths, length }: Sheet): string => `A1:${columnName(widths.length - 1)}${length}`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold is exactly what is to be found.
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** `_x000D_` stands for the character of that number; the underscore written so keeps it as it is. */
const CODED = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Whole, but for what XML cannot hold (`·`); every line break is a line feed. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(NOT_IN_XML, '·')
    .replaceAll(CODED, '_x005F_')
    .replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? character);

function cellXml({ type, text, style }: Cell, place: string, styles: Styles): string {
  const number = styles.numberOf(style);
  const head = number === 0 ? `<c r="${place}"` : `<c r="${place}" s="${number}"`;
  if (text === '') return `${head}/>`;
  if (type === 'number') return `${head}><v>${text}</v></c>`;
  return `${head} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

const FROZEN = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
const LINE = 15;
/** Of a page in landscape, in characters that can be read: a wider sheet is printed over several. */
const ONE_PAGE = 220;

function* headXml({ widths, table }: Sheet, first: boolean): Iterable<string> {
  const fits = widths.reduce((sum, width) => sum + width, 0) <= ONE_PAGE;
  yield `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${SPREADSHEET}">`;
  yield `<sheetPr><pageSetUpPr fitToPage="${fits ? 1 : 0}"/></sheetPr>`;
  yield `<sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0">${table ? FROZEN : ''}</sheetView></sheetViews>`;
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `<sheetFormatPr defaultRowHeight="${LINE}"/><cols>${columns.join('')}</cols>`;
}

/** The pieces of the part, one after the other. */
export function* sheetXml(sheet: Sheet, styles: Styles, first: boolean): Iterable<string> {
  yield* headXml(sheet, first);
  yield '<sheetData>';
  const names = sheet.widths.map((_, index) => columnName(index));
  const merged: string[] = [];
  let number = 0;
  for (const { cells, lines } of sheet.rows()) {
    number += 1;
    const written = cells.map((cell, index) =>
      cell === null ? '' : cellXml(cell, `${names[index]}${number}`, styles),
    );
    yield `<row r="${number}"${lines === undefined ? '' : ` ht="${lines * LINE}" customHeight="1"`}>${written.join('')}</row>`;
    if (lines !== undefined) merged.push(`${names[cells.length - 1]}${number}:${names.at(-1)}${number}`);
  }
  yield '</sheetData>';
  if (sheet.table) yield `<autoFilter ref="${rangeOf(sheet)}"/>`;
  if (merged.length > 0) {
    const ranges = merged.map((range) => `<mergeCell ref="${range}"/>`);
    yield `<mergeCells count="${merged.length}">${ranges.join('')}</mergeCells>`;
  }
  yield '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>';
}
