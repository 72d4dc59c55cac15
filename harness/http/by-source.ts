import { HarnessError } from '../domain/errors.ts';
import type { Transport } from '../domain/exchange.ts';
import type { SourceName } from '../domain/side.ts';

/** Each source through a transport of its own. @throws (from `send`) HarnessError `configuration` for a source that has none. */
export const bySource = (transports: Readonly<Partial<Record<SourceName, Transport>>>): Transport => ({
  send(request) {
    const transport = transports[request.source];
    if (transport !== undefined) return transport.send(request);
    return Promise.reject(new HarnessError('configuration', `nothing was set up to ask ${request.source}`));
  },
});
