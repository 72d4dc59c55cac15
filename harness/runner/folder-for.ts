/** Making a folder that a person chose. */
import { HarnessError } from '../domain/errors.ts';
import { makeFolder } from '../domain/folder.ts';

/**
 * @param remedy the option or argument by which another one can be chosen
 * @throws HarnessError `report-write` if the system refuses
 */
export async function folderFor(dir: string, remedy: string): Promise<void> {
  try {
    await makeFolder(dir);
  } catch (cause) {
    throw new HarnessError('report-write', `cannot make the folder ${dir}: ${(cause as Error).message}`, {
      cause,
      hint: `Choose a folder that can be written to with ${remedy}.`,
    });
  }
}
