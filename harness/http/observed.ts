import type { Transport } from '../domain/exchange.ts';
import type { RunListener } from '../domain/run-event.ts';
import { SIDE_OF } from '../domain/side.ts';

/** Tells the listener of every exchange that `transport` brings; `replayed` says whether that transport reads a snapshot. */
export const observed = (transport: Transport, listener: RunListener, replayed: boolean): Transport => ({
  async send(request) {
    const exchange = await transport.send(request);
    const { outcome } = exchange;
    listener({
      type: 'exchange-finished',
      side: SIDE_OF[exchange.source],
      source: exchange.source,
      id: exchange.id,
      subject: exchange.subject,
      status: outcome.kind === 'answer' ? outcome.status : null,
      error: outcome.kind === 'failure' ? outcome.message : null,
      durationMs: exchange.durationMs,
      attempts: exchange.attempts.length,
      replayed,
    });
    return exchange;
  },
});
