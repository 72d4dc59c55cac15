/** The verdict on the terminal: the report's story in its order and words. */
import picocolors from 'picocolors';
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import { amountsOf, unknownMoneyWords } from '../books-words.ts';
import { comparedSentence, limitSentences, limitWords } from '../compared-words.ts';
import { unverified } from '../finding-words.ts';
import { grouped } from '../html/view/words.ts';
import { safeText, shortened } from '../safe-text.ts';
import {
  entryWords,
  ledgerOf,
  nothingButWaived,
  onlyWaivedTooMuch,
  WAIVED_TOO_MUCH,
  waivedWords,
} from '../waived-words.ts';
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

const VERDICT = {
  parity: { glyph: '✓', word: 'READY: parity', colour: 'green' },
  mismatch: { glyph: '✗', word: 'NOT READY: mismatch', colour: 'red' },
  inconclusive: { glyph: '?', word: 'INCONCLUSIVE: not all could be compared', colour: 'yellow' },
} as const;

/** With the contract side alone nothing is compared with anything. */
const VERDICT_ALONE = {
  parity: { ...VERDICT.parity, word: 'VALID: the contract side keeps to its documentation and agrees with itself' },
  mismatch: { ...VERDICT.mismatch, word: 'NOT VALID: the contract side contradicts its documentation or itself' },
  inconclusive: { ...VERDICT.inconclusive, word: 'INCONCLUSIVE: not all could be checked' },
} as const;

export function summarise(result: RunResult, findings: readonly Finding[], options: SummaryOptions): string {
  const colours = picocolors.createColors(options.colour);
  const parts = [
    headline(result, findings, colours, options.width),
    sandboxLine(result, colours),
    result.run.sources.legacy === null ? '' : money(result, colours, options.width),
    ledger(findings, colours, options.width),
    tieOut(result, colours, options.width),
    causes(result, findings, colours, options.width),
    unexplained(result, findings, colours, options.width),
    coverage(result, findings, colours, options.width),
    accounts(result, colours, options.width),
    drift(result, colours, options.width),
    gate(result, colours),
    notes(result, options.width),
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

function headline(result: RunResult, findings: readonly Finding[], colours: Colours, width: number): string {
  const {
    verdict,
    run,
    orgs,
    gate: { mode },
  } = result;
  const alone = run.sources.legacy === null;
  const { open, other } = unverified(findings);
  const { glyph, word, colour } = (alone ? VERDICT_ALONE : VERDICT)[verdict];
  const facts = [
    safeText(run.scenario),
    run.shard === null ? null : `shard ${run.shard}, a part of the organisations: parity merge joins them`,
    run.sources.legacy === null ? null : `legacy ${run.sources.legacy}`,
    `contract ${run.sources.contract}`,
    `${orgs.atParity} of ${orgs.expected} organisations ${alone ? 'without a finding' : 'at parity'}`,
    orgs.unreachable > 0 ? `${orgs.unreachable} could not be read` : null,
    open > 0 ? `${figures(open)} unverified in an open period` : null,
    other > 0 ? `${figures(other)} moved while read, not compared` : null,
  ];
  const looked = [comparedSentence(result), ...limitSentences(result)].filter((text) => text !== null);
  const waived = verdict === 'parity' ? waivedWords(result) : '';
  const [first = '', ...said] = word.split(': ');
  const why = verdict === 'inconclusive' && onlyWaivedTooMuch(result) ? `${first}: ${WAIVED_TOO_MUCH}` : word;
  const full = waived === '' ? why : [`${first} ${waived}`, ...(alone ? said : [])].join(': ');
  const verdicts = verdictLines(`${glyph} ${full}`, limitWords(result), width);
  const reportOnly = mode === 'report' && verdict !== 'parity' ? '  (gate mode: report, exit code 0)' : '';
  const beside = [...(verdicts.at(-1) ?? ''), ...reportOnly].length <= width;
  return [
    `${verdicts.map((line) => colours.bold(colours[colour](line))).join('\n')}${beside ? colours.dim(reportOnly) : ''}`,
    ...(beside ? [] : [colours.dim(reportOnly)]),
    ...indented(facts.filter((fact) => fact !== null).join(' · '), 2, width),
    ...looked.flatMap((text) => indented(text, 2, width)),
  ].join('\n');
}

function sandboxLine({ run: { sandbox } }: RunResult, colours: Colours): string {
  if (sandbox === null) return '';
  const { hidden, found, falseAlarms, missed } = sandbox;
  const right = found === hidden && falseAlarms === 0;
  const told = hidden === 0 ? 'hid nothing' : `hid ${hidden} ${hidden === 1 ? 'defect' : 'defects'}`;
  const seen = hidden === 0 ? '' : `${found} found, `;
  const text = `The sandbox ${told} in this world (seed ${sandbox.seed}); ${seen}${falseAlarms} false alarms.`;
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

function money(result: RunResult, colours: Colours, width: number): string {
  const { moneyAtRisk, moneyWaived = [] } = result;
  const waived = amountsOf(moneyWaived);
  const unknown = unknownMoneyWords(result);
  return [
    moneyAtRisk.length === 0
      ? `Money at risk: ${unknown === null ? (nothingButWaived(result) ?? 'none') : 'none that can be worked out'}`
      : moneyTable(result, colours),
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

function coverage({ cells }: RunResult, findings: readonly Finding[], colours: Colours, width: number): string {
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
  const reasons = new Map<string, number>();
  for (const { status, reason } of findings) {
    if (status === 'not-comparable' && reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const { open, other } = unverified(findings);
  const unstable = [
    open > 0 ? `~ ${figures(open)} of an open period moved while read, and stay unverified: run again` : null,
    other > 0 ? `~ ${figures(other)} of a closed period moved while read, and count as not compared` : null,
  ].filter((text) => text !== null);
  const worst = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 5);
  return [
    ...wrap(line, width),
    ...unstable.flatMap((text) => indented(text, 2, width)).map((text) => colours.yellow(text)),
    ...worst.map(([reason, count]) => colours.yellow(`  ? ${count} × ${shortened(reason, width - 10)}`)),
  ].join('\n');
}

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

/** Lines that one note may take: the report and result.json have it whole. */
const NOTE_LINES = 4;

function notes({ notes: all }: RunResult, width: number): string {
  return all
    .flatMap((note) => wrap(shortened(`note: ${note}`, NOTE_LINES * width - 40), width - 6))
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
