/** Serves the bodies of one situation by their paths, as all three APIs would: with tokens, a clock and correlation ids. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A situation that somebody met: what both sides answer, and which verdicts are right. */
export interface Situation {
  /** What it is about, for people. */
  readonly why: string;
  /** The day of the `Date` header. */
  readonly today: string;
  /** `run`, or `validate --from` files of the bodies. */
  readonly command: 'run' | 'validate';
  /** The part of a scenario below `contract:`; null where the contract side is looked at alone. */
  readonly scenario: string | null;
  readonly expect: { readonly verdict: readonly string[]; readonly mismatches?: number };
  /** By path; the query counts where it picks an older billing period of partner billing. */
  readonly bodies: Readonly<Record<string, unknown>>;
}

export interface SituationServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveSituation({ bodies, today }: Pick<Situation, 'bodies' | 'today'>): Promise<SituationServer> {
  const date = new Date(`${today}T12:00:00Z`).toUTCString();
  let count = 0;
  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    count += 1;
    response.writeHead(status, {
      'content-type': 'application/json',
      date,
      'inin-correlation-id': `situation-${count}`,
    });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/oauth/token') {
      answer(response, 200, { access_token: 'token', token_type: 'bearer', expires_in: 86_400 });
      return;
    }
    const body = bodies[`${url.pathname}${url.search}`] ?? bodies[url.pathname];
    if (body === undefined) answer(response, 404, { message: 'not found', code: 'not.found', status: 404 });
    else answer(response, 200, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
