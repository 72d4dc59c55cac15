/** What stands of a pair's two bills in a row of a spreadsheet. A bill that cannot be worked out is an empty cell, never 0. */
import type { StatementRow } from '../../domain/run-result.ts';
import { AMOUNT, type Column, DATE, wide } from './column.ts';

export const STATEMENT_COLUMNS: readonly Column<StatementRow>[] = [
  ['organisations', ({ orgs }) => orgs.map(({ id, name }) => name ?? id).join(' + '), wide(30)],
  ['organisation ids', ({ orgs }) => orgs.map(({ id }) => id).join(' + '), wide(38)],
  ['region', ({ region }) => region, wide(14)],
  ['app', ({ appId }) => appId, wide(14)],
  ['sku', ({ sku }) => sku],
  ['part number', ({ partNumber }) => partNumber],
  ['period start', ({ period }) => period?.start, DATE],
  ['period end', ({ period }) => period?.end, DATE],
  ['period status', ({ period }) => period?.status, wide(13)],
  ['currency', ({ currency }) => currency, wide(10)],
  ['legacy bill', ({ legacy }) => legacy, AMOUNT],
  ['contract bill', ({ contract }) => contract, AMOUNT],
  ['difference', ({ difference }) => difference, AMOUNT],
  ['findings', ({ findings }) => findings, AMOUNT],
  ['residual', ({ residual }) => residual, AMOUNT],
  ['note', ({ note }) => note, wide(60)],
];
