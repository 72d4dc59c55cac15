/** The snapshot that a person means: its own folder, or that of the run it belongs to. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Whether `snapshotFolder` finds one. */
export const isSnapshot = async (dir: string): Promise<boolean> => (await located(dir)) !== null;

/** @throws HarnessError `usage` if neither the folder nor `snapshot` in it holds one */
export async function snapshotFolder(dir: string): Promise<string> {
  const folder = await located(dir);
  if (folder !== null) return folder;
  throw new HarnessError('usage', `${dir} holds no snapshot`, {
    hint: 'Give the folder that has manifest.json in it, or the folder of a run.',
  });
}

async function located(dir: string): Promise<string | null> {
  for (const folder of [path.resolve(dir), path.resolve(dir, 'snapshot')]) {
    for (const name of ['manifest.json', 'exchanges.jsonl', 'exchanges.jsonl.gz']) {
      if (await isThere(path.join(folder, name))) return folder;
    }
  }
  return null;
}
