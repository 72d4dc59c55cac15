/** Findings as comma separated values, safe in spreadsheets. */
import type { Finding } from '../../domain/run-result.ts';
import { FINDING_COLUMNS } from '../columns/finding.ts';
import { csvOf } from './cells.ts';

/** The heading, then batches of rows. */
export const csvRows = (findings: readonly Finding[]): Iterable<string> => csvOf(FINDING_COLUMNS, findings);
