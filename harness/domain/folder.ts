/** Making folders. */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it. `mkdir` with `recursive` of Node.js 20 never ends where the system says of a folder that
 * is there that it is not (`/proc/x`), and no signal ends it.
 * @throws the system's own error
 */
export async function makeFolder(dir: string): Promise<void> {
  const folder = path.resolve(dir);
  if (await isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolder(above);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
}

const isFolder = (dir: string): Promise<boolean> =>
  stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
