/** annotations.txt: workflow commands, shown by GitHub once they are printed to the log of a step. */
import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import type { Reporter } from '../reporter.ts';
import { annotations } from './annotations.ts';

export const githubReporter: Reporter = {
  name: 'github',
  async write({ out, result, findings }) {
    const file = join(out, 'annotations.txt');
    await writeAtomically(file, [`${annotations(result, findings).join('\n')}\n`]);
    return [file];
  },
};
