/** Could not look: requests that failed, answers that cannot be used, and questions that the answers leave open. */
import { tellsOf } from '../../domain/alike.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { capital, counted, isAlone, sentence } from '../words/common.ts';
import { type AlikeReason, alikeReasons, unverified } from '../words/finding.ts';
import { atMost, isRefusal, type TriagePoint, unreadWords } from './point.ts';

const MOST = 3;

const point = (words: string, request: string | null = null): TriagePoint => ({ kind: 'not-looked', words, request });

/** What to do, where the reason does not say it by itself. */
const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  timeout: '; run again later, or allow more with limits.timeoutSeconds',
  'body-too-large': '; allow more with limits.maxBodyMegabytes',
  'wire-contract': '; run again, and if it stays, give the request below to the support of the API',
  normalisation: '; run again, and if it stays, give the request below to the support of the API',
  'foreign-origin': '; nothing was asked there: give the request below to the support of the API',
};

export const unreadPoints = ({ unread = [] }: RunResult): readonly TriagePoint[] =>
  atMost(
    MOST,
    unread
      .filter((one) => !isRefusal(one))
      .map((one) => point(unreadWords(one, REMEDIES[one.code] ?? ''), one.request)),
    (more) => `${counted(more, 'more kind')} of failures: the notes have them.`,
  );

/** Why checks that were expected could not be made, apart from what is told already: requests that failed, names that do not fit. */
export function openPoints(
  result: RunResult,
  findings: readonly Finding[],
  earlierPoints: readonly TriagePoint[],
): readonly TriagePoint[] {
  const { unread = [], gate } = result;
  const expected = findings.filter(({ outsideCoverage }) => outsideCoverage !== true);
  const isListedAlready = ({ reason }: AlikeReason): boolean =>
    unread.some((one) => tellsOf(reason, one.reason)) ||
    earlierPoints.some(({ words }) => words.startsWith(capital(reason)));
  const reasons = alikeReasons(expected)
    .filter((alike) => !isListedAlready(alike))
    .map(({ reason, count }) =>
      point(sentence(`${counted(count, 'check')} could not be ${isAlone(result) ? 'made' : 'compared'}: ${reason}`)),
    );
  const { other } = unverified(findings);
  const moved = other > 0 ? [point(`${counted(other, 'figure')} moved while read; run again.`)] : [];
  const lost = gate.checks.find(({ name, met }) => name === 'accounts' && !met);
  const fault =
    lost === undefined ? [] : [point(`${lost.actual} records are in no account: a fault of parity; please report it.`)];
  return [...fault, ...atMost(MOST, reasons, (more) => `${counted(more, 'more reason')}.`), ...moved];
}
