/** Writes one run against another as a page. */
import type { RunComparison } from '../../../domain/run-comparison.ts';
import { staticPage, writeStaticPage } from '../static-page.tsx';
import { ComparisonBody } from './page.tsx';

/** @throws HarnessError `report-write`. */
export async function writeComparisonPage(file: string, comparison: RunComparison, version: string): Promise<void> {
  const title = `Run against run, ${comparison.after.scenario}`;
  await writeStaticPage(file, await staticPage({ title, body: ComparisonBody({ comparison, version }) }));
}
