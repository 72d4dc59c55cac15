/** `parity record`: capture only; archives what both sides say before one of them is switched off. */
import type { Command } from 'commander';
import { EXIT } from '../domain/verdict.ts';
import { type CommandIo, isInteractive, shown } from './io.ts';
import { loadFor } from './load.ts';
import { resumable } from './resumable.ts';
import { addCaptureOptions, type OptionValues, runOptions } from './run-options.ts';

export function addRecord(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const command = program
    .command('record')
    .description('archive the answers of both sides as a snapshot; compares nothing')
    .argument('<scenario>', 'scenario file');
  addCaptureOptions(command).action(async (file: string, values: OptionValues) => {
    finish(await record(file, values, io));
  });
}

async function record(file: string, values: OptionValues, io: CommandIo): Promise<number> {
  const options = runOptions(values);
  const loaded = await loadFor(file, options, io);
  const { recordScenario } = await import('../runner/record.ts');
  const { createProgress } = await import('../report/terminal/progress.ts');
  const listener = createProgress(io.stderr, {
    tty: isInteractive(io.stderr, io.env),
    quiet: values.quiet === true,
    verbose: values.verbose === true,
  });
  const archive = await resumable(
    (listen) => recordScenario(loaded, options, listen, io.signal),
    listener,
    io,
    '--record',
  );
  const dir = shown(archive.dir);
  if (values.json) io.stdout.write(`${JSON.stringify({ ...archive, dir })}\n`);
  else {
    io.stdout.write(
      `Recorded ${archive.exchanges} exchanges into ${dir} (${archive.answers} answers, ${archive.failures} failures), read again and checked.\n` +
        `  sha256 ${archive.digest}\n` +
        `Replay it:  parity run ${loaded.path} --legacy snapshot:${dir} --contract snapshot:${dir}\n`,
    );
    for (const failure of archive.failed) io.stdout.write(`  not recorded: ${failure}\n`);
  }
  return archive.failures === 0 ? EXIT.met : EXIT.notVerified;
}
