import { join } from 'node:path';
import { writeAtomically } from '../atomic-write.ts';
import type { Reporter } from '../reporter.ts';
import { loadAssets } from './assets.ts';
import { pageData, SIDECAR } from './evidence/collect.ts';
import { renderPage } from './page.tsx';
import { pictureDataOf } from './picture-data/picture-data.ts';

/** report.html: one file that opens from disk, asks nothing of the network and reads well without script. */
export const htmlReporter: Reporter = {
  name: 'html',
  async write(context) {
    const file = join(context.out, 'report.html');
    const { data, sidecar } = pageData(context);
    await writeAtomically(file, renderPage(data, pictureDataOf(context), await loadAssets()));
    if (sidecar === null) return [file];
    const beside = join(context.out, SIDECAR);
    await writeAtomically(beside, sidecar);
    return [file, beside];
  },
};
