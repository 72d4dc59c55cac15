/** `parity validate`: the contract side alone, for partners with mock data. */
import type { Command } from 'commander';
import { REPORTER_HELP } from '../report/names.ts';
import type { CommandIo } from './io.ts';
import { loadFor } from './load.ts';
import { addCaptureOptions, type OptionValues, runOptions } from './run-options.ts';

export function addValidate(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const command = program
    .command('validate')
    .description('check the contract side alone: schema, drift, arithmetic, invoices, paging')
    .argument('<scenario>', 'scenario file; its legacy block is not used')
    .option('--reporter <list>', REPORTER_HELP);
  addCaptureOptions(command).action(async (file: string, values: OptionValues) => {
    const options = runOptions(values);
    const loaded = await loadFor(file, options, io, ['legacy']);
    const { runOne } = await import('./run-one.ts');
    finish(await runOne('validate', loaded, options, values, io));
  });
}
