/** A clock that skips waits: time stands still but for them, and they are over at once, in the order of their ends. */
import type { Clock } from '../clock.ts';

export interface SkippingClock extends Clock {
  /** Every wait that came to its end, in milliseconds. */
  readonly waits: readonly number[];
  advance(ms: number): void;
}

interface Timer {
  readonly due: number;
  readonly ms: number;
  readonly action: () => void;
}

export function skippingClock(epochMs = Date.parse('2026-04-20T12:00:00Z')): SkippingClock {
  const timers = new Set<Timer>();
  const waits: number[] = [];
  let now = 0;
  const ring = (): void => {
    const next = [...timers].sort((a, b) => a.due - b.due)[0];
    if (next === undefined) return;
    timers.delete(next);
    now = Math.max(now, next.due);
    waits.push(next.ms);
    next.action();
  };
  return {
    waits,
    epochMs: () => epochMs + now,
    monotonicMs: () => now,
    after(ms, action) {
      const timer = { due: now + ms, ms, action };
      timers.add(timer);
      setImmediate(ring);
      return () => timers.delete(timer);
    },
    advance(ms) {
      now += ms;
    },
  };
}
