/** Writes result.json and findings.jsonl. */
import { join } from 'node:path';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';

function* linesOf(findings: readonly Finding[]): Iterable<string> {
  for (const finding of findings) yield `${JSON.stringify(finding)}\n`;
}

/**
 * Writes findings.jsonl, then result.json: where a result stands, its findings do too.
 * @param dir an existing folder.
 * @returns the paths written.
 * @throws HarnessError `report-write`.
 */
export async function writeResultFiles(
  dir: string,
  result: RunResult,
  findings: readonly Finding[],
): Promise<readonly string[]> {
  const resultFile = join(dir, 'result.json');
  const findingsFile = join(dir, 'findings.jsonl');
  await writeAtomically(findingsFile, linesOf(findings));
  await writeAtomically(resultFile, [`${JSON.stringify(result, null, 2)}\n`]);
  return [resultFile, findingsFile];
}
