/** Where a validation looks in place of a server. */
import path from 'node:path';
import { isSnapshot } from '../archive/locate.ts';
import { bodyFiles, openBodyFiles } from './files/body-files.ts';
import type { SideOrigin } from './options.ts';
import { openSides } from './sides.ts';

export interface ContractOrigin {
  /** Null: as the options say. */
  readonly contract: SideOrigin | null;
  readonly open: typeof openSides;
}

/**
 * @param dir a snapshot or the folder of its run, or a folder of bodies in files; null: neither
 * @throws as `bodyFiles`
 */
export async function contractOrigin(dir: string | null): Promise<ContractOrigin> {
  if (dir === null) return { contract: null, open: openSides };
  const at = path.resolve(dir);
  if (await isSnapshot(at)) return { contract: { kind: 'snapshot', dir: at }, open: openSides };
  const files = await bodyFiles(at);
  return { contract: null, open: async ({ listen }) => openBodyFiles(at, files, listen) };
}
