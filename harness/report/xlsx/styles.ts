/** Number formats and looks of cells, and the part of a workbook that lists them. */
import { create } from 'xmlbuilder2';
import { SPREADSHEET } from './namespaces.ts';

/** One of a few objects, told apart by which it is: a sheet has millions of cells. */
export interface CellStyle {
  readonly format: string;
  readonly font: keyof typeof FONTS;
  readonly align: 'left' | 'right' | null;
  readonly wrap: boolean;
  /** Beside several lines, where the first of them is. */
  readonly top: boolean;
  readonly filled: boolean;
  /** Stays text even if somebody edits the cell. */
  readonly quoted: boolean;
}

const FONTS = { plain: {}, bold: { b: {} }, title: { b: {} } } as const;
const SIZES: Readonly<Record<keyof typeof FONTS, string>> = { plain: '11', bold: '11', title: '14' };
const FONT_NAMES = Object.keys(FONTS) as (keyof typeof FONTS)[];

const PLAIN: CellStyle = {
  format: 'General',
  font: 'plain',
  align: null,
  wrap: false,
  top: false,
  filled: false,
  quoted: false,
};

export type StyleName = 'title' | 'heading' | 'headingRight' | 'right' | 'label' | 'sentence' | 'date' | 'instant';

export const STYLES: Readonly<Record<StyleName, CellStyle>> = {
  title: { ...PLAIN, font: 'title', quoted: true },
  heading: { ...PLAIN, font: 'bold', filled: true, quoted: true },
  headingRight: { ...PLAIN, font: 'bold', filled: true, quoted: true, align: 'right' },
  right: { ...PLAIN, align: 'right' },
  label: { ...PLAIN, font: 'bold', top: true },
  sentence: { ...PLAIN, wrap: true, top: true, quoted: true },
  date: { ...PLAIN, format: 'yyyy-mm-dd', align: 'left' },
  instant: { ...PLAIN, format: 'yyyy-mm-dd hh:mm:ss', align: 'left' },
};
/** Text that begins as a formula does. */
export const QUOTED: CellStyle = { ...PLAIN, quoted: true };

const byPlaces = new Map<number, CellStyle>();

/** With thousands separators and so many places. */
export function numberStyle(places: number): CellStyle {
  const known = byPlaces.get(places);
  if (known !== undefined) return known;
  const style: CellStyle = { ...PLAIN, align: 'right', format: places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}` };
  byPlaces.set(places, style);
  return style;
}

/** Numbers below belong to formats that spreadsheets bring along. */
const FIRST_OWN_FORMAT = 164;

/** The styles of one workbook, numbered as its cells use them. */
export class Styles {
  readonly #numbers = new Map<CellStyle | null, number>([[null, 0]]);

  numberOf(style: CellStyle | null): number {
    const known = this.#numbers.get(style);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(style, number);
    return number;
  }

  /** styles.xml; asked for after all cells. */
  toXml(): string {
    const styles = [...this.#numbers.keys()].map((style) => style ?? PLAIN);
    const formats = [...new Set(styles.map(({ format }) => format))].filter((format) => format !== PLAIN.format);
    const idOf = (format: string): number => (format === PLAIN.format ? 0 : FIRST_OWN_FORMAT + formats.indexOf(format));
    return create({
      styleSheet: {
        '@xmlns': SPREADSHEET,
        ...(formats.length === 0
          ? {}
          : {
              numFmts: {
                '@count': formats.length,
                numFmt: formats.map((format) => ({ '@numFmtId': idOf(format), '@formatCode': format })),
              },
            }),
        fonts: {
          '@count': FONT_NAMES.length,
          font: FONT_NAMES.map((name) => ({
            ...FONTS[name],
            sz: { '@val': SIZES[name] },
            name: { '@val': 'Calibri' },
          })),
        },
        // The first two are the format's own; the third lies behind headings.
        fills: {
          '@count': 3,
          fill: [
            { patternFill: { '@patternType': 'none' } },
            { patternFill: { '@patternType': 'gray125' } },
            { patternFill: { '@patternType': 'solid', fgColor: { '@rgb': 'FFE7EBF0' } } },
          ],
        },
        borders: { '@count': 1, border: { left: {}, right: {}, top: {}, bottom: {}, diagonal: {} } },
        cellStyleXfs: { '@count': 1, xf: { '@numFmtId': 0, '@fontId': 0, '@fillId': 0, '@borderId': 0 } },
        cellXfs: { '@count': styles.length, xf: styles.map((style) => xfOf(style, idOf(style.format))) },
        cellStyles: { '@count': 1, cellStyle: { '@name': 'Normal', '@xfId': 0, '@builtinId': 0 } },
      },
    }).end();
  }
}

const alignmentOf = ({ align, wrap, top }: CellStyle) => ({
  ...(align === null ? {} : { '@horizontal': align }),
  // Or the text of the next column would begin where the figure ends.
  ...(align === 'right' ? { '@indent': 1 } : {}),
  ...(top ? { '@vertical': 'top' } : {}),
  ...(wrap ? { '@wrapText': 1 } : {}),
});

function xfOf(style: CellStyle, format: number) {
  const alignment = alignmentOf(style);
  return {
    '@numFmtId': format,
    '@fontId': FONT_NAMES.indexOf(style.font),
    '@fillId': style.filled ? 2 : 0,
    '@borderId': 0,
    '@xfId': 0,
    ...(format === 0 ? {} : { '@applyNumberFormat': 1 }),
    ...(style.quoted ? { '@quotePrefix': 1 } : {}),
    ...(Object.keys(alignment).length === 0 ? {} : { '@applyAlignment': 1, alignment }),
  };
}
