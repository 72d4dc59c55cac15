import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { answeredAt, correlationId } from '../domain/exchange.ts';
import { createLiveTransport } from './live-transport.ts';
import { ok, reset, status } from './testing/handlers.ts';
import { type Handler, inTurn, json, serve } from './testing/server.ts';
import { skippingClock } from './testing/skipping-clock.ts';
import { API_KEY, messageOf, statusOf, transportTo } from './testing/transport.ts';

describe('a request', () => {
  test('carries its credential and comes back as an exchange', async () => {
    const server = await serve((request, response) =>
      json(response, { key: request.headers['x-api-key'] === API_KEY }, 200, {
        'ININ-Correlation-Id': 'c-1',
        date: 'Mon, 20 Apr 2026 12:00:00 GMT',
        'set-cookie': 'session=1',
      }),
    );
    const exchange = await transportTo(server).get('/v1/regions?appIds=a,b');
    expect(exchange).toMatchObject({
      v: 1,
      id: 'usage-api-b3f0178199c9',
      source: 'usage-api',
      method: 'GET',
      url: `${server.origin}/v1/regions?appIds=a,b`,
      path: '/v1/regions?appIds=a,b',
      reading: 0,
      outcome: { kind: 'answer', status: 200, body: '{"key":true}' },
    });
    expect(exchange.attempts).toMatchObject([{ status: 200, error: null }]);
    expect(correlationId(exchange)).toBe('c-1');
    expect(answeredAt(exchange)).toBe('2026-04-20T12:00:00.000Z');
    expect(JSON.stringify(exchange)).not.toContain('session');
    expect(JSON.stringify(exchange)).not.toContain(API_KEY);
  });

  test('the same request has the same id against any host', async () => {
    const [one, two] = [await serve(ok), await serve(ok)];
    const [a, b] = [await transportTo(one).get('/x'), await transportTo(two).get('/x')];
    expect(a.id).toBe(b.id);
    const again = await transportTo(one).send({ source: 'usage-api', path: '/x', subject: 's', reading: 1 });
    expect(again.id).not.toBe(a.id);
  });
});

describe('what is transient', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i is tried again', async (code) => {
    const server = await serve(inTurn(status(code), ok));
    const exchange = await transportTo({ ...server, clock: skippingClock() }).get('/x');
    expect(exchange.attempts.map((attempt) => attempt.status)).toEqual([code, 200]);
    expect(statusOf(exchange)).toBe(200);
  });

  test('after the last try the answer stands with its status', async () => {
    const server = await serve(status(503));
    const clock = skippingClock();
    const transport = transportTo({ ...server, clock });
    const exchange = await transport.get('/x');
    expect(statusOf(exchange)).toBe(503);
    expect(exchange.attempts.map((attempt) => attempt.waitedMs)).toEqual([0, 500, 1000, 2000]);
    expect(transport.events).toMatchObject([{ type: 'waiting', ms: 500 }, { ms: 1000 }, { ms: 2000 }]);
  });

  test('a 404 is asked for once', async () => {
    const server = await serve(status(404));
    expect(statusOf(await transportTo(server).get('/x'))).toBe(404);
    expect(server.asked).toHaveLength(1);
  });

  test('a connection that is reset before the answer', async () => {
    const server = await serve(inTurn(reset, ok));
    const exchange = await transportTo({ ...server, clock: skippingClock() }).get('/x');
    expect(exchange.attempts).toMatchObject([{ status: null, error: expect.stringContaining('(') }, { status: 200 }]);
  });

  test('a body that breaks off, and one shorter than announced', async () => {
    const server = await serve(
      inTurn(
        (request, response) => {
          response.writeHead(200, { 'content-length': '1000' });
          response.write('{"half":');
          setImmediate(() => request.socket.resetAndDestroy());
        },
        (_request, response) => {
          response.writeHead(200, { 'content-length': '1000' });
          response.write('{"half":');
          setImmediate(() => response.socket?.end());
        },
        ok,
      ),
    );
    const exchange = await transportTo({ ...server, clock: skippingClock() }).get('/x');
    expect(exchange.attempts).toMatchObject([
      { status: 200, error: expect.any(String) },
      { status: 200, error: expect.any(String) },
      { status: 200, error: null },
    ]);
    expect(exchange.outcome).toMatchObject({ kind: 'answer', body: '{"ok":true}' });
  });

  test('a server that never answers is a timeout', async () => {
    const server = await serve(() => undefined);
    const transport = transportTo({ ...server, limits: { timeoutSeconds: 0.05, retries: 1 }, clock: skippingClock() });
    const exchange = await transport.get('/x');
    expect(statusOf(exchange)).toBe('timeout');
    expect(messageOf(exchange)).toBe('no answer within 0.05 s, after 2 tries');
  });

  test('a body that trickles is cut off by the total time-out', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    });
    const exchange = await transportTo({ ...server, limits: { timeoutSeconds: 0.1, retries: 0 } }).get('/x');
    expect(messageOf(exchange)).toContain('status 200 but no complete body within 0.1 s');
  });

  test('nobody listens', async () => {
    const transport = transportTo({ origin: 'http://127.0.0.1:1', clock: skippingClock(), limits: { retries: 2 } });
    const exchange = await transport.get('/v1/regions');
    expect(statusOf(exchange)).toBe('network');
    expect(messageOf(exchange)).toBe(
      'connection refused (ECONNREFUSED), after 3 tries; nothing listens there: check the address and its port, and that the server runs',
    );
  });

  test('a source that is dead is not tried over and over for every request', async () => {
    const transport = transportTo({ origin: 'http://127.0.0.1:1', clock: skippingClock(), limits: { retries: 2 } });
    const tries: number[] = [];
    for (const path of ['/1', '/2', '/3', '/4', '/5']) tries.push((await transport.get(path)).attempts.length);
    expect(tries).toEqual([3, 3, 3, 1, 1]);
  });
});

