import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import type { Reporter } from '../reporter.ts';
import { loadAssets } from './assets.ts';
import { reportData } from './evidence/collect.ts';
import { renderPage } from './page.tsx';
import { picturesOf } from './pictures/pictures.ts';

/** report.html: one file that opens from disk, asks nothing of the network and reads well without script. */
export const htmlReporter: Reporter = {
  name: 'html',
  async write(context) {
    const file = join(context.out, 'report.html');
    await writeAtomically(file, renderPage(reportData(context), picturesOf(context), await loadAssets()));
    return [file];
  },
};
