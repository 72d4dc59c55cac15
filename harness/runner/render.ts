/** Reports of a finished run, written again from its folder: from the results, the findings and the snapshot. */
import path from 'node:path';
import { RULES } from '../compare/rules/registry.ts';
import { HarnessError } from '../domain/errors.ts';
import type { Exchange } from '../domain/exchange.ts';
import type { Finding } from '../domain/run-result.ts';
import { earlierRuns } from '../history/earlier-runs.ts';
import { extractOf } from '../report/html/find/extract.ts';
import { REWRITTEN } from '../report/names.ts';
import type { Check, ReportContext } from '../report/reporter.ts';
import { folderFor } from './folder/folder-for.ts';
import { openRunFolder, type RunFolder } from './folder/run-folder.ts';
import { chooseReporters } from './reporters.ts';

export interface Rendering {
  /** Folder to write into; it must be there. */
  readonly out: string;
  /** Chooses findings as the page's search box does; null: the whole run. */
  readonly query: string | null;
  /** Of those that may be written again; null: the page alone, or none where a PDF is asked for. */
  readonly reporters: readonly string[] | null;
  /** Null: no PDF is asked for. */
  readonly pdf: { readonly file: string; readonly browser: string } | null;
}

export interface Rendered {
  readonly files: readonly string[];
  /** Told of, and in the run. */
  readonly findings: readonly [shown: number, all: number];
  /** Exchanges that findings cite and the folder no longer has. */
  readonly missing: number;
}

/** @throws HarnessError `usage` if the folder holds no run, nothing fits the query, or no such reporter is there; `report-write` */
export async function renderAgain(dir: string, { out, query, reporters, pdf }: Rendering): Promise<Rendered> {
  const chosen = await chooseReporters(reporters ?? (pdf === null ? ['html'] : []), REWRITTEN);
  const run = await openRunFolder(dir);
  const { exchanges, missing } = await citedIn(run);
  const whole: ReportContext = {
    result: run.result,
    findings: run.findings,
    statement: run.statement,
    earlier: await earlierRuns(path.dirname(run.dir), run.result.run),
    checks: run.findings.map(checkOf),
    passed: run.passed,
    exchanges: (id) => exchanges.get(id) ?? null,
    rules: RULES,
    tolerances: null,
    out: path.resolve(out),
  };
  const context = query === null ? whole : extractOf(whole, query);
  const isEmpty = context.findings.length + context.statement.length + (context.passed?.length ?? 0) === 0;
  if (query !== null && isEmpty) {
    throw new HarnessError('usage', `no finding of ${dir} fits ${query}`, {
      hint: 'Try the search in the page of the run: it takes the same words.',
    });
  }
  await folderFor(out, '--out DIR');
  const files: string[] = [];
  for (const reporter of chosen) files.push(...(await reporter.write(context)));
  if (pdf !== null) {
    const { writePdf } = await import('../report/pdf/pdf.ts');
    await writePdf(context, pdf.file, pdf.browser);
    files.push(pdf.file);
  }
  return { files, findings: [context.findings.length, run.findings.length], missing };
}

async function citedIn(run: RunFolder): Promise<{ exchanges: Map<string, Exchange>; missing: number }> {
  const ids = new Set(
    run.findings
      .flatMap(({ legacy, contract }) => [legacy, contract])
      .flatMap((statement) => [statement?.evidence?.exchange, statement?.first?.evidence?.exchange])
      .filter((id) => id !== undefined),
  );
  const exchanges = new Map<string, Exchange>();
  for (const id of ids) {
    const exchange = await run.exchange(id);
    if (exchange !== null) exchanges.set(id, exchange);
  }
  return { exchanges, missing: ids.size - exchanges.size };
}

/** What a finding itself says of its check; checks that match are not on disk, and so not in the picture. */
const checkOf = (finding: Finding): Check => ({
  id: finding.id,
  status: finding.status,
  category: finding.category,
  rule: finding.rule,
  orgs: finding.orgs,
  region: finding.region,
  appId: finding.appId,
  pair: `${finding.orgs.map(({ id }) => id).join()} ${finding.sku ?? finding.partNumber} ${finding.period?.start}`,
  legacy: finding.legacy?.value ?? null,
  contract: finding.contract?.value ?? null,
  rootCause: finding.rootCause,
  outsideCoverage: false,
});