describe('Retry-After', () => {
  test('is obeyed to the second, and never cut short', async () => {
    const clock = skippingClock();
    const server = await serve(inTurn(status(503, { 'retry-after': '17' }), ok));
    const exchange = await transportTo({ ...server, clock }).get('/x');
    expect(exchange.attempts[1]?.waitedMs).toBe(17_000);
    expect(clock.waits).toContain(17_000);
  });

  test('in real time: one second is one second', async () => {
    const times: number[] = [];
    const server = await serve((request, response) => {
      times.push(performance.now());
      const handler = times.length === 1 ? status(429, { 'retry-after': '1' }) : ok;
      handler(request, response);
    });
    await transportTo(server).get('/x');
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(1000);
    expect(second - first).toBeLessThan(2000);
  });

  test('as a date, by the clock of the server that states it', async () => {
    const headers = { date: 'Mon, 20 Apr 2020 12:00:00 GMT', 'retry-after': 'Mon, 20 Apr 2020 12:00:09 GMT' };
    const server = await serve(inTurn(status(429, headers), ok));
    const exchange = await transportTo({ ...server, clock: skippingClock() }).get('/x');
    expect(exchange.attempts[1]?.waitedMs).toBe(9000);
  });

  test('a 429 stops the other requests of the credential too', async () => {
    const at: number[] = [];
    const server = await serve((request, response) => {
      at.push(performance.now());
      const handler = at.length === 2 ? status(429, { 'retry-after': '1' }) : ok;
      handler(request, response);
    });
    const transport = transportTo({ ...server, limits: { concurrency: 1 } });
    await Promise.all(['/1', '/2', '/3', '/4'].map((path) => transport.get(path)));
    const refusedAt = at[1] ?? 0;
    expect(at).toHaveLength(5);
    expect(at.slice(2).every((time) => time - refusedAt >= 1000)).toBe(true);
  });

  test('longer than five minutes is given up: the answer stands, and the rest is not sent', async () => {
    const server = await serve(status(429, { 'retry-after': '3600' }));
    const transport = transportTo({ ...server, clock: skippingClock() });
    expect(statusOf(await transport.get('/1'))).toBe(429);
    const second = await transport.get('/2');
    expect(statusOf(second)).toBe('rate-limit');
    expect(messageOf(second)).toContain('not sent, as the server wants no request for another 3600 s; run again later');
    expect(server.asked).toEqual(['/1']);
  });
});

describe('bounds', () => {
  test('no more requests under way than allowed, all sources together', async () => {
    let underWay = 0;
    let most = 0;
    const slow: Handler = (_request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        json(response, {});
      }, 10);
    };
    const servers = [await serve(slow), await serve(slow)];
    const [access, other] = servers.map(({ origin }, index) => ({
      origin,
      auth: { kind: 'api-key' as const, header: 'x-api-key', key: `${API_KEY}-${index}` },
    }));
    if (access === undefined || other === undefined) throw new Error('two servers');
    const transport = createLiveTransport({
      sources: { 'usage-api': access, 'contract-api': other },
      limits: { concurrency: 4, requestsPerMinute: 60_000, timeoutSeconds: 5, retries: 0 },
    });
    const requests = Array.from({ length: 60 }, (_, index) =>
      transport.send({ source: index % 2 === 0 ? 'usage-api' : 'contract-api', path: `/${index}`, subject: 's' }),
    );
    await Promise.all(requests);
    await transport.close();
    expect(most).toBe(4);
    expect(servers.map(({ asked }) => asked.length)).toEqual([30, 30]);
  });

  test('connections are kept alive', async () => {
    const ports = new Set<number | undefined>();
    const server = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      json(response, {});
    });
    const transport = transportTo({ ...server, limits: { concurrency: 2 } });
    for (let index = 0; index < 20; index += 1) await transport.get(`/${index}`);
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe('an interruption', () => {
  test('ends what is under way, what waits and what comes later', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    const transport = transportTo({ ...server, signal: controller.signal });
    const sends = Array.from({ length: 20 }, (_, index) => transport.get(`/${index}`));
    const results = await Promise.allSettled(sends);
    expect(results.every((result) => result.status === 'rejected' && result.reason.code === 'interrupted')).toBe(true);
    await expect(transport.get('/later')).rejects.toMatchObject({ code: 'interrupted' });
    expect(server.asked.length).toBeLessThan(20);
  });

  test('ends a back-off', async () => {
    const controller = new AbortController();
    const server = await serve(status(503, { 'retry-after': '200' }));
    const sent = transportTo({ ...server, signal: controller.signal }).get('/x');
    while (server.asked.length === 0) await sleep(1);
    setTimeout(() => controller.abort(), 20);
    await expect(sent).rejects.toMatchObject({ code: 'interrupted' });
  });

  test('closing ends what is under way', async () => {
    const server = await serve(() => void transport.close());
    const transport = transportTo(server);
    await expect(transport.get('/x')).rejects.toMatchObject({ code: 'interrupted' });
  });
});
