/** Writes the history page. */
import type { History } from '../../../domain/history.ts';
import { staticPage, writeStaticPage } from '../static-page.tsx';
import { HistoryBody } from './page.tsx';

/** The page as text. @throws HarnessError `report-write` if its style sheet was not built. */
export const historyPage = (history: History, version: string): Promise<string> =>
  staticPage({ title: `History as of ${history.today}`, body: HistoryBody({ history, version }) });

/** @throws HarnessError `report-write`. */
export async function writeHistoryPage(file: string, history: History, version: string): Promise<void> {
  await writeStaticPage(file, await historyPage(history, version));
}
