/** A transport that answers from a table of paths, for tests of clients: a real one, without a network. */
import type { ApiRequest, Exchange, Transport } from '../../domain/exchange.ts';

export interface Told {
  readonly status?: number;
  /** Text as it is, or anything else as JSON. */
  readonly body: unknown;
}

export interface Teller extends Transport {
  /** Paths in the order in which they were asked. */
  readonly asked: readonly string[];
}

const ORIGIN = 'https://api.example';

/** Paths that the table lacks answer 404. `Date` is 20 April 2026. */
export function telling(table: Readonly<Record<string, Told>>): Teller {
  const asked: string[] = [];
  return {
    asked,
    send: async (request: ApiRequest) => {
      asked.push(request.path);
      return exchangeOf(request, table[request.path] ?? { status: 404, body: { status: 404, code: 'not.found' } });
    },
  };
}

export function exchangeOf(request: ApiRequest, { status = 200, body }: Told): Exchange {
  return {
    v: 1,
    id: `${request.source} ${request.path}`,
    source: request.source,
    method: 'GET',
    url: `${ORIGIN}${request.path}`,
    path: request.path,
    subject: request.subject,
    reading: request.reading ?? 0,
    startedAt: '2026-04-20T12:00:00.000Z',
    durationMs: 1,
    attempts: [],
    outcome: {
      kind: 'answer',
      status,
      headers: { date: 'Mon, 20 Apr 2026 12:00:00 GMT' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
  };
}
