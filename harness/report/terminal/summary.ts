/** The verdict on the terminal: the report's story in its order and words. */
import picocolors from 'picocolors';
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import { noMoneyWords } from '../triage/no-money.ts';
import type { TriagePoint } from '../triage/point.ts';
import { type Triage, triageOf } from '../triage/triage.ts';
import { amountsOf, unknownMoneyWords } from '../words/books.ts';
import { counted, grouped, isAlone, verdictWords } from '../words/common.ts';
import { comparedSentence, limitSentences, limitWords } from '../words/compared.ts';
import { alikeReasons, alikeWords, unverified } from '../words/finding.ts';
import { safeText } from '../words/safe-text.ts';
import { entryWords, ledgerOf, waivedWords } from '../words/waived.ts';
import { indented, plainTable, trimmed, wrap } from './layout.ts';
import { accounts, tieOut } from './summary-books.ts';
import { drift } from './summary-drift.ts';
import { causes, unexplained } from './summary-mismatches.ts';

export interface SummaryOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Paths as they are to be shown. */
  readonly files: readonly string[];
  /** What to do next, as a command; null if there is nothing to do. */
  readonly nextCommand: string | null;
}

type Colours = ReturnType<typeof picocolors.createColors>;

const COLOURS = { parity: 'green', mismatch: 'red', inconclusive: 'yellow' } as const;
const GLYPHS = { parity: '✓', mismatch: '✗', inconclusive: '?' } as const;

