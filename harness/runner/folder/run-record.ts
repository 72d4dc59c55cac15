/** A finished run on disk, read to be compared with another: nothing of it may be missing. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../../domain/errors.ts';
import type { RunRecord } from '../../domain/run-comparison.ts';
import type { CellCounts } from '../../domain/verdict.ts';
import { openRunFolder } from './run-folder.ts';

/** @throws HarnessError `usage` if the folder holds no run, or files that do not belong together. */
export async function openRunRecord(dir: string): Promise<RunRecord> {
  const { dir: folder, result, findings } = await openRunFolder(dir);
  const matches = await matchesOf(folder);
  const { match, ...others } = result.cells;
  mustBe(folder, 'findings.jsonl', findings.length, sumOf(others));
  if (matches !== null) mustBe(folder, 'matches.txt', matches.size, match);
  return { result, findings, matches };
}

const sumOf = (counts: Omit<CellCounts, 'match'>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function mustBe(folder: string, name: string, found: number, stated: number): void {
  if (found === stated) return;
  throw new HarnessError(
    'usage',
    `${path.join(folder, name)} holds ${found} checks, its result.json tells of ${stated}`,
    {
      hint: 'The files are of two runs, or one was cut short: copy the whole folder of one run.',
    },
  );
}

/** Releases before matches.txt did not write it. */
async function matchesOf(folder: string): Promise<ReadonlySet<string> | null> {
  const file = path.join(folder, 'matches.txt');
  try {
    const text = await readFile(file, 'utf8');
    return new Set(text.split('\n').filter((line) => line !== ''));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new HarnessError('usage', `cannot read ${file}: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
      hint: 'Copy the whole folder of the run again.',
    });
  }
}
