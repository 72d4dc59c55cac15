import type { Check, Reporter } from '../reporter.ts';
import { writeResultFiles } from './write.ts';

/** result.json and findings.jsonl, as pinned by their JSON Schemas in reports/, and the ids of what matched. */
export const jsonReporter: Reporter = {
  name: 'json',
  write: ({ out, result, findings, checks }) => writeResultFiles(out, result, findings, matchesAmong(checks)),
};

/** Sorted, so that the order of the checks does not show. */
const matchesAmong = (checks: readonly Check[]): string[] =>
  checks
    .filter(({ status }) => status === 'match')
    .map(({ id }) => id)
    .sort();
