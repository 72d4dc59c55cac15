/** `parity doctor`: whether a run of this scenario can work, before it is started. */
import type { Command } from 'commander';
import picocolors from 'picocolors';
import { EXIT } from '../domain/verdict.ts';
import { safeText } from '../report/words/safe-text.ts';
import type { Check } from '../runner/doctor/check.ts';
import { type CommandIo, wantsColour } from './io.ts';
import { loadFor } from './load.ts';
import { addOriginOptions, type OptionValues, runOptions } from './run-options.ts';

export function addDoctor(program: Command, io: CommandIo, finish: (code: number) => void): void {
  const command = program
    .command('doctor')
    .description(
      'check credentials, permissions, clocks, reachability, versions, and that each side knows what the scenario names',
    )
    .argument('<scenario>', 'scenario file')
    .option('--json', 'write the checks to standard output as JSON, and nothing else');
  addOriginOptions(command).action(async (file: string, values: OptionValues) => {
    finish(await doctor(file, values, io));
  });
}

async function doctor(file: string, values: OptionValues, io: CommandIo): Promise<number> {
  const options = runOptions(values);
  const loaded = await loadFor(file, options, io);
  const { examine } = await import('../runner/doctor/doctor.ts');
  const { checks, next } = await examine(loaded, options, () => undefined, io.signal);
  const bad = checks.filter(({ outcome }) => outcome === 'bad').length;
  if (values.json)
    io.stdout.write(
      `${JSON.stringify({ checks, ready: bad === 0, next: bad === 0 ? command(next, file, values) : null })}\n`,
    );
  else io.stdout.write(checklist(checks, command(next, file, values), wantsColour(io.stdout, io.env)));
  return bad === 0 ? EXIT.met : EXIT.notVerified;
}

/** As it is to be typed: sides from elsewhere stay there. */
const command = (next: 'run' | 'validate', file: string, { legacy, contract }: OptionValues): string =>
  [
    `parity ${next} ${file}`,
    ...(legacy === undefined || next === 'validate' ? [] : [`--legacy ${legacy}`]),
    ...(contract === undefined ? [] : [`--contract ${contract}`]),
  ].join(' ');

function checklist(checks: readonly Check[], next: string, colour: boolean): string {
  const colours = picocolors.createColors(colour);
  const glyphs = { good: colours.green('✓'), warning: colours.yellow('!'), bad: colours.red('✗') };
  const width = Math.max(...checks.map(({ what }) => what.length));
  const lines = checks.flatMap(({ what, outcome, words, remedy }) => [
    `${glyphs[outcome]} ${what.padEnd(width)}  ${safeText(words)}`,
    ...(remedy === undefined ? [] : [`  ${' '.repeat(width)}  → ${safeText(remedy)}`]),
  ]);
  const bad = checks.filter(({ outcome }) => outcome === 'bad').length;
  const end =
    bad === 0
      ? `Next: ${next}`
      : `${bad} ${bad === 1 ? 'check' : 'checks'} failed: a run could not verify everything. Mend that first; then: ${next}`;
  return `${[...lines, '', end].join('\n')}\n`;
}
