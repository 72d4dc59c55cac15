/** Root causes over the nights: when each appeared, whether it is gone, and when nobody could tell. */
import type { IsoDate } from '../domain/billing-period.ts';
import type { CauseMark, CauseStory, Night } from '../domain/history.ts';
import type { RunResult } from '../domain/run-result.ts';
import type { DatedRun } from './trend-nights.ts';

type Cause = RunResult['rootCauses'][number];

const keyOf = ({ id, sku }: Pick<Cause, 'id' | 'sku'>): string => `${id} ${sku ?? ''}`;

/** In the order in which they appeared. @param nights of the same runs */
export function causesOf(nights: readonly Night[], runs: readonly DatedRun[]): CauseStory[] {
  const byNight = new Map(runs.map((run) => [run.night, run]));
  const seen = new Map<string, Cause>();
  for (const { result } of runs) for (const cause of result.rootCauses) seen.set(keyOf(cause), cause);
  const stories = [...seen].map(([key, newest]) => storyOf(key, newest, nights, byNight));
  return stories.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

const order = ({ first, last, id, sku }: CauseStory): string => `${first} ${last} ${id} ${sku ?? ''}`;

function storyOf(
  key: string,
  newest: Cause,
  nights: readonly Night[],
  byNight: ReadonlyMap<IsoDate, DatedRun>,
): CauseStory {
  let known: readonly string[] = [];
  const marks = nights.map(({ date }): CauseMark => {
    const run = byNight.get(date);
    const cause = run?.result.rootCauses.find((each) => keyOf(each) === key);
    if (cause !== undefined) known = [...new Set([...known, ...cause.findings])];
    if (run === undefined) return 'unknown';
    return cause !== undefined ? 'present' : markWithout(run, known, newest.id);
  });
  const first = marks.indexOf('present');
  const last = marks.lastIndexOf('present');
  const { id, title, sku, explains, moneyAtRisk } = newest;
  return {
    id,
    title,
    sku,
    first: dateAt(nights, first),
    last: dateAt(nights, last),
    goneSince: goneSince(nights, marks),
    marks,
    explains,
    moneyAtRisk,
  };
}

function dateAt(nights: readonly Night[], at: number): IsoDate {
  const night = nights[at];
  if (night === undefined) throw new Error('a cause of no night');
  return night.date;
}

/** A cause is named for three pairs and more: one that is no longer named may still be there in fewer. */
function markWithout({ result, standing, waivedCauses }: DatedRun, known: readonly string[], id: string): CauseMark {
  const states = known.map((finding) => standing.get(finding)).filter((state) => state !== undefined);
  if (states.includes('mismatch') || states.includes('unstable')) return 'lingering';
  const looked = result.gate.checks.some(({ name, met }) => name === 'minCoverage' && met);
  if (states.includes('not-comparable') || !looked) return 'unknown';
  // In the next billing period its findings have other ids.
  return states.includes('waived') || waivedCauses.has(id) ? 'waived' : 'absent';
}

/** Null unless the newest night that could tell does not show it. */
function goneSince(nights: readonly Night[], marks: readonly CauseMark[]): IsoDate | null {
  const there = marks.findLastIndex((mark) => mark !== 'absent' && mark !== 'unknown');
  const gone = marks.indexOf('absent', there + 1);
  return nights[gone]?.date ?? null;
}
