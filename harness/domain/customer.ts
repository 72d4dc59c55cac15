/** A customer: one organisation, or several that are billed together. */
import type { Finding } from './run-result.ts';

/** Ids in the order of the bill, by comma. */
export const customerKey = (orgs: Finding['orgs']): string => orgs.map(({ id }) => id).join(',');

/** Checks that match at one customer: one line of passed.jsonl. */
export interface PassedChecks {
  readonly orgs: Finding['orgs'];
  /** How many, by rule id. */
  readonly rules: Readonly<Record<string, number>>;
}
