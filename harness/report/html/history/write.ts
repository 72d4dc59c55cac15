/** Writes the history page. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HarnessError } from '../../../domain/errors.ts';
import type { History } from '../../../domain/history.ts';
import { writeAtomically } from '../../atomic-write.ts';
import { loadAssets } from '../assets.ts';
import { renderHistoryPage } from './page.tsx';

/** The page as text. @throws HarnessError `report-write` if its style sheet was not built. */
export async function historyPage(history: History, version: string): Promise<string> {
  const { style } = await loadAssets();
  return [...renderHistoryPage(history, style, version)].join('');
}

/** @throws HarnessError `report-write`. */
export async function writeHistoryPage(file: string, history: History, version: string): Promise<void> {
  const page = await historyPage(history, version);
  await mkdir(dirname(file), { recursive: true }).catch((cause: Error) => {
    throw new HarnessError('report-write', `cannot write ${file}: ${cause.message}`, {
      cause,
      hint: 'Choose another file with --html.',
    });
  });
  await writeAtomically(file, [page]);
}
