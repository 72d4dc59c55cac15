/** A live transport against a test server, with an API key unless told otherwise; closed when the test is over. */
import { onTestFinished } from 'vitest';
import type { Exchange } from '../../domain/exchange.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Clock } from '../clock.ts';
import { createLiveTransport, type LiveTransport, type SourceAuth, type TransportLimits } from '../live-transport.ts';

export const API_KEY = 'key-0123456789abcdef';

export interface TestTransportOptions {
  readonly origin: string;
  readonly auth?: SourceAuth;
  readonly limits?: Partial<TransportLimits>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly maxBodyBytes?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

export interface TestTransport extends LiveTransport {
  readonly events: RunEvent[];
  get(path: string, expect?: 'json' | 'any'): Promise<Exchange>;
}

export function transportTo(options: TestTransportOptions): TestTransport {
  const { origin, auth, limits, ...rest } = options;
  const events: RunEvent[] = [];
  const access = { origin, auth: auth ?? { kind: 'api-key' as const, header: 'X-Api-Key', key: API_KEY } };
  const transport = createLiveTransport({
    sources: { 'usage-api': access, 'contract-api': access },
    limits: { concurrency: 8, requestsPerMinute: 60_000, timeoutSeconds: 5, retries: 3, ...limits },
    onEvent: (event) => events.push(event),
    random: () => 1,
    environment: {},
    ...rest,
  });
  onTestFinished(() => transport.close());
  return {
    ...transport,
    events,
    get: (path, expect = 'json') => transport.send({ source: 'usage-api', path, subject: `test of ${path}`, expect }),
  };
}

/** The status of the answer, or the code of the failure. */
export const statusOf = ({ outcome }: Exchange): number | string =>
  outcome.kind === 'answer' ? outcome.status : outcome.code;
export const messageOf = ({ outcome }: Exchange): string => (outcome.kind === 'failure' ? outcome.message : '');
