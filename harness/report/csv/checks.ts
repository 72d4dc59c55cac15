/** Checks of customers by rule as comma separated values. */
import { CHECKS_COLUMNS, type ChecksRow } from '../columns/checks.ts';
import { csvOf } from './cells.ts';

/** The heading, then batches of rows. */
export const checksRows = (rows: readonly ChecksRow[]): Iterable<string> => csvOf(CHECKS_COLUMNS, rows);
