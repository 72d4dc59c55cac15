/** The set-up does not fit: credentials are refused, the period is ahead of the answers, names are unknown to their side. */
import { tellsOf } from '../../domain/alike.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { capital, counted, sentence } from '../words/common.ts';
import { safeText } from '../words/safe-text.ts';
import { atMost, isRefusal, type TriagePoint, unreadWords } from './point.ts';

const MOST = 3;

const point = (words: string, request: string | null = null): TriagePoint => ({ kind: 'set-up', words, request });

export const setUpPoints = (result: RunResult, findings: readonly Finding[]): readonly TriagePoint[] => [
  ...refused(result),
  ...periodPoints(result),
  ...unknownNames(result, findings),
];

const refused = ({ unread = [] }: RunResult): readonly TriagePoint[] =>
  atMost(
    MOST,
    unread.filter(isRefusal).map((one) => point(unreadWords(one), one.request)),
    (more) => `${counted(more, 'more refusal')}.`,
  );

/** No answer tells of a period that has not begun by the answers' clock. */
export function periodPoints(result: RunResult): TriagePoint[] {
  const { run, compared, unread = [] } = result;
  const date = run.scope?.date;
  if (date === undefined || compared?.quantities !== false) return [];
  const choose = 'set `period` to a date that lies in one, to `open` or to `last-closed`';
  if (run.today !== undefined && date > run.today) {
    return [
      point(
        `The billing period of ${date} is in the future: the answers are of ${run.today}, and none tells of it; ${choose}.`,
      ),
    ];
  }
  if (run.sources.legacy !== null || unread.length > 0) return [];
  return [point(`No contract has a billing period that contains ${date}; ${choose}.`)];
}

const APP_REMEDY = 'mend `appId`, or have the API key serve it';
const NAME_REMEDY = 'mend `partNumber` or `sku` in the scenario (parity doctor names the nearest that is served)';

function unknownNames({ unread = [] }: RunResult, findings: readonly Finding[]): readonly TriagePoint[] {
  const wordsByReason = new Map<string, string>();
  for (const { rule, status, outsideCoverage, reason, partNumber } of findings) {
    if (rule !== 'product-mapping' || status !== 'not-comparable' || outsideCoverage === true || reason === null)
      continue;
    // Of a side that could not be read nobody knows what it knows.
    if (unread.some((one) => tellsOf(reason, one.reason))) continue;
    if (wordsByReason.has(reason) && partNumber !== null) continue;
    wordsByReason.set(
      reason,
      sentence(capital(`${safeText(reason)}; ${partNumber === null ? APP_REMEDY : NAME_REMEDY}`)),
    );
  }
  const points = [...wordsByReason.values()].map((words) => point(words));
  return atMost(
    MOST,
    points,
    (more) => `${counted(more, 'more name')} of the scenario ${more === 1 ? 'is' : 'are'} unknown.`,
  );
}
