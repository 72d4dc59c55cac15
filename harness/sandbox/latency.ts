/** Answers that take their time. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { variant } from './world/random.ts';

/** Whole milliseconds, both inclusive. */
export interface Latency {
  readonly min: number;
  readonly max: number;
}

/** Longer for some requests than for others, and always the same for the same one. */
export function delayAnswers(app: FastifyInstance, seed: number, latency: Latency | null): void {
  if (latency === null || latency.max === 0) return;
  const { min, max } = latency;
  app.addHook('onRequest', async ({ method, url }) => {
    await delay(min + variant(seed, `latency ${method} ${url}`, max - min + 1));
  });
}
