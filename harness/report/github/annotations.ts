/** A run as GitHub workflow commands: what stands at the top of the run's page. */
import type { Finding, RunResult } from '../../domain/run-result.ts';
import type { TriagePoint } from '../triage/point.ts';
import { type Triage, triageOf } from '../triage/triage.ts';
import { byResidual, tieOutWords, unknownMoneyWords } from '../words/books.ts';
import { isAlone, isNothing, verdictWords } from '../words/common.ts';
import { limitSentences, limitWords } from '../words/compared.ts';
import { alikeReasons, alikeWords, moneyWords, ownMismatches, productOf, reasonOf, whoOf } from '../words/finding.ts';
import { safeText } from '../words/safe-text.ts';

/** GitHub shows ten of a kind for a step. */
const MOST = 10;
const MOST_CURRENCIES = 10;

/** Percent first, or the others would be escaped twice. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows each on a line of its own. */
const lines = (level: Level, title: string, message: readonly string[]): string =>
  `::${level} title=${property(safeText(title))}::${data(message.map(safeText).join('\n'))}`;

const command = (level: Level, title: string, message: string): string => lines(level, title, [message]);

/**
 * One line a command: the verdict first, then what keeps it from being one, then causes, then what none explains, the costliest
 * first. With gate mode `report`, and within the limits of the gate, nothing is an error.
 */
export function annotations(result: RunResult, findings: readonly Finding[]): readonly string[] {
  const level = result.gate.mode === 'report' || result.verdict === 'parity' ? 'warning' : 'error';
  const triage = triageOf(result, findings);
  const unexplained = ownMismatches(findings).filter(({ rootCause }) => rootCause === null);
  const all = [...triage.points.flatMap(pointOf), ...result.rootCauses.map(causeOf), ...unexplained.map(mismatchOf)];
  const shown = all.slice(0, MOST).map(([title, message]) => command(level, title, message));
  return [
    overview(result, triage, all.length - shown.length),
    ...shown,
    ...notCompared(result, findings),
    ...books(result),
  ];
}

const POINT_TITLES = { 'set-up': 'The set-up does not fit', 'not-looked': 'Could not look' } as const;

/** What differs is told by its causes and mismatches themselves. */
function pointOf({ kind, words, request }: TriagePoint): TitledMessage[] {
  if (kind === 'differ') return [];
  return [[POINT_TITLES[kind], request === null ? words : `${words} ${request}`]];
}

type TitledMessage = readonly [title: string, message: string];

function causeOf({ id, title, sku, explains, of, moneyAtRisk }: RunResult['rootCauses'][number]): TitledMessage {
  const amounts = moneyAtRisk.map(
    ({ currency, overBilled, underBilled }) => `${currency} ${underBilled} under-billed, ${overBilled} over-billed`,
  );
  const facts = [`explains ${explains} of ${of} mismatches`, ...amounts].join('; ');
  return [`Root cause ${id}`, `${title}${sku === null ? '' : ` (${sku})`}: ${facts}`];
}

function mismatchOf(finding: Finding): TitledMessage {
  const where = [whoOf(finding), productOf(finding)].filter((part) => part !== null).join(', ');
  const cost = moneyWords(finding);
  return [finding.rule, `${where}: ${reasonOf(finding)}${cost === '' ? '' : ` (${cost})`} [finding ${finding.id}]`];
}

function notCompared({ cells, unread }: RunResult, findings: readonly Finding[]): string[] {
  const [first] = alikeReasons(findings, unread);
  if (first === undefined) return [];
  return [command('warning', `${cells.notComparable} checks could not be compared`, alikeWords(first))];
}

function overview(result: RunResult, triage: Triage, more: number): string {
  const { run, cells, orgs } = result;
  const limits = limitWords(result);
  const rest = more > 0 ? `${more} more in the report` : null;
  const counts = `${cells.mismatch} mismatches, ${cells.notComparable} not comparable, ${cells.unstable} unverified, ${orgs.atParity} of ${orgs.expected} organisations ${isAlone(result) ? 'without a finding' : 'at parity'}`;
  const message = [counts, rest, ...limitSentences(result)].filter((part) => part !== null).join('; ');
  const title = `${run.scenario}: ${verdictWords(result).word}: ${triage.title}${limits === '' ? '' : ` (${limits})`}`;
  return lines('notice', title, tiesOut(result) ? [message, ...tieOutLines(result)] : [message]);
}

const tiesOut = ({ tieOut = [] }: RunResult): boolean => tieOut.every(({ residual }) => isNothing(residual));

/** By itself only where a residual is left; else the notice of the run says it. */
const books = (result: RunResult): string[] =>
  tiesOut(result) ? [] : [lines('warning', 'The bills do not tie out', tieOutLines(result))];

function tieOutLines(result: RunResult): string[] {
  const { tieOut = [] } = result;
  const unknown = unknownMoneyWords(result);
  const more = tieOut.length - MOST_CURRENCIES;
  return [
    ...byResidual(tieOut)
      .slice(0, MOST_CURRENCIES)
      .map((row) => `${row.currency}: ${tieOutWords(row)}`),
    ...(more > 0 ? [`and ${more} more currencies`] : []),
    ...(unknown === null ? [] : [unknown]),
  ];
}