export function summarise(result: RunResult, findings: readonly Finding[], options: SummaryOptions): string {
  const colours = picocolors.createColors(options.colour);
  const triage = triageOf(result, findings);
  const parts = [
    headline(result, findings, triage, colours, options.width),
    sandboxLine(result, colours),
    isAlone(result) ? '' : money(result, triage, colours, options.width),
    ledger(findings, colours, options.width),
    tieOut(result, colours, options.width),
    causes(result, findings, colours, options.width),
    unexplained(result, findings, colours, options.width),
    coverage(result, findings, colours, options.width),
    accounts(result, colours, options.width),
    drift(result, colours, options.width),
    gate(result, colours),
    notes(result, triage, options.width),
    footer(result, options),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The verdict and, on the same line, what it does not speak of. */
function verdictLines(verdict: string, limits: string, width: number): string[] {
  const [first = '', ...more] = wrap(`${verdict}${limits === '' ? '' : ` · ${limits}`}`, width);
  return [first, ...more.map((line) => `  ${line}`)];
}

const figures = (count: number): string => (count === 1 ? '1 figure' : `${count} figures`);

function headline(
  result: RunResult,
  findings: readonly Finding[],
  triage: Triage,
  colours: Colours,
  width: number,
): string {
  const { verdict, gate } = result;
  const waived = verdict === 'parity' ? waivedWords(result) : '';
  const word = `${verdictWords(result).word}${waived === '' ? '' : ` ${waived}`}`;
  // Waivers stand in place of `parity`: what they cover does not agree.
  const title = waived !== '' && !isAlone(result) ? word : `${word}: ${triage.title}`;
  const verdicts = verdictLines(`${GLYPHS[verdict]} ${title}`, limitWords(result), width);
  const reportOnly = gate.mode === 'report' && verdict !== 'parity' ? '  (gate mode: report, exit code 0)' : '';
  const beside = [...(verdicts.at(-1) ?? ''), ...reportOnly].length <= width;
  const compared = comparedSentence(result);
  const limits = limitSentences(result, triage.kind === 'set-up' || triage.kind === 'not-looked');
  return [
    `${verdicts.map((line) => colours.bold(colours[COLOURS[verdict]](line))).join('\n')}${beside ? colours.dim(reportOnly) : ''}`,
    ...(beside ? [] : [colours.dim(reportOnly)]),
    ...triage.points.flatMap((point) => pointLines(point, colours, width)),
    ...indented(factsOf(result, findings).join(' · '), 2, width),
    ...[compared, ...limits].flatMap((text) => (text === null ? [] : indented(text, 2, width))),
  ].join('\n');
}

/** Reason and remedy, and the request on lines of its own: whole, as it is what one looks for. */
const pointLines = ({ words, request }: TriagePoint, colours: Colours, width: number): string[] => [
  ...indented(words, 2, width).map((line) => colours.bold(line)),
  ...(request === null ? [] : indented(safeText(request), 4, width).map((line) => colours.dim(line))),
];

function factsOf(result: RunResult, findings: readonly Finding[]): string[] {
  const { run, orgs } = result;
  const { open, other } = unverified(findings);
  const facts = [
    safeText(run.scenario),
    run.shard === null ? null : `shard ${run.shard}, a part of the organisations: parity merge joins them`,
    run.sources.legacy === null ? null : `legacy ${run.sources.legacy}`,
    `contract ${run.sources.contract}`,
    isAlone(result) && orgs.expected === 0
      ? 'no organisation was seen'
      : `${orgs.atParity} of ${orgs.expected} organisations ${isAlone(result) ? 'without a finding' : 'at parity'}`,
    orgs.unreachable > 0 ? `${orgs.unreachable} could not be read` : null,
    open > 0 ? `${figures(open)} unverified in an open period` : null,
    other > 0 ? `${figures(other)} moved while read, not compared` : null,
  ];
  return facts.filter((fact) => fact !== null);
}

function sandboxLine({ run: { sandbox } }: RunResult, colours: Colours): string {
  if (sandbox === null) return '';
  const { hidden, found, falseAlarms, missed } = sandbox;
  const right = found === hidden && falseAlarms === 0;
  const hiddenWords = hidden === 0 ? 'hid nothing' : `hid ${hidden} ${hidden === 1 ? 'defect' : 'defects'}`;
  const seen = hidden === 0 ? '' : `${found} found, `;
  const text = `The sandbox ${hiddenWords} in this world (seed ${sandbox.seed}); ${seen}${falseAlarms} false alarms.`;
  const lines = [
    right ? colours.green(text) : colours.red(text),
    ...missed.map((one) => `  not found: ${safeText(one)}`),
  ];
  return lines.join('\n');
}

const share = ({ currency, overBilled, underBilled }: ResultMoney): string[] => [
  currency,
  grouped(underBilled),
  grouped(overBilled),
];

function money(result: RunResult, triage: Triage, colours: Colours, width: number): string {
  const { moneyAtRisk, moneyWaived = [] } = result;
  const waived = amountsOf(moneyWaived);
  const unknown = unknownMoneyWords(result);
  return [
    ...(moneyAtRisk.length === 0
      ? indented(`Money at risk: ${noMoneyWords(result, triage)}`, 0, width)
      : [moneyTable(result, colours)]),
    ...(unknown === null ? [] : indented(`? ${unknown}`, 2, width).map(colours.yellow)),
    ...(waived.length === 0
      ? []
      : indented(`waived, and not in these sums: ${waived.join(', ')}`, 2, width).map(colours.dim)),
  ].join('\n');
}

function moneyTable({ moneyAtRisk }: RunResult, colours: Colours): string {
  const table = plainTable(
    [colours.dim('Money at risk'), colours.dim('under-billed'), colours.dim('over-billed')],
    ['left', 'right', 'right'],
  );
  for (const total of moneyAtRisk) table.push(share(total));
  return trimmed(table);
}

function coverage({ cells, unread }: RunResult, findings: readonly Finding[], colours: Colours, width: number): string {
  const total = Object.values(cells).reduce((sum, count) => sum + count, 0);
  const parts: [string, number][] = [
    ['match', cells.match],
    ['tolerated', cells.tolerated],
    ['waived', cells.waived],
    ['mismatch', cells.mismatch],
    ['unstable', cells.unstable],
    ['not comparable', cells.notComparable],
  ];
  const line = `${total} checks = ${parts
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join(' + ')}`;
  const { open, other } = unverified(findings);
  const unstable = [
    open > 0 ? `~ ${figures(open)} of an open period moved while read, and stay unverified: run again` : null,
    other > 0 ? `~ ${figures(other)} of a closed period moved while read, and count as not compared` : null,
  ].filter((text) => text !== null);
  const reasons = alikeReasons(findings, unread);
  const more = reasons.length - MOST_REASONS;
  return [
    ...wrap(line, width),
    ...unstable.flatMap((text) => indented(text, 2, width)).map((text) => colours.yellow(text)),
    ...reasons
      .slice(0, MOST_REASONS)
      .flatMap((alike) => hanging(`? ${alikeWords(alike)}`, width))
      .map(colours.yellow),
    ...(more > 0 ? [colours.yellow(`  … and ${counted(more, 'more reason')} in the report`)] : []),
  ].join('\n');
}

/** Reasons why something could not be compared: the report has them all. */
const MOST_REASONS = 5;

/** Whole, its first line two columns further out than the others. */
const hanging = (text: string, width: number): string[] =>
  indented(text, 4, width).map((line, at) => (at === 0 ? line.slice(2) : line));

/** Waivers listed: the report has them all. */
const MOST_WAIVERS = 8;

/** Who accepted what, how much it is, and until when. */
function ledger(findings: readonly Finding[], colours: Colours, width: number): string {
  const entries = ledgerOf(findings);
  if (entries.length === 0) return '';
  const more = entries.length - MOST_WAIVERS;
  return [
    'Waived',
    ...entries.slice(0, MOST_WAIVERS).flatMap((entry) => {
      const [first = '', ...rest] = indented(entryWords(entry), 4, width);
      return [`  ${colours.yellow('⚑')} ${first.trimStart()}`, ...rest];
    }),
    ...(more > 0 ? [`  … and ${more} more in the report`] : []),
  ].join('\n');
}

const CHECKS: Readonly<Record<string, string>> = {
  minParity: 'parity, at least (%)',
  minCoverage: 'coverage, at least (%)',
  expiredWaivers: 'expired waivers, at most',
  failOnDrift: 'drift of the wire, places at most',
  tieOut: 'tie-out, residual',
  accounts: 'records in no account, at most',
};

const MONEY_CHECK = /^(?<limit>maxMoneyAtRisk|maxWaivedMoney)\.(?<currency>[A-Z]{3})$/;

function checkWords(name: string): string {
  const { limit, currency } = MONEY_CHECK.exec(name)?.groups ?? {};
  if (currency === undefined) return CHECKS[name] ?? name;
  return `${limit === 'maxWaivedMoney' ? 'money waived' : 'money at risk'}, at most (${currency})`;
}

function gate({ gate: { checks } }: RunResult, colours: Colours): string {
  const table = plainTable(
    [colours.dim('Gate'), colours.dim('limit'), colours.dim('actual'), ''],
    ['left', 'right', 'right', 'left'],
  );
  for (const { name, limit, actual, met } of checks) {
    table.push([checkWords(name), limit, actual, met ? colours.green('✓ met') : colours.red('✗ not met')]);
  }
  return trimmed(table);
}

/** Without those that tell again what the first lines tell. */
function notes({ notes: all }: RunResult, { points }: Triage, width: number): string {
  return all
    .filter((note) => !points.some(({ request }) => request !== null && note.includes(request)))
    .flatMap((note) => wrap(`note: ${safeText(note)}`, width - 6))
    .map((line) => (line.startsWith('note: ') ? line : `      ${line}`))
    .join('\n');
}

function footer({ run, requests }: RunResult, { files, nextCommand }: SummaryOptions): string {
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  const replayed = requests.replayed > 0 ? `, ${requests.replayed} replayed` : '';
  const lines = [
    `${requests.legacy} legacy and ${requests.contract} contract requests${replayed}, ${requests.retries} retries, ${seconds.toFixed(1)} s`,
    ...files.map((file) => `  ${file}`),
  ];
  if (nextCommand !== null) lines.push(`Next: ${nextCommand}`);
  return lines.join('\n');
}
