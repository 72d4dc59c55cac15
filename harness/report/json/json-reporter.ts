import type { Check, Reporter } from '../reporter.ts';
import { writeResultFiles } from './write.ts';

/** result.json, findings.jsonl and statement.jsonl, as pinned by their JSON Schemas in reports/, and the ids of what matched. */
export const jsonReporter: Reporter = {
  name: 'json',
  write: (context) => writeResultFiles(context.out, context.result, context, matchesAmong(context.checks)),
};

/** Sorted, so that the order of the checks does not show. */
const matchesAmong = (checks: readonly Check[]): string[] =>
  checks
    .filter(({ status }) => status === 'match')
    .map(({ id }) => id)
    .sort();
