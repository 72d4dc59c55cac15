/** Writes result.json, findings.jsonl, statement.jsonl, matches.txt and passed.jsonl. */
import { join } from 'node:path';
import type { RunResult } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { ReportContext } from '../reporter.ts';

function* linesOf(objects: readonly unknown[]): Iterable<string> {
  for (const object of objects) yield `${JSON.stringify(object)}\n`;
}

function* idsOf(matches: Iterable<string>): Iterable<string> {
  for (const id of matches) yield `${id}\n`;
}

/**
 * Writes the others, then result.json: where a result stands, its findings and its statement do too.
 * @param dir an existing folder.
 * @param matches ids of the checks that matched: what another run needs to tell a mismatch that is fixed from one that was not looked at.
 * @returns the paths written.
 * @throws HarnessError `report-write`.
 */
export async function writeResultFiles(
  dir: string,
  result: RunResult,
  { findings, statement, passed }: Pick<ReportContext, 'findings' | 'statement' | 'passed'>,
  matches: Iterable<string>,
): Promise<readonly string[]> {
  const resultFile = join(dir, 'result.json');
  const findingsFile = join(dir, 'findings.jsonl');
  const statementFile = join(dir, 'statement.jsonl');
  const matchesFile = join(dir, 'matches.txt');
  const passedFile = join(dir, 'passed.jsonl');
  await writeAtomically(findingsFile, linesOf(findings));
  await writeAtomically(statementFile, linesOf(statement));
  await writeAtomically(matchesFile, idsOf(matches));
  await writeAtomically(passedFile, linesOf(passed ?? []));
  await writeAtomically(resultFile, [`${JSON.stringify(result, null, 2)}\n`]);
  return [resultFile, findingsFile, statementFile, matchesFile, passedFile];
}
