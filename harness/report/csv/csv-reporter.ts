/** findings.csv, one row a finding, and statement.csv, one row a pair, for spreadsheets; of one customer checks.csv, too. */
import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import { checksOfAll } from '../html/find/checks-by-rule.ts';
import type { Reporter } from '../reporter.ts';
import { checksRows } from './checks.ts';
import { csvRows } from './rows.ts';
import { statementRows } from './statement.ts';

export const csvReporter: Reporter = {
  name: 'csv',
  async write({ out, findings, statement, passed, extract }) {
    const findingsFile = join(out, 'findings.csv');
    await writeAtomically(findingsFile, csvRows(findings));
    // Of a part that a search cut out of its findings, nothing else is told.
    if (extract?.isOfCustomers === false) return [findingsFile];
    const statementFile = join(out, 'statement.csv');
    await writeAtomically(statementFile, statementRows(statement));
    if (extract === undefined) return [findingsFile, statementFile];
    const checksFile = join(out, 'checks.csv');
    await writeAtomically(checksFile, checksRows(checksOfAll(findings, passed)));
    return [findingsFile, statementFile, checksFile];
  },
};
