/** One scenario through the runner, with a person or a program watching. */
import type { RunListener } from '../domain/run-event.ts';
import { annotations } from '../report/github/annotations.ts';
import { createProgress } from '../report/terminal/progress.ts';
import { summarise } from '../report/terminal/summary.ts';
import { triageOf } from '../report/triage/triage.ts';
import type { RunOptions } from '../runner/options.ts';
import { exitCodeOf, type RunMode, type RunOutcome, runScenario } from '../runner/run.ts';
import { openSides } from '../runner/sides.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { type CommandIo, isInteractive, shown, wantsColour } from './io.ts';
import { resumable } from './resumable.ts';
import { type OptionValues, runOptions } from './run-options.ts';

/**
 * @param open opens both sides, where it is not done as the options say
 * @returns the exit code of this scenario
 */
export async function runOne(
  mode: RunMode,
  loaded: LoadedScenario,
  options: RunOptions,
  values: OptionValues,
  io: CommandIo,
  open: typeof openSides = openSides,
): Promise<number> {
  for (const { file, line, column, message } of loaded.warnings) {
    io.stderr.write(`warning: ${file}:${line}:${column}: ${message}\n`);
  }
  const outcome = await resumable(
    (listen) => runScenario(loaded, mode, options, listen, io.signal, open),
    watching(values, io),
    io,
  );
  if (values.proposeWaivers !== undefined) {
    const { writeProposal } = await import('./propose-waivers.ts');
    await writeProposal(values.proposeWaivers, outcome);
  }
  return showOutcome(outcome, values, io, loaded.path);
}

/**
 * @param scenario its file, where there is one that can be asked about
 * @returns the exit code of this outcome
 */
export function showOutcome(
  outcome: RunOutcome,
  values: OptionValues,
  io: CommandIo,
  scenario: string | null = null,
): number {
  for (const failure of outcome.failures) {
    io.stderr.write(`error: ${failure.message}\n`);
    if (failure.hint !== null) io.stderr.write(`  → ${failure.hint}\n`);
  }
  if (values.json) io.stdout.write(`${JSON.stringify(outcome.result)}\n`);
  else io.stdout.write(summary(outcome, io, scenario) + workflowCommands(values, outcome, io));
  return exitCodeOf(outcome);
}

export function watching(values: OptionValues, io: CommandIo): RunListener {
  return createProgress(io.stderr, {
    tty: isInteractive(io.stderr, io.env),
    quiet: values.quiet === true,
    verbose: values.verbose === true,
  });
}

/** Asked for, and in a step of GitHub's: printed too, since only what is printed is shown. */
function workflowCommands(values: OptionValues, { result, findings }: RunOutcome, { env }: CommandIo): string {
  if (env['GITHUB_ACTIONS'] !== 'true' || !runOptions(values).reporters?.includes('github')) return '';
  return `${annotations(result, findings).join('\n')}\n`;
}

function summary(outcome: RunOutcome, io: CommandIo, scenario: string | null): string {
  const { result, findings, files } = outcome;
  return summarise(result, findings, {
    colour: wantsColour(io.stdout, io.env),
    width: Math.min(io.stdout.columns ?? 100, 120),
    files: files.map(shown),
    nextCommand: nextCommand(outcome, scenario),
  });
}

/** Of a set-up that does not fit doctor says more; of all else one finding, of the kind that leads. */
function nextCommand({ result, findings, out }: RunOutcome, scenario: string | null): string | null {
  const { kind } = triageOf(result, findings);
  const isAsked = Object.values(result.run.sources).every((origin) => origin !== 'snapshot');
  if (kind === 'set-up' && scenario !== null && isAsked) return `parity doctor ${scenario}`;
  const first = kind === 'not-looked' ? 'not-comparable' : 'mismatch';
  const worth = findings.filter(({ status, outsideCoverage }) => {
    return status === 'mismatch' || (status === 'not-comparable' && outsideCoverage !== true);
  });
  const worst = worth.find(({ status }) => status === first) ?? worth[0];
  return worst === undefined ? null : `parity explain ${worst.id} --run ${shown(out)}`;
}
