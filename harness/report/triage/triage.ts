/**
 * Which kind of outcome a run has: the set-up does not fit, it could not look, the two sides differ, or they agree. Pure; decided
 * here alone, and every format reads it.
 */
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { isAlone } from '../words/common.ts';
import { differing, type Titled } from './differ.ts';
import type { TriagePoint } from './point.ts';
import { periodPoints, setUpPoints } from './set-up.ts';
import { openPoints, unreadPoints } from './unread.ts';

export interface Triage {
  /** The kind that leads. */
  readonly kind: TriagePoint['kind'] | 'agree';
  /** All kinds at once, the leading one first: `the set-up does not fit; they differ`. */
  readonly title: string;
  /** In the order in which they are to be read. */
  readonly points: readonly TriagePoint[];
  /** Something was not looked at that should have been: that nothing was found says nothing. */
  readonly blind: boolean;
}

/**
 * A set-up that does not fit leads, then what could not be looked at as far as the gate misses it, whatever differs elsewhere. What
 * differs within the limits of an inconclusive run comes last.
 */
export function triageOf(result: RunResult, findings: readonly Finding[]): Triage {
  const setUp = setUpPoints(result, findings);
  // That no answer tells of a period which has not begun is no failure.
  const isEarly = periodPoints(result).length > 0;
  const unread = isEarly ? [] : unreadPoints(result);
  const isShort = isMissed(result, 'minCoverage', 'accounts') || isHollow(result);
  const blind = isShort || setUp.length + unread.length > 0;
  if (result.verdict === 'parity') {
    return { kind: 'agree', title: agreement(result), points: [...setUp, ...unread], blind };
  }
  const lost: Titled = { title: lostTitle(result), points: unread };
  const open: Titled = {
    title: openTitle(result),
    points: isShort && !isEarly ? openPoints(result, findings, setUp) : [],
  };
  const differ = differing(result, findings);
  const parts = [
    { title: 'the set-up does not fit', points: setUp },
    ...(isShort ? [lost] : []),
    ...(result.verdict === 'inconclusive' ? [open, ...differ] : [...differ, open]),
    ...(isShort ? [] : [lost]),
  ].filter(({ points }) => points.length > 0);
  const points = parts.flatMap((part) => part.points);
  const [first] = points;
  if (first === undefined) return { kind: 'not-looked', title: openTitle(result), points, blind: true };
  return { kind: first.kind, title: parts.map(({ title }) => title).join('; '), points, blind };
}

const isMissed = ({ gate: { checks } }: RunResult, ...names: readonly string[]): boolean =>
  checks.some(({ name, met }) => !met && names.includes(name));

/** Nothing of one side was set against the other. */
const isHollow = ({ gate: { checks } }: RunResult): boolean =>
  checks.some(({ name, actual }) => name === 'minParity' && !/^\d/.test(actual));

const agreement = (result: RunResult): string =>
  isAlone(result) ? 'the contract side keeps to its documentation and agrees with itself' : 'parity';

const openTitle = (result: RunResult): string =>
  isAlone(result) ? 'not all could be checked' : 'not all could be compared';

/** Which side could not be looked at; of one that told something it was not everything. */
function lostTitle(result: RunResult): string {
  const { unread = [], compared } = result;
  if (isAlone(result) || compared?.quantities !== false) return 'could not look at everything';
  const sides = new Set(unread.map(({ side }) => side));
  if (sides.size > 1) return 'could not look at either side';
  return sides.has('legacy') ? 'could not look at legacy' : 'could not look at the contract side';
}
