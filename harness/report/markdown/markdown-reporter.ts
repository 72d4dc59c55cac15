/** summary.md: for a job summary or a comment on a pull request (65,536 characters at most). */
import { join } from 'node:path';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { noMoneyWords } from '../triage/no-money.ts';
import { type Triage, triageOf } from '../triage/triage.ts';
import {
  amountsOf,
  byResidual,
  leftOut,
  NOTHING_TIED,
  signedAmount,
  TIE_OUT_SENTENCE,
  tiesNothing,
  unknownMoneyWords,
} from '../words/books.ts';
import { capital, counted, grouped, isAlone, isNothing, verdictWords } from '../words/common.ts';
import { comparedSentence, limitWords } from '../words/compared.ts';
import { alikeReasons, alikeWords, moneyWords, ownMismatches, productOf, reasonOf, whoOf } from '../words/finding.ts';
import { closing } from '../words/headline.ts';
import { ledgerOf, verdictWord } from '../words/waived.ts';
import { escaped } from './escape.ts';
import { table } from './table.ts';

/** Rows of a list; the report has them all. */
const MOST = 20;
const NAME = 80;
const SENTENCE = 240;
const LONG = 2000;
/** Reasons with their requests: long enough for any that an API gives, and few enough for a comment. */
const MOST_REASONS = 10;
const REASON = 600;
const NOTE = 400;

export const markdownReporter: Reporter = {
  name: 'markdown',
  async write(context) {
    const file = join(context.out, 'summary.md');
    await writeAtomically(file, [summary(context)]);
    return [file];
  },
};

