/** The folder of one run: `reports/<scenario>/<run id>`, with `latest` beside it pointing at the newest. */
import { randomBytes } from 'node:crypto';
import { rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { folderFor } from './folder-for.ts';

/** Sorts by time: `20260420T120000Z-1f3a`. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  return `${stamp}-${randomBytes(2).toString('hex')}`;
}

export interface OutputFolder {
  readonly dir: string;
  /** Link to be turned to `dir` when the run is complete; null if the user chose the folder. */
  readonly latest: string | null;
}

/** @throws HarnessError `report-write` if the folder cannot be made. */
export async function openOutputFolder(
  chosen: string | null,
  scenarioName: string,
  runId: string,
): Promise<OutputFolder> {
  const base = path.join('reports', scenarioName);
  const dir = path.resolve(chosen ?? path.join(base, runId));
  await folderFor(dir, '--out DIR');
  return { dir, latest: chosen === null ? path.resolve(base, 'latest') : null };
}

/** Turns `latest` to the finished run, in one step, so that it never points at nothing. */
export async function pointLatest(folder: OutputFolder): Promise<void> {
  if (folder.latest === null) return;
  const next = `${folder.latest}.${process.pid}`;
  await rm(next, { force: true });
  // A junction needs no rights on Windows; elsewhere the type is ignored.
  await symlink(path.relative(path.dirname(folder.latest), folder.dir), next, 'junction');
  await rename(next, folder.latest);
}
