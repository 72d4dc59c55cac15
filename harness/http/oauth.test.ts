import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { json, serve } from './testing/server.ts';
import { skippingClock } from './testing/skipping-clock.ts';
import { transportTo } from './testing/transport.ts';

const CLIENT = { clientId: 'client-1', clientSecret: 'secret/with "quotes"&more' };

interface Platform {
  readonly origin: string;
  readonly logins: () => number;
  readonly revoke: () => void;
}

interface PlatformOptions {
  readonly expiresIn?: number;
  /** Takes the place of the login's answer as long as it returns true. */
  readonly login?: (response: ServerResponse, logins: number) => boolean;
  /** Answers 503 to the first request with a good token after a login but the first. */
  readonly busyOnce?: boolean;
  /** Rejects every token. */
  readonly refuseAll?: boolean;
}

/** A login service and an API on one port; a token is good until the next is issued or it is revoked. */
async function platform(options: PlatformOptions = {}): Promise<Platform> {
  let logins = 0;
  let valid = '';
  let busy = options.busyOnce === true;
  const logIn = (request: IncomingMessage, response: ServerResponse): void => {
    logins += 1;
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (options.login?.(response, logins) === true) return;
      const basic = `Basic ${Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64')}`;
      const good =
        request.headers.authorization === basic &&
        body === 'grant_type=client_credentials' &&
        request.method === 'POST';
      valid = `token-number-${logins}`;
      if (good) json(response, { access_token: valid, token_type: 'bearer', expires_in: options.expiresIn ?? 3600 });
      else json(response, { error: 'invalid_client', description: `no such secret: ${CLIENT.clientSecret}` }, 401);
    });
  };
  const { origin } = await serve((request, response) => {
    if (request.url === '/oauth/token') return logIn(request, response);
    const good = request.headers.authorization === `Bearer ${valid}` && options.refuseAll !== true;
    if (good && busy && logins > 1) {
      busy = false;
      return json(response, {}, 503);
    }
    json(response, { you: request.headers.authorization }, good ? 200 : 401);
  });
  return {
    origin,
    logins: () => logins,
    revoke: () => {
      valid = 'revoked';
    },
  };
}

const oauthTo = (origin: string, clock = skippingClock(), client: Partial<typeof CLIENT> = {}) =>
  transportTo({ origin, clock, auth: { kind: 'oauth', loginUrl: origin, ...CLIENT, ...client } });

describe('OAuth client credentials', () => {
  test('one login serves all requests, however many begin at once', async () => {
    const server = await platform();
    const transport = oauthTo(server.origin);
    const exchanges = await Promise.all(Array.from({ length: 30 }, (_, index) => transport.get(`/${index}`)));
    expect(exchanges.every(({ outcome }) => outcome.kind === 'answer' && outcome.status === 200)).toBe(true);
    expect(server.logins()).toBe(1);
  });

  test.each([
    [3600, 3_540_000],
    [100, 90_000],
  ])('a token of %i s is renewed after %i ms', async (expiresIn, renewedMs) => {
    const server = await platform({ expiresIn });
    const clock = skippingClock();
    const transport = oauthTo(server.origin, clock);
    await transport.get('/1');
    clock.advance(renewedMs - 1);
    await transport.get('/2');
    expect(server.logins()).toBe(1);
    clock.advance(1);
    await transport.get('/3');
    expect(server.logins()).toBe(2);
  });

  test('after a 401 the token is renewed once and the request repeated, at the cost of no retry', async () => {
    const server = await platform();
    const transport = oauthTo(server.origin);
    await transport.get('/1');
    server.revoke();
    const exchanges = await Promise.all(Array.from({ length: 8 }, (_, index) => transport.get(`/2/${index}`)));
    expect(exchanges.every(({ outcome }) => outcome.kind === 'answer' && outcome.status === 200)).toBe(true);
    expect(exchanges.some(({ attempts }) => attempts.map(({ status }) => status).join() === '401,200')).toBe(true);
    expect(server.logins()).toBe(2);
  });

  test('a 401 leaves all retries for what comes after it', async () => {
    const server = await platform({ busyOnce: true });
    const transport = transportTo({
      origin: server.origin,
      clock: skippingClock(),
      limits: { retries: 1 },
      auth: { kind: 'oauth', loginUrl: server.origin, ...CLIENT },
    });
    await transport.get('/1');
    server.revoke();
    const exchange = await transport.get('/2');
    expect(exchange.attempts.map(({ status }) => status)).toEqual([401, 503, 200]);
  });

  test('a second 401 stands', async () => {
    const server = await platform({ refuseAll: true });
    const exchange = await oauthTo(server.origin).get('/1');
    expect(exchange.outcome).toMatchObject({ kind: 'answer', status: 401 });
    expect(exchange.attempts).toHaveLength(2);
    expect(server.logins()).toBe(2);
  });

  test('refused credentials fail every request with one login, and without the secret in the message', async () => {
    const server = await platform();
    const transport = oauthTo(server.origin, skippingClock(), { clientSecret: 'wrong-but-still-secret' });
    const exchanges = await Promise.all(Array.from({ length: 20 }, (_, index) => transport.get(`/${index}`)));
    for (const { outcome, attempts } of exchanges) {
      expect(outcome).toMatchObject({ kind: 'failure', code: 'configuration' });
      expect(outcome).toMatchObject({
        message: expect.stringContaining('status 401 (invalid_client); check the client id client-1'),
      });
      expect(attempts).toEqual([]);
    }
    expect(server.logins()).toBe(1);
    expect(JSON.stringify(exchanges)).not.toContain('wrong-but-still-secret');
  });

  test('a login service that is down is tried as often as any request, then left in peace for a minute', async () => {
    const server = await platform({
      login: (response, logins) => {
        if (logins <= 4) json(response, {}, 503);
        return logins <= 4;
      },
    });
    const clock = skippingClock();
    const transport = oauthTo(server.origin, clock);
    expect((await transport.get('/1')).outcome).toMatchObject({ kind: 'failure', code: 'http-status' });
    expect((await transport.get('/2')).outcome).toMatchObject({ kind: 'failure', code: 'http-status' });
    expect(server.logins()).toBe(4);
    clock.advance(60_000);
    expect((await transport.get('/3')).outcome).toMatchObject({ kind: 'answer', status: 200 });
  });

  test.each(['[]', '{}', '{"access_token":""}', '{"access_token":"two words"}', 'null', '<html>'])(
    'a login that answers %s is a failure',
    async (body) => {
      const server = await platform({
        login: (response) => {
          response.writeHead(200);
          response.end(body);
          return true;
        },
      });
      const { outcome } = await oauthTo(server.origin).get('/1');
      expect(outcome).toMatchObject({ kind: 'failure', code: 'wire-contract' });
    },
  );

  test('a login service that nobody runs', async () => {
    const server = await platform();
    const transport = transportTo({
      origin: server.origin,
      clock: skippingClock(),
      auth: { kind: 'oauth', loginUrl: 'http://127.0.0.1:1', ...CLIENT },
    });
    const { outcome } = await transport.get('/1');
    expect(outcome).toMatchObject({ kind: 'failure', code: 'network' });
    expect(outcome).toMatchObject({
      message: expect.stringMatching(
        /^the login failed: connection refused .*check the address.*; POST http:\/\/127\.0\.0\.1:1\/oauth\/token$/,
      ),
    });
  });

  test('the token and the secret are in no exchange, even where the server sends them back', async () => {
    const server = await platform();
    const exchange = await oauthTo(server.origin).get('/1');
    expect(exchange.outcome).toMatchObject({ body: '{"you":"Bearer [redacted]"}' });
  });
});
