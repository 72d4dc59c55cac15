/** `parity merge`: the shards of one run into the result that one run over all of it would have had. */
import path from 'node:path';
import type { Command } from 'commander';
import { HarnessError } from '../domain/errors.ts';
import { REPORTER_HELP } from '../report/names.ts';
import type { CommandIo } from './io.ts';
import { type OptionValues, runOptions } from './run-options.ts';

export function addMerge(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('merge')
    .description('join the shards of one run into one result, equal to that of the run in one piece')
    .argument('<dir...>', 'folders of all shards (--out of parity run --shard)')
    .requiredOption('--out <dir>', 'folder for the results')
    .option('--reporter <list>', REPORTER_HELP)
    .option('--json', 'write the result to standard output as JSON, and nothing else')
    .option('--quiet', 'no progress')
    .option('--verbose', 'a line for every exchange')
    .action(async (dirs: string[], values: OptionValues) => {
      finish(await merge(dirs, values, io));
    });
}

async function merge(dirs: readonly string[], values: OptionValues, io: CommandIo): Promise<number> {
  const { loadShards, mergeShards } = await import('../runner/merge.ts');
  const { showOutcome, watching } = await import('./run-one.ts');
  const own = dirs.find((dir) => path.resolve(dir) === path.resolve(values.out ?? ''));
  if (own !== undefined)
    throw new HarnessError('usage', `--out ${own} is the folder of a shard`, {
      hint: 'Choose a folder of its own for the joined result.',
    });
  const loaded = await loadShards(dirs);
  const outcome = await mergeShards(loaded, runOptions(values), watching(values, io), io.signal);
  return showOutcome(outcome, values, io);
}
