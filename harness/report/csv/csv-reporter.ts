/** findings.csv, one row a finding, and statement.csv, one row a pair, for spreadsheets. */
import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import type { Reporter } from '../reporter.ts';
import { csvRows } from './rows.ts';
import { statementRows } from './statement.ts';

export const csvReporter: Reporter = {
  name: 'csv',
  async write({ out, findings, statement, extract }) {
    const findingsFile = join(out, 'findings.csv');
    await writeAtomically(findingsFile, csvRows(findings));
    // Nothing is told of the rest, and its bills are the rest's, too.
    if (extract !== undefined) return [findingsFile];
    const statementFile = join(out, 'statement.csv');
    await writeAtomically(statementFile, statementRows(statement));
    return [findingsFile, statementFile];
  },
};