function summary({ result, findings }: ReportContext): string {
  const { glyph } = verdictWords(result);
  const triage = triageOf(result, findings);
  const reportOnly = result.gate.mode === 'report' && result.verdict !== 'parity' ? ' (the gate only reports)' : '';
  const limits = limitWords(result);
  const parts = [
    `## ${glyph} ${verdictWord(result)}: ${escaped(result.run.scenario, NAME)}${reportOnly}${limits === '' ? '' : ` (${limits})`}`,
    firstLines(triage),
    [closing(result, findings, triage), comparedSentence(result) ?? '']
      .map((text) => escaped(text, LONG))
      .join(' ')
      .trim(),
    gate(result),
    money(result, triage),
    ledger(findings),
    tieOut(result),
    causes(result),
    costliest(findings),
    notCompared(result, findings),
    notes(result),
    footer(result),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Which kind of outcome it is; then each reason with its remedy, and the request behind it last. */
function firstLines({ title, points }: Triage): string {
  const lines = points.map(({ words, request }) => {
    return `- ${escaped(words, REASON)}${request === null ? '' : `<br>${escaped(request, REASON)}`}`;
  });
  return [`**${escaped(capital(title), LONG)}**`, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
}

function gate({ gate: { checks } }: RunResult): string {
  const rows = checks.map(({ name, limit, actual, met }) => [name, limit, actual, met ? '✓ met' : '✗ **not met**']);
  return table(['Gate', 'Limit', 'Actual', ''], ['---', '---:', '---:', '---'], rows);
}

function money(result: RunResult, triage: Triage): string {
  const { moneyAtRisk, moneyWaived = [] } = result;
  const waived = amountsOf(moneyWaived);
  const unknown = unknownMoneyWords(result);
  const none = `**Money at risk:** ${noMoneyWords(result, triage)}`;
  return [
    moneyAtRisk.length === 0 ? none : moneyTable(result),
    [unknown, waived.length === 0 ? null : `Waived, and not in these sums: ${waived.slice(0, MOST).join(', ')}`]
      .filter((text) => text !== null)
      .map((text) => `${escaped(capital(text), LONG)}.`)
      .join(' '),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function ledger(findings: readonly Finding[]): string {
  const entries = ledgerOf(findings);
  if (entries.length === 0) return '';
  const rows = entries
    .slice(0, MOST)
    .map(({ waiver, findings: covered, money: amounts }) => [
      escaped(waiver.expires, NAME),
      escaped(waiver.reason, SENTENCE),
      escaped(waiver.owner, NAME),
      escaped(waiver.ticket ?? '', NAME),
      grouped(covered),
      escaped(amountsOf(amounts).join(', '), SENTENCE),
    ]);
  return [
    '### Waived',
    table(
      ['Until', 'Reason', 'Owner', 'Ticket', 'Findings', 'Money'],
      ['---', '---', '---', '---', '---:', '---'],
      rows,
    ),
    ...andMore(entries.length, 'waivers').map((text) => text.trim()),
  ].join('\n\n');
}

function tieOut(result: RunResult): string {
  const { tieOut: all = [] } = result;
  if (all.length === 0) return '';
  const rows = byResidual(all)
    .slice(0, MOST)
    .map((row) => [
      escaped(row.currency, NAME),
      grouped(row.legacy),
      grouped(row.contract),
      signedAmount(row.difference),
      signedAmount(row.findings),
      tiesNothing(row) ? NOTHING_TIED : isNothing(row.residual) ? row.residual : `**${signedAmount(row.residual)}**`,
      leftOut(row) ? `legacy ${grouped(row.notCompared.legacy)}, contract ${grouped(row.notCompared.contract)}` : '',
    ]);
  const unknown = unknownMoneyWords(result);
  return [
    '### Tie-out',
    `${TIE_OUT_SENTENCE}${unknown === null ? '' : ` Not in it: ${unknown.replace(/^and /, '')}.`}`,
    table(
      ['Currency', 'Legacy bills', 'Contract bills', 'Difference', 'Findings', 'Residual', 'Billed, not compared'],
      ['---', '---:', '---:', '---:', '---:', '---:', '---'],
      rows,
    ),
    ...andMore(all.length, 'currencies').map((text) => text.trim()),
  ].join('\n\n');
}

function moneyTable({ moneyAtRisk }: RunResult): string {
  const rows = moneyAtRisk.map(({ currency, underBilled, overBilled }) => [
    escaped(currency, NAME),
    grouped(underBilled),
    grouped(overBilled),
  ]);
  return table(['Money at risk', 'Under-billed', 'Over-billed'], ['---', '---:', '---:'], rows);
}

function causes({ rootCauses, unexplained }: RunResult): string {
  if (rootCauses.length === 0) return '';
  const lines = rootCauses.slice(0, MOST).map(({ id, title, sku, explains, of, moneyAtRisk }) => {
    const amounts = moneyAtRisk.map(
      ({ currency, overBilled, underBilled }) =>
        `${currency} ${grouped(underBilled)} under, ${grouped(overBilled)} over`,
    );
    const where = sku === null ? '' : ` (${escaped(sku, NAME)})`;
    const facts = [`explains ${explains} of ${counted(of, 'mismatch', 'mismatches')}`, ...amounts].join('; ');
    return `1. **${escaped(title, SENTENCE)}**${where} \`${id}\`: ${facts}`;
  });
  return ['### Root causes', [...lines, ...andMore(rootCauses.length, 'causes')].join('\n'), left(unexplained)].join(
    '\n\n',
  );
}

const left = (unexplained: number): string =>
  `${counted(unexplained, 'mismatch', 'mismatches')} ${unexplained === 1 ? 'stays' : 'stay'} unexplained.`;

const andMore = (all: number, noun: string, most = MOST): string[] =>
  all > most ? [`\n… and ${all - most} more ${noun}`] : [];

function costliest(findings: readonly Finding[]): string {
  const own = ownMismatches(findings);
  if (own.length === 0) return '';
  const rows = own
    .slice(0, MOST)
    .map((finding) => [
      `\`${finding.rule}\``,
      escaped(whoOf(finding), NAME),
      escaped(productOf(finding) ?? '', NAME),
      escaped(moneyWords(finding), NAME),
      escaped(reasonOf(finding), SENTENCE),
      `\`${finding.id}\``,
    ]);
  const head = ['Rule', 'Organisation', 'Product', 'Money at risk', 'What differs', 'Finding'];
  return [
    '### Mismatches, the costliest first',
    table(
      head,
      head.map(() => '---'),
      rows,
    ),
    ...andMore(own.length, 'mismatches that follow from no other').map((text) => text.trim()),
  ].join('\n\n');
}

function notCompared(result: RunResult, findings: readonly Finding[]): string {
  const { cells } = result;
  const open = cells.notComparable + cells.unstable;
  if (open === 0) return '';
  const reasons = alikeReasons(findings, result.unread);
  const lines = reasons.slice(0, MOST_REASONS).map((alike) => `- ${escaped(alikeWords(alike), REASON)}`);
  const moved = cells.unstable > 0 ? [`- ${grouped(cells.unstable)} × moved while they were read`] : [];
  return [
    '### Not compared',
    [...lines, ...moved, ...andMore(reasons.length, 'reasons', MOST_REASONS)].join('\n'),
  ].join('\n\n');
}

const notes = ({ notes: all }: RunResult): string =>
  all.length === 0
    ? ''
    : [
        '### Notes',
        [...all.slice(0, MOST).map((note) => `- ${escaped(note, NOTE)}`), ...andMore(all.length, 'notes')].join('\n'),
      ].join('\n\n');

function footer(result: RunResult): string {
  const { run, tool, requests, orgs, cells } = result;
  const checks = Object.values(cells).reduce((sum, count) => sum + count, 0);
  const facts = [
    `${grouped(orgs.atParity)} of ${counted(orgs.expected, 'organisation')} ${isAlone(result) ? 'without a finding' : 'at parity'}`,
    counted(checks, 'check'),
    counted(requests.legacy + requests.contract, 'request'),
    `run \`${run.id}\``,
    `${tool.name} ${tool.version}`,
  ];
  return `<sub>${facts.join(' · ')}</sub>`;
}
