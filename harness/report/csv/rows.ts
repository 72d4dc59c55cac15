/** Findings as comma separated values, safe in spreadsheets. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Finding } from '../../domain/run-result.ts';
import { moneyOf, moneyWords } from '../finding-words.ts';

type Column = readonly [header: string, of: (finding: Finding) => string | null | undefined];

const COLUMNS: readonly Column[] = [
  ['id', ({ id }) => id],
  ['status', ({ status }) => status],
  ['category', ({ category }) => category],
  ['rule', ({ rule }) => rule],
  ['side', ({ side }) => side],
  ['organisations', ({ orgs }) => orgs.map(({ id, name }) => name ?? id).join(' + ')],
  ['organisation ids', ({ orgs }) => orgs.map(({ id }) => id).join(' + ')],
  ['region', ({ region }) => region],
  ['app', ({ appId }) => appId],
  ['sku', ({ sku }) => sku],
  ['part number', ({ partNumber }) => partNumber],
  ['period start', ({ period }) => period?.start],
  ['period end', ({ period }) => period?.end],
  ['period status', ({ period }) => period?.status],
  ['legacy', ({ legacy }) => legacy?.value],
  ['contract', ({ contract }) => contract?.value],
  ['delta', ({ delta }) => delta],
  ['relative', ({ relative }) => relative],
  ['currency', ({ moneyAtRisk }) => moneyAtRisk?.currency],
  ['amount at risk', ({ moneyAtRisk }) => moneyAtRisk?.amount],
  ['direction', ({ moneyAtRisk }) => moneyAtRisk?.direction],
  ['all money at risk', (finding) => (moneyOf(finding).length > 1 ? moneyWords(finding) : null)],
  ['root cause', ({ rootCause }) => rootCause],
  ['follows from', ({ derivedFrom }) => derivedFrom],
  ['reason', ({ reason }) => reason],
  ['waiver reason', ({ waiver }) => waiver?.reason],
  ['waiver owner', ({ waiver }) => waiver?.owner],
  ['waiver ticket', ({ waiver }) => waiver?.ticket],
  ['waiver expires', ({ waiver }) => waiver?.expires],
  ['legacy request', ({ legacy }) => legacy?.evidence?.url],
  ['legacy pointer', ({ legacy }) => legacy?.evidence?.pointer],
  ['contract request', ({ contract }) => contract?.evidence?.url],
  ['contract pointer', ({ contract }) => contract?.evidence?.pointer],
  ['contract correlation id', ({ contract }) => contract?.evidence?.correlationId],
];

const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** What spreadsheets take for the beginning of a formula, its full-width spellings included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
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
export function* csvRows(findings: readonly Finding[]): Iterable<string> {
  yield stringify([COLUMNS.map(([header]) => header)], { ...FORMAT, bom: true });
  for (let from = 0; from < findings.length; from += BATCH) {
    const batch = findings.slice(from, from + BATCH);
    yield stringify(
      batch.map((finding) => COLUMNS.map(([, of]) => harmless(of(finding) ?? ''))),
      FORMAT,
    );
  }
}
