/** `parity run`: the whole pipeline for each scenario given. */
import { type Command, Option } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import { EXIT } from '../domain/verdict.ts';
import { REPORTER_HELP } from '../report/names.ts';
import type { RunOptions } from '../runner/options.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import type { CommandIo } from './io.ts';
import { loadFor } from './load.ts';
import { addCaptureOptions, type OptionValues, runOptions } from './run-options.ts';

export function addRun(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const command = program
    .command('run')
    .description('compare both sides and judge: the whole pipeline')
    .argument('[scenario...]', 'scenario files (default: every scenarios/*.yaml)')
    .option('--reporter <list>', REPORTER_HELP)
    .option('--shard <i/n>', 'ask and judge one of n shares of the organisations; join them with parity merge')
    .option(
      '--org <id|name...>',
      'look at these organisations only, by id or name; the result is named <scenario>-part',
    )
    .option('--propose-waivers <file>', 'write a waiver for each mismatch into a new file, reasons left empty')
    .addOption(
      new Option(
        '--dry-run [how]',
        'print what would be asked and how long it takes; send nothing, or (count) the requests for the listings alone',
      ).choices(['count']),
    );
  addCaptureOptions(command).action(async (paths: string[], values: OptionValues) => {
    finish(await runAll(paths, values, io));
  });
}

async function runAll(paths: readonly string[], values: OptionValues, io: CommandIo): Promise<number> {
  const files = paths.length > 0 ? paths : await foundScenarios(io);
  const single = (['out', 'record', 'proposeWaivers'] as const).find((name) => values[name] !== undefined);
  if (files.length > 1 && single !== undefined) {
    throw new HarnessError(
      'usage',
      `--${single === 'proposeWaivers' ? 'propose-waivers' : single} is for one run, but there are ${files.length} scenarios: ${files.join(', ')}`,
      {
        hint: 'Leave it out, or run one scenario at a time.',
      },
    );
  }
  const options = runOptions(values);
  if (values.proposeWaivers !== undefined) {
    const { mustBeNew } = await import('./propose-waivers.ts');
    await mustBeNew(values.proposeWaivers, '--propose-waivers');
  }
  // All are read before the first is run: a broken one means that nothing is sent.
  const loaded = [];
  for (const file of files) {
    const whole = await loadFor(file, options, io);
    loaded.push(values.org === undefined ? whole : await narrowed(whole, values.org, options, values, io));
  }
  if (values.dryRun !== undefined) {
    let code: number = EXIT.met;
    for (const scenario of loaded) code = Math.max(code, await dryRun(scenario, options, values.dryRun, io));
    return code;
  }
  const { runOne } = await import('./run-one.ts');
  const codes: number[] = [];
  for (const scenario of loaded) codes.push(await runOne('run', scenario, options, values, io));
  return worst(codes);
}

/** @returns 3 if a listing could not be read: then the plan is not whole */
async function dryRun(
  scenario: LoadedScenario,
  options: RunOptions,
  how: true | 'count',
  io: CommandIo,
): Promise<number> {
  const { planText } = await import('../runner/plan.ts');
  if (how === true) {
    io.stdout.write(planText(scenario, null));
    return EXIT.met;
  }
  const { forecast } = await import('../runner/forecast.ts');
  const { counts, failures } = await forecast(scenario, options, io.signal);
  io.stdout.write(planText(scenario, counts));
  for (const failure of failures) io.stderr.write(`not counted: ${failure}\n`);
  return failures.length === 0 ? EXIT.met : EXIT.notVerified;
}

async function foundScenarios(io: CommandIo): Promise<readonly string[]> {
  const { findScenarios } = await import('./scenario-files.ts');
  const { files, leftOut } = await findScenarios();
  for (const one of leftOut) io.stderr.write(`note: ${one}\n`);
  return files;
}

async function narrowed(
  whole: LoadedScenario,
  orgs: readonly string[],
  options: RunOptions,
  { dryRun }: OptionValues,
  io: CommandIo,
): Promise<LoadedScenario> {
  const { onlyOrgs } = await import('./only-orgs.ts');
  const { listOrganisations } = await import('../runner/listing.ts');
  return onlyOrgs(whole, orgs, dryRun === true ? null : () => listOrganisations(whole, options, io.signal));
}

/** A proven mismatch outranks what could not be verified. */
function worst(codes: readonly number[]): number {
  return [EXIT.internal, EXIT.usage, EXIT.notMet, EXIT.notVerified].find((code) => codes.includes(code)) ?? EXIT.met;
}
