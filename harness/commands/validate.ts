/** `parity validate`: the contract side alone, for partners with mock data: over the network, from a snapshot, or from files. */
import type { Command } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import { REPORTER_HELP } from '../report/names.ts';
import type { RunOptions } from '../runner/options.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import type { CommandIo } from './io.ts';
import { loadFor } from './load.ts';
import { addCaptureOptions, type OptionValues, runOptions } from './run-options.ts';

interface ValidateValues extends OptionValues {
  readonly from?: string;
}

export function addValidate(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const command = program
    .command('validate')
    .description('check the contract side alone: schema, drift, arithmetic, invoices, paging, errors')
    .argument('[scenario]', 'scenario file; its legacy block is not used (may be left out with --from)')
    .option('--from <dir>', 'check JSON bodies in the files of a folder, or a snapshot, in place of a server')
    .option('--reporter <list>', REPORTER_HELP);
  addCaptureOptions(command).action(async (file: string | undefined, values: ValidateValues) => {
    const from = values.from ?? null;
    const asked = runOptions(values);
    if (from !== null && asked.contract !== null) {
      throw new HarnessError('usage', '--from and --contract both say where the contract side is', {
        hint: 'Leave one of them out.',
      });
    }
    const { contractOrigin } = await import('../runner/contract-origin.ts');
    const { contract, open } = await contractOrigin(from);
    const options = { ...asked, contract: contract ?? asked.contract };
    const loaded = await scenarioFor(file, options, io, from);
    const { runOne } = await import('./run-one.ts');
    finish(await runOne('validate', loaded, options, values, io, open));
  });
}

async function scenarioFor(
  file: string | undefined,
  options: RunOptions,
  io: CommandIo,
  from: string | null,
): Promise<LoadedScenario> {
  if (file !== undefined) return loadFor(file, options, io, from === null ? ['legacy'] : ['legacy', 'contract']);
  if (from === null) {
    throw new HarnessError('usage', 'no scenario given', {
      hint: 'parity validate my-scenario.yaml, or parity validate --from DIR for files alone.',
    });
  }
  const { bareScenario } = await import('../scenario/load.ts');
  return bareScenario(from);
}
