/** From the runs found to their history, scenario by scenario. */
import { group } from 'd3-array';
import type { IsoDate } from '../domain/billing-period.ts';
import type { FoundRun, History, LeftOut, ScenarioHistory } from '../domain/history.ts';
import { customersOf } from './customers.ts';
import { readinessOf } from './readiness.ts';
import type { RunStore } from './store.ts';
import { causesOf } from './trend-causes.ts';
import { cyclesInRow, cyclesOf } from './trend-cycles.ts';
import { eventsOf } from './trend-events.ts';
import { type NightlyRuns, nightlyRuns, nightsOf, rowOf } from './trend-nights.ts';

export interface HistoryOptions {
  /** The day as of which it speaks: later nights are left out. */
  readonly today: IsoDate;
  /** Nights before it are left out; null: none. */
  readonly since: IsoDate | null;
  /** Tells of runs over the embedded sandbox, too, where there are no others. */
  readonly sandbox: boolean;
}

export function historyOf({ runs, leftOut }: RunStore, options: HistoryOptions): History {
  const without: LeftOut[] = [...leftOut];
  const byScenario = group(withoutSandbox(runs, options, without), ({ result: { run } }) =>
    run.scope?.partOf != null ? run.scope.partOf : run.scenario,
  );
  const scenarios: ScenarioHistory[] = [];
  let counted = 0;
  for (const [scenario, found] of [...byScenario].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const nightly = nightlyRuns(distinct(found, without), options);
    without.push(...nightly.leftOut);
    counted += nightly.runs.length;
    if (nightly.runs.length > 0) scenarios.push(scenarioHistory(scenario, nightly, options.today));
  }
  return {
    today: options.today,
    runs: counted,
    scenarios,
    leftOut: without.sort((a, b) => (a.dir < b.dir ? -1 : 1)),
  };
}

const overSandbox = ({ result: { run } }: FoundRun): boolean =>
  run.sources.legacy === 'sandbox' || run.sources.contract === 'sandbox';

/** What the embedded sandbox served says nothing of the real APIs: it is no night of any cutover. */
function withoutSandbox(
  runs: readonly FoundRun[],
  { sandbox }: HistoryOptions,
  leftOut: LeftOut[],
): readonly FoundRun[] {
  const served = runs.filter(overSandbox);
  if (sandbox && served.length === runs.length) return runs;
  const why = 'was served by the embedded sandbox: it says nothing of the real APIs';
  leftOut.push(...served.map(({ dir }) => ({ dir, why })));
  return runs.filter((run) => !overSandbox(run));
}

/** A run that was copied between CI runs may lie in several folders. */
function distinct(runs: readonly FoundRun[], leftOut: LeftOut[]): FoundRun[] {
  const seen = new Map<string, FoundRun>();
  for (const run of runs) {
    const key = `${run.result.run.id} ${run.sha256.result}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, run);
    else leftOut.push({ dir: run.dir, why: `is a copy of ${before.dir || 'the folder itself'}` });
  }
  return [...seen.values()];
}

function scenarioHistory(scenario: string, nightly: NightlyRuns, today: IsoDate): ScenarioHistory {
  const { runs } = nightly;
  const nights = nightsOf(nightly, today);
  const row = rowOf(nights);
  const cycles = cyclesOf(runs, today);
  const causes = causesOf(nights, runs);
  const newest = runs.at(-1);
  const waivers = newest?.waivers ?? [];
  const policy = newest?.result.run.readiness ?? null;
  return {
    scenario,
    nights,
    row,
    cycles,
    cycleRow: cyclesInRow(cycles, today).length,
    causes,
    events: eventsOf(nights, causes, cycles),
    waivers,
    customers: customersOf({ nights, runs, policy, today }),
    readiness:
      policy === null ? null : readinessOf({ policy, nights, others: nightly.others, row, cycles, waivers, today }),
  };
}
