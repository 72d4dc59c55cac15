/** findings.csv: one row a finding, for spreadsheets. */
import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import type { Reporter } from '../reporter.ts';
import { csvRows } from './rows.ts';

export const csvReporter: Reporter = {
  name: 'csv',
  async write({ out, findings }) {
    const file = join(out, 'findings.csv');
    await writeAtomically(file, csvRows(findings));
    return [file];
  },
};
