/** The findings that a reader has chosen, as files to pass on. */
import type { Finding } from '../../../domain/run-result.ts';
import { csvRows } from '../../csv/rows.ts';
import { escaped } from '../../markdown/escape.ts';
import { moneyWords, productOf, reasonOf, whoOf } from '../../words/finding.ts';
import { excerptKey, type ReportBasis } from '../data.ts';

const NAME = 80;
const SENTENCE = 240;

export interface SliceFile {
  readonly name: string;
  readonly type: string;
  readonly parts: readonly string[];
}

const HEAD = ['Status', 'Rule', 'Organisation', 'Product', 'Money', 'What differs', 'Finding'];

function markdown(findings: readonly Finding[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = findings.map((finding) =>
    row([
      finding.status,
      `\`${finding.rule}\``,
      escaped(whoOf(finding), NAME),
      escaped(productOf(finding) ?? '', NAME),
      escaped(moneyWords(finding), NAME),
      escaped(reasonOf(finding), SENTENCE),
      `\`${finding.id}\``,
    ]),
  );
  return `${[row(HEAD), row(HEAD.map(() => '---')), ...rows].join('\n')}\n`;
}

/**
 * Findings with their evidence and nothing else of the run: no figure, name or request of an organisation that is not
 * theirs. Excerpts hold what stands around a value in its body, and so only of the organisations that were asked for.
 */
function withEvidence(
  findings: readonly Finding[],
  { result, evidence: { exchanges, excerpts } }: ReportBasis,
): string {
  const cited = findings
    .flatMap(({ legacy, contract }) => [legacy, contract])
    .flatMap((statement) => [statement?.evidence, statement?.first?.evidence])
    .filter((evidence) => evidence != null);
  const pick = <T>(from: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const value = from[key];
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
  const { id, scenario, startedAt, finishedAt, sources } = result.run;
  const part = {
    tool: result.tool,
    run: { id, scenario, startedAt, finishedAt, sources },
    findings,
    exchanges: pick(
      exchanges,
      cited.map(({ exchange }) => exchange),
    ),
    excerpts: pick(excerpts, cited.map(excerptKey)),
  };
  return `${JSON.stringify(part, null, 2)}\n`;
}

export type SliceFormat = 'csv' | 'json' | 'markdown';

/** File names hold nothing that comes from the wire. */
export function sliceFile(format: SliceFormat, findings: readonly Finding[], data: ReportBasis): SliceFile {
  const name = `findings-${data.result.run.id}`;
  switch (format) {
    case 'csv':
      return { name: `${name}.csv`, type: 'text/csv;charset=utf-8', parts: [...csvRows(findings)] };
    case 'json':
      return { name: `${name}.json`, type: 'application/json', parts: [withEvidence(findings, data)] };
    case 'markdown':
      return { name: `${name}.md`, type: 'text/markdown;charset=utf-8', parts: [markdown(findings)] };
  }
}
