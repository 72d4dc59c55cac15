/** report.xlsx: the run as a workbook, for those who reckon in spreadsheets. */
import { join } from 'node:path';
import type { Finding } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';
import { CHECKS_COLUMNS } from '../columns/checks.ts';
import { FINDING_COLUMNS } from '../columns/finding.ts';
import { STATEMENT_COLUMNS } from '../columns/statement.ts';
import { checksOfAll } from '../html/find/checks-by-rule.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { accountsTable, tieOutTable } from './books.ts';
import { causesTable } from './causes.ts';
import { type Sheet, sheetsOf } from './sheet.ts';
import { summarySheet } from './summary.ts';
import { waiversTable } from './waivers.ts';
import { workbookBytes } from './workbook.ts';

export const xlsxReporter: Reporter = {
  name: 'xlsx',
  async write(context) {
    const file = join(context.out, 'report.xlsx');
    const { run, tool } = context.result;
    const book = {
      title: `Cutover Parity: ${run.scenario}`,
      created: run.finishedAt,
      creator: `${tool.name} ${tool.version}`,
      sheets: sheetsIn(context),
    };
    await writeAtomically(file, workbookBytes(book));
    return [file];
  },
};

/** A row for each currency of its money, so that a column holds all of it. */
const rowsOf = (finding: Finding): readonly Finding[] => [
  finding,
  ...(finding.moreMoneyAtRisk ?? []).map((money) => ({ ...finding, moneyAtRisk: money, moreMoneyAtRisk: [] })),
];

function sheetsIn(context: ReportContext): readonly Sheet[] {
  const { result, findings, statement, passed, extract } = context;
  const tables = [
    ...(extract?.isOfCustomers === true
      ? sheetsOf({
          name: 'Checks',
          columns: CHECKS_COLUMNS,
          rows: checksOfAll(findings, passed),
          currencyOf: () => null,
        })
      : []),
    ...(extract?.isOfCustomers !== false
      ? sheetsOf({
          name: 'Statement',
          columns: STATEMENT_COLUMNS,
          rows: statement,
          currencyOf: ({ currency }) => currency,
        })
      : []),
    ...sheetsOf(causesTable(result, findings)),
    ...sheetsOf({
      name: 'Findings',
      columns: FINDING_COLUMNS,
      rows: findings.flatMap(rowsOf),
      currencyOf: ({ moneyAtRisk }) => moneyAtRisk?.currency ?? null,
    }),
    ...sheetsOf(waiversTable(findings)),
    // Of a part nothing is known that is counted over the whole.
    ...(extract === undefined
      ? [...sheetsOf(accountsTable(result.accounts ?? [])), ...sheetsOf(tieOutTable(result.tieOut ?? []))]
      : []),
  ];
  return [summarySheet(context), ...tables];
}
