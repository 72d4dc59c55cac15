/** From runs to nights: one a date, missing ones too, and how long the row at parity is. */
import { addDays, type IsoDate, parseDate } from '../domain/billing-period.ts';
import type { FoundRun, LeftOut, Night, NightRow, NightRun } from '../domain/history.ts';
import type { RunResult } from '../domain/run-result.ts';

/** A run with the night that it speaks of. */
export interface DatedRun extends FoundRun {
  readonly night: IsoDate;
}

export interface NightlyRuns {
  /** One a night, oldest first. */
  readonly runs: readonly DatedRun[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The date by the clock of the answers. Results of releases that did not tell it: the date on which the run started, unless
 * it was a replay, which may be of any night.
 */
function nightOf({ run }: RunResult): IsoDate | null {
  if (run.today !== undefined) return parseDate(run.today);
  return run.sources.contract === 'snapshot' ? null : parseDate(run.startedAt);
}

function whyNot({ run }: RunResult, night: IsoDate | null, today: IsoDate): string | null {
  if (run.shard !== null) return `is shard ${run.shard}: a part of a run speaks for no night (parity merge joins them)`;
  if (run.sources.legacy === null) return 'looked at the contract side alone: it compared nothing';
  if (night === null) return 'does not say of which night its snapshot is';
  return night > today ? `is of ${night}, later than ${today}` : null;
}

/**
 * Of several runs in one night the one that finished last speaks for it: it may have been run again because the first could not
 * look. @param runs of one scenario
 */
export function nightlyRuns(runs: readonly FoundRun[], today: IsoDate): NightlyRuns {
  const byNight = new Map<IsoDate, DatedRun>();
  const leftOut: LeftOut[] = [];
  const inOrder = [...runs].sort((a, b) => (finishKey(a) < finishKey(b) ? -1 : 1));
  for (const run of inOrder) {
    const night = nightOf(run.result);
    const why = whyNot(run.result, night, today);
    if (night === null || why !== null) {
      leftOut.push({ dir: run.dir, why: why ?? '' });
      continue;
    }
    const before = byNight.get(night);
    if (before !== undefined) leftOut.push(superseded(before, run));
    byNight.set(night, { ...run, night });
  }
  return { runs: [...byNight.values()].sort((a, b) => (a.night < b.night ? -1 : 1)), leftOut };
}

const finishKey = ({ dir, result }: FoundRun): string => `${result.run.finishedAt} ${result.run.id} ${dir}`;

const superseded = ({ dir, night, result }: DatedRun, by: FoundRun): LeftOut => ({
  dir,
  why: `(${result.verdict}) is of the night of ${night}, for which a later run speaks: ${by.dir} (${by.result.verdict})`,
});

/** Every date from the first run to the newest; on to yesterday, because a night without a run is not a night at parity. */
export function nightsOf(runs: readonly DatedRun[], today: IsoDate): Night[] {
  const [first] = runs;
  const newest = runs.at(-1);
  if (first === undefined || newest === undefined) return [];
  const yesterday = addDays(today, -1);
  const end = newest.night > yesterday ? newest.night : yesterday;
  const byNight = new Map(runs.map((run) => [run.night, run]));
  const nights: Night[] = [];
  for (let date = first.night; date <= end; date = addDays(date, 1)) {
    const run = byNight.get(date);
    nights.push(
      run === undefined
        ? { date, standing: 'missing', run: null }
        : { date, standing: run.result.verdict, run: nightRun(run) },
    );
  }
  return nights;
}

function nightRun({ dir, result, sha256, snapshot }: DatedRun): NightRun {
  const { run, cells, gate, orgs } = result;
  const check = (name: string) => gate.checks.find((each) => each.name === name);
  const percent = (name: string): string | null => {
    const actual = check(name)?.actual ?? '';
    return /^\d/.test(actual) ? actual : null;
  };
  return {
    dir,
    id: run.id,
    finishedAt: run.finishedAt,
    sources: run.sources,
    parity: percent('minParity'),
    coverage: percent('minCoverage'),
    coverageMet: check('minCoverage')?.met === true,
    gate,
    money: result.moneyAtRisk,
    causes: result.rootCauses.length,
    mismatches: cells.mismatch,
    unexplained: result.unexplained,
    waived: cells.waived,
    expiredWaivers: result.waivers.expired,
    orgs: { expected: orgs.expected, atParity: orgs.atParity },
    scenarioSha256: run.scenarioSha256,
    version: result.tool.version,
    sha256,
    snapshot,
  };
}

/** Counted back from the newest night. Only a verdict of parity counts. */
export function rowOf(nights: readonly Night[]): NightRow {
  const last = nights.findLastIndex(({ standing }) => standing !== 'parity');
  const breaker = nights[last];
  const brokenBy = breaker === undefined || breaker.standing === 'parity' ? null : breaker.standing;
  return {
    length: nights.length - 1 - last,
    from: nights[last + 1]?.date ?? null,
    brokenOn: breaker?.date ?? null,
    brokenBy,
  };
}
