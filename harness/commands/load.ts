/** Loads a scenario for what will be asked: credentials of a side that comes from elsewhere may be missing. */
import type { Side } from '../domain/side.ts';
import type { RunOptions } from '../runner/options.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import type { CommandIo } from './io.ts';

/** @param unasked sides that the command itself leaves out */
export async function loadFor(
  file: string,
  options: RunOptions,
  io: CommandIo,
  unasked: readonly Side[] = [],
): Promise<LoadedScenario> {
  const { loadScenario } = await import('../scenario/load.ts');
  const elsewhere = (['legacy', 'contract'] as const).filter((side) => (options[side]?.kind ?? 'live') !== 'live');
  return loadScenario(file, { env: io.env, unasked: [...elsewhere, ...unasked] });
}
