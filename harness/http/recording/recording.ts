import type { Transport } from '../../domain/exchange.ts';
import type { Recorder } from './recorder.ts';

/** Writes every exchange of `transport` before it is handed on. @throws (from `send`) HarnessError `snapshot-write`. */
export const recording = (transport: Transport, recorder: Recorder): Transport => ({
  async send(request) {
    const exchange = await transport.send(request);
    await recorder.append(exchange);
    return exchange;
  },
});
