/** Making a folder that a person chose. */
import { type ErrorCode, HarnessError } from '../../domain/errors.ts';
import { makeFolder } from '../../domain/folder.ts';

/**
 * @param remedy the option or argument by which another one can be chosen
 * @param code `usage` where nothing was done yet
 * @throws HarnessError `code` if the system refuses
 */
export async function folderFor(dir: string, remedy: string, code: ErrorCode = 'report-write'): Promise<void> {
  try {
    await makeFolder(dir);
  } catch (cause) {
    throw new HarnessError(code, `cannot make the folder ${dir}: ${refusalOf(cause)}`, {
      cause,
      hint: `Choose a folder that can be written to with ${remedy}.`,
    });
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  EEXIST: 'a file is there already',
  ENOTDIR: 'a file is there already',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'the system takes no folder there',
};

function refusalOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = REFUSALS[code];
  return words === undefined ? (cause as Error).message : `${words} (${code})`;
}
