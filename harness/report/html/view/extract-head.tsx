import { counted, instant } from '../../words/common.ts';
import type { ReportData } from '../data.ts';
import { MoneyAtRisk } from './money.tsx';

/** In place of the verdict where a page holds a part of a run: no figure of the rest is in it. */
export function ExtractHead({ data, query }: { data: ReportData; query: string }) {
  const { result, findings } = data;
  const entries = [...findings, ...data.statement, ...(data.passed ?? [])];
  const orgs = new Set(entries.flatMap((one) => one.orgs.map(({ id }) => id)));
  return (
    <div class="first-screen">
      <div class="stack">
        <section class="verdict" aria-labelledby="verdict">
          <p class="eyebrow">Extract of a run</p>
          <h1 id="verdict" class="extract-title">
            {counted(findings.length, 'finding')}
          </h1>
          <p class="headline">
            {data.passed !== null && `${counted(result.cells.match, 'check')} match. `}
            {counted(orgs.size, 'organisation')}, chosen by <code>{query}</code> from the run of{' '}
            {instant(result.run.startedAt)}.
          </p>
          <p class="report-only">
            This is no verdict: it says nothing of what else was compared, and nothing of other organisations.
          </p>
        </section>
      </div>
      <div class="stack">
        <MoneyAtRisk result={result} none="none in these findings" />
      </div>
    </div>
  );
}
