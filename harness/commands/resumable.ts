/** Work that can end early and be gone on with. */
import { type ErrorCode, HarnessError } from '../domain/errors.ts';
import type { RunListener } from '../domain/run-event.ts';
import { type CommandIo, shown } from './io.ts';

/** What ends a run early but leaves it to be gone on with. */
const RESUMABLE: ReadonlySet<ErrorCode> = new Set(['interrupted', 'snapshot-write', 'report-write']);

/** Says with an early end how to go on, in which folder. */
export async function resumable<T>(
  work: (listen: RunListener) => Promise<T>,
  listener: RunListener,
  io: CommandIo,
  option = '--out',
): Promise<T> {
  let out: string | null = null;
  let recorded = false;
  const onwardIn = (dir: string): string =>
    `What was recorded is kept. Go on:  the same command with ${option} ${shown(dir)} --resume`;
  try {
    return await work((event) => {
      if (event.type === 'run-started') {
        out = event.out;
        io.ifEnded?.(onwardIn(event.out));
      }
      if (event.type === 'exchange-finished') recorded = true;
      listener(event);
    });
  } catch (error) {
    if (!(error instanceof HarnessError) || !RESUMABLE.has(error.code) || out === null) throw error;
    if (!recorded && error.code !== 'interrupted') throw error;
    const onward = recorded ? onwardIn(out) : 'Nothing was recorded yet.';
    const hint = error.code === 'interrupted' || error.hint === null ? onward : `${error.hint}\n  → ${onward}`;
    throw new HarnessError(error.code, error.message, { cause: error, context: error.context, hint });
  }
}
