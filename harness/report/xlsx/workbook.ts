/**
 * A workbook (ECMA-376) as a stream of bytes: each row is made, written and compressed before the next, so that memory does not
 * grow with the rows. It has no formula, no link and no macro.
 */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { create } from 'xmlbuilder2';
import { CONTENT_TYPES, PACKAGE_RELATIONS, RELATIONS, SHEET_TYPE, SPREADSHEET } from './namespaces.ts';
import type { Sheet } from './sheet.ts';
import { rangeOf, sheetXml } from './sheet-xml.ts';
import { Styles } from './styles.ts';

export interface Workbook {
  readonly title: string;
  /** ISO instant. */
  readonly created: string;
  readonly creator: string;
  readonly sheets: readonly Sheet[];
}

interface Part {
  readonly path: string;
  readonly text: Iterable<string>;
}

/** Characters that are compressed together. */
const BATCH = 1 << 16;
/** The same in every file, so that the same results give the same bytes; a local time, as ZIP keeps it. */
const NO_TIME = new Date(1980, 0, 1);

/** The file, piece by piece. */
export function* workbookBytes(book: Workbook): Iterable<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  for (const { path, text } of partsOf(book)) {
    const entry = new ZipDeflate(path);
    entry.mtime = NO_TIME;
    zip.add(entry);
    for (const batch of batched(text)) {
      entry.push(strToU8(batch));
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

function* batched(pieces: Iterable<string>): Iterable<string> {
  let batch = '';
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

/** In an order in which each is known when it is asked for: the styles after the cells that use them. */
function* partsOf(book: Workbook): Iterable<Part> {
  const styles = new Styles();
  yield { path: '[Content_Types].xml', text: [contentTypes(book)] };
  yield { path: '_rels/.rels', text: [packageRelations()] };
  yield { path: 'docProps/core.xml', text: [properties(book)] };
  yield { path: 'xl/workbook.xml', text: [workbookXml(book)] };
  yield { path: 'xl/_rels/workbook.xml.rels', text: [workbookRelations(book)] };
  for (const [index, sheet] of book.sheets.entries()) {
    yield { path: `xl/${sheetPath(index)}`, text: sheetXml(sheet, styles, index === 0) };
  }
  yield { path: 'xl/styles.xml', text: [styles.toXml()] };
}

const CORE = 'application/vnd.openxmlformats-package.core-properties+xml';
const CORE_RELATION = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

const sheetPath = (index: number): string => `worksheets/sheet${index + 1}.xml`;

const xmlOf = (root: Record<string, unknown>): string =>
  create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '·' }, root).end();

const override = (path: string, type: string) => ({ '@PartName': `/${path}`, '@ContentType': type });

const contentTypes = ({ sheets }: Workbook): string =>
  xmlOf({
    Types: {
      '@xmlns': CONTENT_TYPES,
      Default: [
        { '@Extension': 'rels', '@ContentType': 'application/vnd.openxmlformats-package.relationships+xml' },
        { '@Extension': 'xml', '@ContentType': 'application/xml' },
      ],
      Override: [
        override('xl/workbook.xml', `${SHEET_TYPE}.sheet.main+xml`),
        override('xl/styles.xml', `${SHEET_TYPE}.styles+xml`),
        override('docProps/core.xml', CORE),
        ...sheets.map((_, index) => override(`xl/${sheetPath(index)}`, `${SHEET_TYPE}.worksheet+xml`)),
      ],
    },
  });

const relation = (id: number, type: string, target: string) => ({
  '@Id': `rId${id}`,
  '@Type': type,
  '@Target': target,
});

const packageRelations = (): string =>
  xmlOf({
    Relationships: {
      '@xmlns': PACKAGE_RELATIONS,
      Relationship: [
        relation(1, `${RELATIONS}/officeDocument`, 'xl/workbook.xml'),
        relation(2, CORE_RELATION, 'docProps/core.xml'),
      ],
    },
  });

const workbookRelations = ({ sheets }: Workbook): string =>
  xmlOf({
    Relationships: {
      '@xmlns': PACKAGE_RELATIONS,
      Relationship: [
        ...sheets.map((_, index) => relation(index + 1, `${RELATIONS}/worksheet`, sheetPath(index))),
        relation(sheets.length + 1, `${RELATIONS}/styles`, 'styles.xml'),
      ],
    },
  });

const properties = ({ title, creator, created }: Workbook): string =>
  xmlOf({
    'cp:coreProperties': {
      '@xmlns:cp': 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties',
      '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      '@xmlns:dcterms': 'http://purl.org/dc/terms/',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'dc:title': title.toWellFormed(),
      'dc:creator': creator,
      'dcterms:created': { '@xsi:type': 'dcterms:W3CDTF', '#': created },
    },
  });

const absolute = (range: string): string => range.replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2');

/** Filters and headings that are repeated in print have to be named, too. */
const namesOf = (sheets: readonly Sheet[]) =>
  sheets.flatMap((sheet, index) =>
    sheet.table
      ? [
          { '@name': '_xlnm._FilterDatabase', '@localSheetId': index, '@hidden': 1, '#': named(sheet, rangeOf(sheet)) },
          { '@name': '_xlnm.Print_Titles', '@localSheetId': index, '#': `'${sheet.name}'!$1:$1` },
        ]
      : [],
  );

const named = ({ name }: Sheet, range: string): string => `'${name}'!${absolute(range)}`;

function workbookXml({ sheets }: Workbook): string {
  const names = namesOf(sheets);
  return xmlOf({
    workbook: {
      '@xmlns': SPREADSHEET,
      '@xmlns:r': RELATIONS,
      bookViews: { workbookView: {} },
      sheets: {
        sheet: sheets.map(({ name }, index) => ({
          '@name': name,
          '@sheetId': index + 1,
          '@r:id': `rId${index + 1}`,
        })),
      },
      ...(names.length === 0 ? {} : { definedNames: { definedName: names } }),
    },
  });
}
