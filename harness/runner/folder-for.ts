/** Making a folder that a person chose. */
import { type ErrorCode, HarnessError } from '../domain/errors.ts';
import { makeFolder } from '../domain/folder.ts';

/**
 * @param remedy the option or argument by which another one can be chosen
 * @param code `usage` where nothing was done yet
 * @throws HarnessError `code` if the system refuses
 */
export async function folderFor(dir: string, remedy: string, code: ErrorCode = 'report-write'): Promise<void> {
  try {
    await makeFolder(dir);
  } catch (cause) {
    throw new HarnessError(code, `cannot make the folder ${dir}: ${(cause as Error).message}`, {
      cause,
      hint: `Choose a folder that can be written to with ${remedy}.`,
    });
  }
}
