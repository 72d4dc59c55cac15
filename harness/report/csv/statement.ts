/** The statement as comma separated values: both bills of each pair, side by side. */
import type { StatementRow } from '../../domain/run-result.ts';
import { STATEMENT_COLUMNS } from '../columns/statement.ts';
import { csvOf } from './cells.ts';

/** The heading, then batches of rows. */
export const statementRows = (statement: readonly StatementRow[]): Iterable<string> =>
  csvOf(STATEMENT_COLUMNS, statement);
