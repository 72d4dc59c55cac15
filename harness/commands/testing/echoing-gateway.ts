/**
 * A gateway before the sandbox that knows other credentials, and tells everyone what it was told: request headers come back in
 * answer headers and in the bodies of refusals, tokens in the words of errors.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningSandbox } from '../../sandbox/index.ts';

/** In each credential, as it is: found anywhere, it is a leak. */
export const CANARY = 'CANARY';

/** With characters that are written in another way in an address, in JSON and in HTML. */
export const CREDENTIALS = {
  apiKey: `${CANARY}-key-"a'<b>&/+%`,
  partner: { clientId: 'partner-client', clientSecret: `${CANARY}-partner-"a'<b>&/+%` },
  contract: { clientId: 'contract-client', clientSecret: `${CANARY}-contract-"a'<b>&/+%` },
} as const;

const basic = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string =>
  Buffer.from(`${clientId}:${clientSecret}`).toString('base64');

/** What else must never be found: credentials as they travel. */
export const TRAVELLING: readonly string[] = [basic(CREDENTIALS.partner), basic(CREDENTIALS.contract)];

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/** @param refuse part of the path and query of requests that are answered with 403 and all that they said */
export async function openGateway(sandbox: RunningSandbox, refuse: string): Promise<Gateway> {
  let issued = 0;
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/', headers } = request;
    request.resume();
    const echo = [headers.authorization, headers['x-api-key']].flat().filter((text) => text !== undefined);
    const told = {
      etag: JSON.stringify(echo),
      'set-cookie': `session=${CANARY}`,
      'inin-correlation-id': echo.join(' '),
    };
    if (url === '/oauth/token') return logIn(headers.authorization ?? '', response);
    if (url.includes(refuse)) {
      response.writeHead(403, { 'content-type': 'application/json', ...told });
      response.end(
        JSON.stringify({
          message: `refused for ${echo.join(', ')}`,
          headers,
          url: `${url}&key=${encodeURIComponent(echo.join())}`,
        }),
      );
      return;
    }
    const token = await sandboxToken();
    const inner = await fetch(`${sandbox.url}${url}`, {
      headers:
        headers['x-api-key'] === CREDENTIALS.apiKey
          ? { 'x-api-key': sandbox.apiKey }
          : { authorization: `Bearer ${token}` },
    });
    response.writeHead(inner.status, {
      'content-type': 'application/json',
      date: inner.headers.get('date') ?? '',
      ...told,
    });
    response.end(await inner.text());
  }

  function logIn(authorization: string, response: ServerResponse): void {
    issued += 1;
    const known = TRAVELLING.some((one) => authorization === `Basic ${one}`);
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ access_token: `${CANARY}-token-${issued}`, token_type: 'bearer', expires_in: 86_400 }),
    );
  }

  let inside: Promise<string> | null = null;
  async function fetchToken(): Promise<string> {
    const answered = await fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic(sandbox)}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    return ((await answered.json()) as { access_token: string }).access_token;
  }
  const sandboxToken = (): Promise<string> => {
    inside ??= fetchToken();
    return inside;
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
