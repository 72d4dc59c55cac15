/** `parity demo`: both APIs from the embedded sandbox, with every kind of defect hidden in one of them. Needs nothing, in any folder. */
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { CommandIo } from './io.ts';
import { loadFor } from './load.ts';
import { type OptionValues, runOptions } from './run-options.ts';

/** Part of the package; dist/commands/ and harness/commands/ both lie two folders below it. */
const SCENARIO = fileURLToPath(new URL('../../scenarios/sandbox.yaml', import.meta.url));

export function addDemo(program: Command, io: CommandIo, finish: (code: number) => void): void {
  program
    .command('demo')
    .description('see a run and its report without any credentials: the embedded sandbox, with defects hidden in it')
    .option('--out <dir>', 'folder for the results (default: reports/sandbox/<run id>)')
    .option('--quiet', 'no progress')
    .option('--json', 'write the result to standard output as JSON, and nothing else')
    .action(async (values: OptionValues) => {
      const options = runOptions(values);
      const loaded = await loadFor(SCENARIO, options, io);
      const { runOne } = await import('./run-one.ts');
      // Nobody keeps it in a history: that leaves out what the sandbox served.
      const code = await runOne('run', loaded, options, values, io);
      if (!values.json) io.stdout.write(NEXT);
      finish(code);
    });
}

const NEXT = [
  '',
  'That was the sandbox: made-up organisations, served on this machine. Next, your own:',
  '  parity init --app YOUR-APP-ID --region us-east-1   asks both sides, and proposes the mapping',
  '  parity validate --from FOLDER                      bodies of the new API that lie in files',
  '  parity sandbox                                     both APIs, to build against',
  '',
].join('\n');
