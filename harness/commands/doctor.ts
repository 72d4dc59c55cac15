/** `parity doctor`: whether a run of this scenario can work, before it is started. */
import type { Command } from 'commander';
import picocolors from 'picocolors';
import { EXIT } from '../domain/verdict.ts';
import { safeText } from '../report/safe-text.ts';
import type { Check } from '../runner/doctor.ts';
import { type CommandIo, wantsColour } from './io.ts';
import { loadFor } from './load.ts';
import { addOriginOptions, type OptionValues, runOptions } from './run-options.ts';

export function addDoctor(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const command = program
    .command('doctor')
    .description('check credentials, permissions, clocks, reachability and versions; one request a source')
    .argument('<scenario>', 'scenario file')
    .option('--json', 'write the checks to standard output as JSON, and nothing else');
  addOriginOptions(command).action(async (file: string, values: OptionValues) => {
    finish(await doctor(file, values, io));
  });
}

async function doctor(file: string, values: OptionValues, io: CommandIo): Promise<number> {
  const options = runOptions(values);
  const loaded = await loadFor(file, options, io);
  const { examine } = await import('../runner/doctor.ts');
  const checks = await examine(loaded, options, () => undefined, io.signal);
  const bad = checks.filter(({ outcome }) => outcome === 'bad').length;
  if (values.json) io.stdout.write(`${JSON.stringify({ checks, ready: bad === 0 })}\n`);
  else io.stdout.write(told(checks, bad, file, wantsColour(io.stdout, io.env)));
  return bad === 0 ? EXIT.met : EXIT.notVerified;
}

function told(checks: readonly Check[], bad: number, file: string, colour: boolean): string {
  const colours = picocolors.createColors(colour);
  const glyphs = { good: colours.green('✓'), warning: colours.yellow('!'), bad: colours.red('✗') };
  const width = Math.max(...checks.map(({ what }) => what.length));
  const lines = checks.map(
    ({ what, outcome, words }) => `${glyphs[outcome]} ${what.padEnd(width)}  ${safeText(words)}`,
  );
  const end =
    bad === 0
      ? `Next: parity run ${file}`
      : `${bad} ${bad === 1 ? 'check' : 'checks'} failed: a run could not verify everything.`;
  return `${[...lines, '', end].join('\n')}\n`;
}
