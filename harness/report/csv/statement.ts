/** The statement as comma separated values: both bills of each pair, side by side. */
import type { StatementRow } from '../../domain/run-result.ts';
import { type Column, csvOf } from './cells.ts';

const COLUMNS: readonly Column<StatementRow>[] = [
  ['organisations', ({ orgs }) => orgs.map(({ id, name }) => name ?? id).join(' + ')],
  ['organisation ids', ({ orgs }) => orgs.map(({ id }) => id).join(' + ')],
  ['region', ({ region }) => region],
  ['app', ({ appId }) => appId],
  ['sku', ({ sku }) => sku],
  ['part number', ({ partNumber }) => partNumber],
  ['period start', ({ period }) => period?.start],
  ['period end', ({ period }) => period?.end],
  ['period status', ({ period }) => period?.status],
  ['currency', ({ currency }) => currency],
  ['legacy bill', ({ legacy }) => legacy],
  ['contract bill', ({ contract }) => contract],
  ['difference', ({ difference }) => difference],
  ['findings', ({ findings }) => findings],
  ['residual', ({ residual }) => residual],
  ['note', ({ note }) => note],
];

/** The heading, then batches of rows. A bill that cannot be worked out is an empty cell, never 0. */
export const statementRows = (statement: readonly StatementRow[]): Iterable<string> => csvOf(COLUMNS, statement);
