/** From runs to nights: one a date, missing ones too, and how long the row at parity is. */
import { group } from 'd3-array';
import { addDays, type IsoDate, parseDate } from '../domain/billing-period.ts';
import type { FoundRun, LeftOut, Night, NightRow, NightRun, OtherRun } from '../domain/history.ts';
import type { RunResult, RunScope } from '../domain/run-result.ts';
import type { Verdict } from '../domain/verdict.ts';
import { joined, lessThan } from './scope.ts';

/** A run with the night that it speaks of. */
export interface DatedRun extends FoundRun {
  readonly night: IsoDate;
}

export interface NightlyRuns {
  /** One a night, oldest first. */
  readonly runs: readonly DatedRun[];
  /** Runs of the nights that do not speak for them. */
  readonly others: ReadonlyMap<IsoDate, readonly OtherRun[]>;
  readonly leftOut: readonly LeftOut[];
}

/** Nights that are told of: none after `today`, none before `since`. */
export interface Span {
  readonly today: IsoDate;
  readonly since: IsoDate | null;
}

/**
 * The date by the clock of the answers. Results of releases that did not tell it: the date on which the run started, unless
 * it was a replay, which may be of any night.
 */
function nightOf({ run }: RunResult): IsoDate | null {
  if (run.today !== undefined) return parseDate(run.today);
  return run.sources.contract === 'snapshot' ? null : parseDate(run.startedAt);
}

function whyNot({ run }: RunResult, night: IsoDate | null, { today, since }: Span): string | null {
  if (run.shard !== null) return `is shard ${run.shard}: a part of a run speaks for no night (parity merge joins them)`;
  if (run.sources.legacy === null) return 'looked at the contract side alone: it compared nothing';
  if (night === null) return 'does not say of which night its snapshot is';
  if (since !== null && night < since) return `is of ${night}, earlier than ${since}`;
  return night > today ? `is of ${night}, later than ${today}` : null;
}

/**
 * A night is spoken for by the last of its runs that looked at the scenario's whole scope: all that this run, or one of an earlier
 * night or of the same, was to look at. It may have been run again because the first could not look.
 * @param runs of one scenario, parts of it (`--org`) among them
 */
export function nightlyRuns(runs: readonly FoundRun[], span: Span): NightlyRuns {
  const leftOut: LeftOut[] = [];
  const dated: DatedRun[] = [];
  for (const run of [...runs].sort((a, b) => (finishKey(a) < finishKey(b) ? -1 : 1))) {
    const night = nightOf(run.result);
    const why = whyNot(run.result, night, span);
    if (night === null || why !== null) leftOut.push({ dir: run.dir, why: why ?? '' });
    else dated.push({ ...run, night });
  }
  const speaking: DatedRun[] = [];
  const others = new Map<IsoDate, OtherRun[]>();
  let whole: RunScope | null = null;
  for (const [night, all] of [...group(dated, (run) => run.night)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    whole = all.reduce(widened, whole);
    const judged = nightOfRuns(all, whole);
    if (judged.speaks !== null) speaking.push(judged.speaks);
    others.set(night, judged.others);
    leftOut.push(...judged.leftOut);
  }
  return { runs: speaking, others, leftOut };
}

const finishKey = ({ dir, result }: FoundRun): string => `${result.run.finishedAt} ${result.run.id} ${dir}`;

function widened(whole: RunScope | null, { result: { run } }: FoundRun): RunScope | null {
  if (run.scope === undefined || run.scope.partOf !== null) return whole;
  return whole === null ? run.scope : joined(whole, run.scope);
}

interface TheNight {
  readonly speaks: DatedRun | null;
  readonly others: OtherRun[];
  readonly leftOut: LeftOut[];
}

/** @param runs of one night, the last one last */
function nightOfRuns(runs: readonly DatedRun[], whole: RunScope | null): TheNight {
  const lacking = new Map(runs.map((run) => [run, narrowness(run, whole)]));
  const speaks = runs.findLast((run) => lacking.get(run) === null) ?? null;
  const rest = runs.filter((run) => run !== speaks);
  return {
    speaks,
    others: rest.map((run) => ({
      dir: run.dir,
      verdict: run.result.verdict,
      mismatches: run.result.cells.mismatch,
      narrower: lacking.get(run) !== null,
    })),
    leftOut: rest.map((run) => ({
      dir: run.dir,
      why: `(${run.result.verdict}) ${lacking.get(run) ?? (speaks === null ? '' : superseded(run, speaks))}`,
    })),
  };
}

/** Why it is no run of the whole scope; null if it is, or if its release did not tell. */
function narrowness({ night, result: { run } }: DatedRun, whole: RunScope | null): string | null {
  const { scope } = run;
  if (scope === undefined) return null;
  const less = whole === null ? null : lessThan(scope, whole);
  if (scope.partOf !== null) {
    return `${less ?? 'was narrowed by --org'}: a part of ${scope.partOf} speaks for no night of it`;
  }
  return less === null
    ? null
    : `${less}: narrower than the whole scope, it speaks for no night (if meant so from then on: --since ${night})`;
}

const superseded = ({ night }: DatedRun, by: FoundRun): string =>
  `is of the night of ${night}, for which a later run speaks: ${by.dir} (${by.result.verdict})`;

/** A result that does not follow from its own findings shows nothing to be at parity. */
export const standingOf = ({ result: { verdict }, differences }: FoundRun): Verdict =>
  verdict === 'parity' && differences.length > 0 ? 'inconclusive' : verdict;

/** Every date from the first run to the newest; on to yesterday, because a night without a run is not a night at parity. */
export function nightsOf({ runs, others }: Pick<NightlyRuns, 'runs' | 'others'>, today: IsoDate): Night[] {
  const [first] = runs;
  const newest = runs.at(-1);
  if (first === undefined || newest === undefined) return [];
  const yesterday = addDays(today, -1);
  const last = newest.night > yesterday ? newest.night : yesterday;
  const byNight = new Map(runs.map((run) => [run.night, run]));
  const nights: Night[] = [];
  for (let date = first.night; date <= last; date = addDays(date, 1)) {
    const run = byNight.get(date);
    const beside = others.get(date) ?? [];
    nights.push(
      run === undefined
        ? { date, standing: 'missing', run: null, others: beside }
        : { date, standing: standingOf(run), run: nightRun(run, newest.result.run.scope), others: beside },
    );
  }
  return nights;
}

function nightRun({ dir, result, sha256, snapshot, differences }: DatedRun, newest: RunScope | undefined): NightRun {
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
    waivers: { used: result.waivers.used },
    moneyWaived: result.moneyWaived ?? [],
    expiredWaivers: result.waivers.expired,
    orgs: { expected: orgs.expected, atParity: orgs.atParity },
    scenarioSha256: run.scenarioSha256,
    lacks: run.scope === undefined || newest === undefined ? null : lessThan(run.scope, newest),
    differences,
    version: result.tool.version,
    sha256,
    snapshot,
  };
}

/** Counted back from the newest night. Only a verdict of parity counts, over all that the newest night looked at. */
export function rowOf(nights: readonly Night[]): NightRow {
  const last = nights.findLastIndex(({ standing, run }) => standing !== 'parity' || (run?.lacks ?? null) !== null);
  const breaker = nights[last];
  return {
    length: nights.length - 1 - last,
    from: nights[last + 1]?.date ?? null,
    brokenOn: breaker?.date ?? null,
    brokenBy: breaker === undefined ? null : breaker.standing === 'parity' ? 'narrower' : breaker.standing,
  };
}
