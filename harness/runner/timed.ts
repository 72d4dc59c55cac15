/** One stage of a run, told of when it starts and when it ends. */
import type { RunListener, Stage } from '../domain/run-event.ts';

export async function timed<T>(stage: Stage, listen: RunListener, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  listen({ type: 'stage-started', stage });
  const value = await work();
  listen({ type: 'stage-finished', stage, durationMs: Math.round(performance.now() - start) });
  return value;
}
