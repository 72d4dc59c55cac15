import type { Check, Reporter } from '../reporter.ts';
import { writeResultFiles } from './write.ts';

/** result.json, findings.jsonl and statement.jsonl, as pinned by their JSON Schemas in reports/, and the ids of what matched. */
export const jsonReporter: Reporter = {
  name: 'json',
  write: (context) => writeResultFiles(context.out, context.result, context, matchesAmong(context.checks)),
};

/** An id is twelve hexadecimal digits: a whole number that a floating-point number holds exactly. */
const HEX = 16;
const DIGITS = 12;

/** Sorted, so that the order of the checks does not show. */
function* matchesAmong(checks: Iterable<Check>): Generator<string> {
  const ids: number[] = [];
  for (const { id, status } of checks) if (status === 'match') ids.push(Number.parseInt(id, HEX));
  for (const id of Float64Array.from(ids).sort()) yield id.toString(HEX).padStart(DIGITS, '0');
}
