/** What stands of one customer's checks of one rule in a row of a spreadsheet. What is not known is an empty cell. */

import type { Finding } from '../../domain/run-result.ts';
import type { RuleChecks } from '../html/find/checks-by-rule.ts';
import { COUNT, type Column, wide } from './column.ts';

export type ChecksRow = RuleChecks & { readonly orgs: Finding['orgs'] };

export const CHECKS_COLUMNS: readonly Column<ChecksRow>[] = [
  ['organisations', ({ orgs }) => orgs.map(({ id, name }) => name ?? id).join(' + '), wide(30)],
  ['organisation ids', ({ orgs }) => orgs.map(({ id }) => id).join(' + '), wide(38)],
  ['rule', ({ rule }) => rule, wide(30)],
  ['match', ({ passed }) => (passed === null ? null : String(passed)), COUNT],
  ['mismatch', ({ mismatch }) => String(mismatch), COUNT],
  ['not compared', ({ open }) => String(open), COUNT],
  ['tolerated or waived', ({ accepted }) => String(accepted), COUNT],
];
