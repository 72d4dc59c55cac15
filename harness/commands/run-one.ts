/** One scenario through the runner, with a person or a program watching. */
import type { RunListener } from '../domain/run-event.ts';
import { annotations } from '../report/github/annotations.ts';
import { createProgress } from '../report/terminal/progress.ts';
import { summarise } from '../report/terminal/summary.ts';
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
  return showOutcome(outcome, values, io);
}

/** @returns the exit code of this outcome. */
export function showOutcome(outcome: RunOutcome, values: OptionValues, io: CommandIo): number {
  for (const failure of outcome.failures) {
    io.stderr.write(`error: ${failure.message}\n`);
    if (failure.hint !== null) io.stderr.write(`  → ${failure.hint}\n`);
  }
  if (values.json) io.stdout.write(`${JSON.stringify(outcome.result)}\n`);
  else io.stdout.write(summary(outcome, io) + workflowCommands(values, outcome, io));
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

function summary(outcome: RunOutcome, io: CommandIo): string {
  const { result, findings, out, files } = outcome;
  const [worst] = findings.filter(({ status }) => status === 'mismatch' || status === 'not-comparable');
  return summarise(result, findings, {
    colour: wantsColour(io.stdout, io.env),
    width: Math.min(io.stdout.columns ?? 100, 120),
    files: files.map(shown),
    nextCommand: worst === undefined ? null : `parity explain ${worst.id} --run ${shown(out)}`,
  });
}
