/**
 * Cutover Parity as a library: what the command line is built on. Everything exported here is public; all else may change.
 * The sandbox has a door of its own: `cutover-parity/sandbox`.
 */
import type { RunListener } from './domain/run-event.ts';
import { parseOrigin, parseShard, type RunOptions } from './runner/options.ts';
import { exitCodeOf, type RunMode, type RunOutcome, runScenario as runLoaded } from './runner/run.ts';
import { loadScenario } from './scenario/load.ts';

export { compare } from './compare/compare.ts';
export type { ContractSide } from './domain/contract-side.ts';
export { HarnessError } from './domain/errors.ts';
export type { LegacySide } from './domain/legacy-side.ts';
export type { ComparisonPolicy } from './domain/policy.ts';
export type { RunEvent, RunListener } from './domain/run-event.ts';
export type { Finding, RunResult } from './domain/run-result.ts';
export type { Judgement } from './domain/verdict.ts';
export type { RunOutcome } from './runner/run.ts';
export { exitCodeOf };

/** How a scenario is run; everything may be left out. */
export interface ScenarioRun {
  /** Folder of the results; left out: `reports/<name>/<run id>` below the working directory. */
  readonly out?: string;
  /** Where a side comes from: `live`, `sandbox` or `snapshot:DIR`. Left out: the sandbox if the scenario has one, else live. */
  readonly legacy?: string;
  readonly contract?: string;
  /** Folder for the recorded exchanges; left out: `snapshot` in the folder of the results. */
  readonly record?: string;
  /** Goes on with an interrupted run in the same folders. */
  readonly resume?: boolean;
  /** Keeps the shape of the contract side as the baseline, `snapshots/<scenario>/shape.json`: later runs say what changed since. */
  readonly updateShape?: boolean;
  /** Names of reporters (`json`, `html`, …); left out: the default ones. */
  readonly reporters?: readonly string[];
  /** Asks and judges one share of the organisations, such as `2/4`; `parity merge` joins them. Left out: everything. */
  readonly shard?: string;
  /** Where `${NAME}` of the scenario is looked up; left out: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Hears of everything that happens, as it happens. */
  readonly onEvent?: RunListener;
  /** Ends the run in order; what was recorded stays and can be resumed. */
  readonly signal?: AbortSignal;
}

/**
 * Compares both sides of a scenario file and writes the reports.
 * @returns the result; mismatches and failed requests are results. `exitCodeOf` says what the command line would end with.
 * @throws HarnessError `scenario-invalid`, `usage`, `configuration` (nothing was sent), `snapshot-*`, `interrupted`
 */
export const runScenario = (scenario: string, options: ScenarioRun = {}): Promise<RunOutcome> =>
  runFile(scenario, 'run', options);

/** Checks the contract side alone: schema, drift, invariants, paging. Returns and throws as `runScenario` does. */
export const validate = (scenario: string, options: ScenarioRun = {}): Promise<RunOutcome> =>
  runFile(scenario, 'validate', options);

async function runFile(scenario: string, mode: RunMode, options: ScenarioRun): Promise<RunOutcome> {
  const run: RunOptions = {
    out: options.out ?? null,
    legacy: options.legacy === undefined ? null : parseOrigin('legacy', options.legacy),
    contract: options.contract === undefined ? null : parseOrigin('contract', options.contract),
    record: options.record ?? null,
    updateShape: options.updateShape === true,
    resume: options.resume ?? false,
    reporters: options.reporters ?? null,
    shard: options.shard === undefined ? null : parseShard(options.shard),
  };
  const elsewhere = (['legacy', 'contract'] as const).filter((side) => (run[side]?.kind ?? 'live') !== 'live');
  const unasked = mode === 'validate' ? ([...elsewhere, 'legacy'] as const) : elsewhere;
  const loaded = await loadScenario(scenario, { env: options.env ?? process.env, unasked });
  const signal = options.signal ?? new AbortController().signal;
  return runLoaded(loaded, mode, run, options.onEvent ?? (() => undefined), signal);
}
