/** Writes result.json, findings.jsonl and matches.txt. */
import { join } from 'node:path';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';

function* linesOf(findings: readonly Finding[]): Iterable<string> {
  for (const finding of findings) yield `${JSON.stringify(finding)}\n`;
}

function* idsOf(matches: readonly string[]): Iterable<string> {
  for (const id of matches) yield `${id}\n`;
}

/**
 * Writes findings.jsonl and matches.txt, then result.json: where a result stands, its findings do too.
 * @param dir an existing folder.
 * @param matches ids of the checks that matched: what another run needs to tell a mismatch that is fixed from one that was not looked at.
 * @returns the paths written.
 * @throws HarnessError `report-write`.
 */
export async function writeResultFiles(
  dir: string,
  result: RunResult,
  findings: readonly Finding[],
  matches: readonly string[],
): Promise<readonly string[]> {
  const resultFile = join(dir, 'result.json');
  const findingsFile = join(dir, 'findings.jsonl');
  const matchesFile = join(dir, 'matches.txt');
  await writeAtomically(findingsFile, linesOf(findings));
  await writeAtomically(matchesFile, idsOf(matches));
  await writeAtomically(resultFile, [`${JSON.stringify(result, null, 2)}\n`]);
  return [resultFile, findingsFile, matchesFile];
}
