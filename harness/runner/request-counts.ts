/** Counts requests from the run's own events. */
import type { RunEvent, RunListener } from '../domain/run-event.ts';
import type { RequestCounts } from '../domain/run-result.ts';

export interface RequestCounter {
  readonly listen: RunListener;
  /** Requests asked of servers by side, and those answered from a snapshot. `retries` are tries beyond the first. */
  counts(): RequestCounts;
}

export function openRequestCounter(): RequestCounter {
  const counts = { legacy: 0, contract: 0, retries: 0, rateLimited: 0, replayed: 0 };
  return {
    listen(event: RunEvent) {
      if (event.type !== 'exchange-finished') return;
      counts[event.side] += 1;
      counts.retries += event.replayed ? 0 : Math.max(0, event.attempts - 1);
      if (event.replayed) counts.replayed += 1;
      if (event.status === 429) counts.rateLimited += 1;
    },
    counts: () => ({ ...counts }),
  };
}
