/** The verdict on the terminal: the report's story in its order and words. */
import picocolors from 'picocolors';
import { compareDecimals, decimal, isZero } from '../../domain/decimal.ts';
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import { safeText, shortened } from '../safe-text.ts';
import { plainTable, trimmed } from './plain-table.ts';

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

/** Rules named, and findings named under each: the report has them all. */
const MOST_RULES = 5;
/** Root causes named; they come ranked by money. */
const MOST_CAUSES = 8;

export function summarise(result: RunResult, findings: readonly Finding[], options: SummaryOptions): string {
  const colours = picocolors.createColors(options.colour);
  const parts = [
    headline(result, colours, options.width),
    sandboxLine(result, colours),
    money(result, colours),
    causes(result, colours, options.width),
    mismatches(result, findings, colours, options.width),
    coverage(result, findings, colours, options.width),
    gate(result, colours),
    result.notes.map((note) => `note: ${safeText(note)}`).join('\n'),
    footer(result, options),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headline({ verdict, run, orgs, gate: { mode } }: RunResult, colours: Colours, width: number): string {
  const { glyph, word, colour } = VERDICT[verdict];
  const facts = [
    safeText(run.scenario),
    run.sources.legacy === null ? null : `legacy ${run.sources.legacy}`,
    `contract ${run.sources.contract}`,
    `${orgs.atParity} of ${orgs.expected} organisations at parity`,
    orgs.unreachable > 0 ? `${orgs.unreachable} could not be read` : null,
  ];
  const reportOnly = mode === 'report' && verdict !== 'parity' ? '  (gate mode: report, exit code 0)' : '';
  return [
    `${colours.bold(colours[colour](`${glyph} ${word}`))}${colours.dim(reportOnly)}`,
    ...indented(facts.filter((fact) => fact !== null).join(' · '), 2, width),
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

const share = ({ currency, overBilled, underBilled }: ResultMoney): string[] => [currency, underBilled, overBilled];

function money({ moneyAtRisk }: RunResult, colours: Colours): string {
  if (moneyAtRisk.length === 0) return 'Money at risk: none';
  const table = plainTable(
    [colours.dim('Money at risk'), colours.dim('under-billed'), colours.dim('over-billed')],
    ['left', 'right', 'right'],
  );
  for (const total of moneyAtRisk) table.push(share(total));
  return trimmed(table);
}

function causes({ rootCauses, unexplained }: RunResult, colours: Colours, width: number): string {
  if (rootCauses.length === 0) return '';
  const table = plainTable(
    [colours.dim('Root causes'), '', colours.dim('explains'), colours.dim('most money')],
    ['left', 'left', 'right', 'left'],
  );
  for (const { id, title, sku, explains, of, moneyAtRisk } of rootCauses.slice(0, MOST_CAUSES)) {
    const what = `${title}${sku === null ? '' : `, ${sku}`}`;
    table.push([shortened(what, Math.max(24, width - 54)), colours.dim(id), `${explains} of ${of}`, most(moneyAtRisk)]);
  }
  const more = rootCauses.length - MOST_CAUSES;
  return [
    trimmed(table),
    ...(more > 0 ? [`… and ${more} more causes in the report`] : []),
    `${unexplained} ${unexplained === 1 ? 'mismatch stays' : 'mismatches stay'} unexplained.`,
  ].join('\n');
}

/** The greatest amount in any one currency; amounts are only ordered, never added. */
function most(money: readonly ResultMoney[]): string {
  const sides = money.flatMap(({ currency, overBilled, underBilled }) => [
    { amount: decimal(underBilled), words: `under ${currency} ${underBilled}` },
    { amount: decimal(overBilled), words: `over ${currency} ${overBilled}` },
  ]);
  const [first] = sides.filter(({ amount }) => !isZero(amount)).sort((a, b) => compareDecimals(b.amount, a.amount));
  return first?.words ?? 'none';
}

function mismatches({ cells }: RunResult, findings: readonly Finding[], colours: Colours, width: number): string {
  if (cells.mismatch === 0) return '';
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.status === 'mismatch') byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  }
  const lines = [...byRule].slice(0, MOST_RULES).flatMap(([rule, of]) => example(rule, of, colours, width));
  const more = byRule.size - MOST_RULES;
  return [
    `${cells.mismatch} ${cells.mismatch === 1 ? 'mismatch' : 'mismatches'}, by rule, with the costliest of each`,
    ...lines,
    ...(more > 0 ? [`  … and ${more} more rules in the report`] : []),
  ].join('\n');
}

function example(rule: string, [first, ...others]: readonly Finding[], colours: Colours, width: number): string[] {
  if (first === undefined) return [];
  const count = others.length + 1;
  const where = [
    first.orgs.map(({ id, name }) => name ?? id).join(' + ') || (first.region ?? 'all'),
    first.sku ?? first.partNumber,
  ];
  const amount = first.moneyAtRisk;
  const cost = amount === null ? '' : `  ${amount.direction} ${amount.currency} ${amount.amount}`;
  return [
    `  ${colours.red('✗')} ${colours.bold(rule)} × ${count}${cost}`,
    colours.dim(`      ${shortened(where.filter((part) => part !== null).join(' · '), width - 6)}`),
    ...indented(safeText(first.reason ?? ''), 6, width),
    colours.dim(`      ${first.id}`),
  ];
}

/** As many lines as it takes, each with that many blanks before it. */
const indented = (text: string, by: number, width: number): string[] =>
  wrap(text, width - by).map((line) => `${' '.repeat(by)}${line}`);

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? shortened(word, width) : `${line} ${word}`;
  }
  return [...lines, line];
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
  const moving = cells.unstable === 1 ? '1 figure' : `${cells.unstable} figures`;
  const unstable =
    cells.unstable === 0
      ? []
      : [`~ ${moving} moved while they were read, and are neither a match nor a mismatch: run again`];
  const worst = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 5);
  return [
    ...wrap(line, width),
    ...unstable.flatMap((text) => indented(text, 2, width)).map((text) => colours.yellow(text)),
    ...worst.map(([reason, count]) => colours.yellow(`  ? ${count} × ${shortened(reason, width - 10)}`)),
  ].join('\n');
}

const CHECKS: Readonly<Record<string, string>> = {
  minParity: 'parity, at least (%)',
  minCoverage: 'coverage, at least (%)',
  expiredWaivers: 'expired waivers, at most',
};

const MONEY_CHECK = /^maxMoneyAtRisk\.(?<currency>[A-Z]{3})$/;

function checkWords(name: string): string {
  const currency = MONEY_CHECK.exec(name)?.groups?.['currency'];
  return currency === undefined ? (CHECKS[name] ?? name) : `money at risk, at most (${currency})`;
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
