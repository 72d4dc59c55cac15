/** From the runs found to their history, scenario by scenario. */
import { group } from 'd3-array';
import type { IsoDate } from '../domain/billing-period.ts';
import type { FoundRun, History, LeftOut, ScenarioHistory } from '../domain/history.ts';
import { readinessOf } from './readiness.ts';
import type { RunStore } from './store.ts';
import { causesOf } from './trend-causes.ts';
import { cyclesInRow, cyclesOf } from './trend-cycles.ts';
import { eventsOf } from './trend-events.ts';
import { type DatedRun, nightlyRuns, nightsOf, rowOf } from './trend-nights.ts';

/** @param today the day as of which it speaks: later nights are left out */
export function historyOf({ runs, leftOut }: RunStore, today: IsoDate): History {
  const byScenario = group(runs, ({ result }) => result.run.scenario);
  const without: LeftOut[] = [...leftOut];
  const scenarios: ScenarioHistory[] = [];
  let counted = 0;
  for (const [scenario, found] of [...byScenario].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const nightly = nightlyRuns(distinct(found, without), today);
    without.push(...nightly.leftOut);
    counted += nightly.runs.length;
    if (nightly.runs.length > 0) scenarios.push(scenarioHistory(scenario, nightly.runs, today));
  }
  return { today, runs: counted, scenarios, leftOut: without.sort((a, b) => (a.dir < b.dir ? -1 : 1)) };
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

function scenarioHistory(scenario: string, runs: readonly DatedRun[], today: IsoDate): ScenarioHistory {
  const nights = nightsOf(runs, today);
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
    readiness: policy === null ? null : readinessOf({ policy, nights, row, cycles, waivers, today }),
  };
}
