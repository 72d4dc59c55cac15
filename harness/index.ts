/**
 * Cutover Parity as a library: what the command line is built on. Everything exported here is public; all else may change.
 * The sandbox has a door of its own: `cutover-parity/sandbox`.
 */
import { HarnessError } from './domain/errors.ts';
import type { RunListener } from './domain/run-event.ts';
import { contractOrigin } from './runner/contract-origin.ts';
import { parseOrigin, parseShard, type RunOptions } from './runner/options.ts';
import { exitCodeOf, type RunMode, type RunOutcome, runScenario as runLoaded } from './runner/run.ts';
import { bareScenario, type LoadOptions, loadScenario } from './scenario/load.ts';
import type { LoadedScenario } from './scenario/scenario.ts';

export { compare } from './compare/compare.ts';
export type { ContractSide } from './domain/contract-side.ts';
export type { LegacySide } from './domain/legacy-side.ts';
export type { ComparisonPolicy } from './domain/policy.ts';
export type { RunEvent, RunListener } from './domain/run-event.ts';
export type { Finding, RunResult } from './domain/run-result.ts';
export type { Judgement } from './domain/verdict.ts';
export type { RunOutcome } from './runner/run.ts';
export { exitCodeOf, HarnessError };

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

/** How the contract side alone is checked. */
export interface Validation extends ScenarioRun {
  /** A folder with JSON bodies, one a file, or a snapshot: looked at in place of a server. */
  readonly from?: string;
}

/**
 * Checks the contract side alone: schema, drift, invariants, paging, filters, errors. Returns and throws as `runScenario` does.
 * @param scenario null with `from`: nothing is to be said but what stands there
 */
export const validate = (scenario: string | null, options: Validation = {}): Promise<RunOutcome> =>
  runFile(scenario, 'validate', options);

async function runFile(scenario: string | null, mode: RunMode, options: Validation): Promise<RunOutcome> {
  const { from = null, env = process.env } = options;
  const { contract, open } = await contractOrigin(from);
  const run: RunOptions = {
    out: options.out ?? null,
    legacy: options.legacy === undefined ? null : parseOrigin('legacy', options.legacy),
    contract: contract ?? (options.contract === undefined ? null : parseOrigin('contract', options.contract)),
    record: options.record ?? null,
    updateShape: options.updateShape === true,
    resume: options.resume ?? false,
    reporters: options.reporters ?? null,
    shard: options.shard === undefined ? null : parseShard(options.shard),
  };
  const notAsked = (['legacy', 'contract'] as const).filter((side) => (run[side]?.kind ?? 'live') !== 'live');
  const alone = mode === 'validate' ? (['legacy', ...(from === null ? [] : (['contract'] as const))] as const) : [];
  const loaded = await loadedFor(scenario, from, { env, unasked: [...notAsked, ...alone] });
  const signal = options.signal ?? new AbortController().signal;
  return runLoaded(loaded, mode, run, options.onEvent ?? (() => undefined), signal, open);
}

async function loadedFor(scenario: string | null, from: string | null, options: LoadOptions): Promise<LoadedScenario> {
  if (scenario !== null) return loadScenario(scenario, options);
  if (from !== null) return bareScenario(from);
  throw new HarnessError('usage', 'neither a scenario nor a folder was given');
}
