import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../domain/exchange.ts';
import { answeredAt, correlationId } from '../domain/exchange.ts';
import { createLiveTransport } from './live-transport.ts';
import { type Handler, inTurn, json, serve } from './testing/server.ts';
import { skippingClock } from './testing/skipping-clock.ts';
import { API_KEY, transportTo } from './testing/transport.ts';

const ok: Handler = (_request, response) => json(response, { ok: true });
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    json(response, { message: 'no' }, code, headers);
const raw =
  (body: Buffer | string, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
const reset: Handler = (request) => request.socket.resetAndDestroy();

const statusOf = ({ outcome }: Exchange): number | string =>
  outcome.kind === 'answer' ? outcome.status : outcome.code;
const messageOf = ({ outcome }: Exchange): string => (outcome.kind === 'failure' ? outcome.message : '');

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
    expect(messageOf(exchange)).toBe('GET /x (test of /x): no answer within 0.05 s, after 2 tries');
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
      'GET /v1/regions (test of /v1/regions): connection refused (ECONNREFUSED), after 3 tries',
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
    expect(messageOf(second)).toContain('was not sent: the server wants no request for another 3600 s');
    expect(server.asked).toEqual(['/1']);
  });
});

describe('a body', () => {
  const body = '{"price":23.740,"name":"Ünïcode"}';
  test.each([
    ['plain', raw(body)],
    ['with a byte order mark', raw(`\ufeff${body}`)],
    ['gzip', raw(gzipSync(body), { 'content-encoding': 'gzip' })],
    ['br', raw(brotliCompressSync(body), { 'content-encoding': 'br' })],
    ['deflate', raw(deflateSync(body), { 'content-encoding': 'deflate' })],
    ['deflate without its header', raw(deflateRawSync(body), { 'content-encoding': 'deflate' })],
    ['gzip in br', raw(brotliCompressSync(gzipSync(body)), { 'content-encoding': 'gzip, br' })],
    [
      'identity, in upper case',
      raw(body, { 'content-encoding': 'IDENTITY', 'content-type': 'application/json; charset=UTF-8' }),
    ],
  ])('%s is read to the letter', async (_name, handler) => {
    const exchange = await transportTo(await serve(handler)).get('/x');
    expect(exchange.outcome).toMatchObject({ kind: 'answer', body });
    expect(exchange.attempts).toHaveLength(1);
  });

  test.each([
    ['broken gzip', raw('no gzip', { 'content-encoding': 'gzip' }), 'not valid gzip'],
    ['cut off gzip', raw(gzipSync(body).subarray(0, 20), { 'content-encoding': 'gzip' }), 'not valid gzip'],
    ['an unknown encoding', raw(body, { 'content-encoding': 'zstd' }), 'content encoding "zstd"'],
    ['bytes that are not UTF-8', raw(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 'not valid UTF-8'],
    ['another charset', raw('{}', { 'content-type': 'application/json; charset=iso-8859-1' }), 'charset "iso-8859-1"'],
  ])('%s is asked for once more, then a failure', async (_name, handler, message) => {
    const server = await serve(handler);
    const exchange = await transportTo({ ...server, clock: skippingClock() }).get('/x');
    expect(statusOf(exchange)).toBe('wire-contract');
    expect(messageOf(exchange)).toContain(message);
    expect(server.asked).toHaveLength(2);
  });

  test('that is not JSON is asked for once more, then stands as it is', async () => {
    const server = await serve(raw('<html>'));
    const exchange = await transportTo({ ...server, clock: skippingClock() }).get('/x');
    expect(exchange.outcome).toMatchObject({ status: 200, body: '<html>' });
    expect(server.asked).toHaveLength(2);
  });

  test('that may be anything is taken as it is', async () => {
    const server = await serve(raw('<html>'));
    await transportTo(server).get('/x', 'any');
    expect(server.asked).toHaveLength(1);
  });

  test('of an error answer may be broken: the status counts', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(404, { 'content-encoding': 'gzip' });
      response.end('no gzip');
    });
    expect(statusOf(await transportTo(server).get('/x'))).toBe(404);
  });

  test.each([
    ['sent', raw(`"${'x'.repeat(5000)}"`)],
    ['decompressed', raw(gzipSync(`"${'x'.repeat(5000)}"`), { 'content-encoding': 'gzip' })],
  ])('too large as %s is a failure and not asked for again', async (_name, handler) => {
    const server = await serve(handler);
    const exchange = await transportTo({ ...server, maxBodyBytes: 4096 }).get('/x');
    expect(statusOf(exchange)).toBe('body-too-large');
    expect(server.asked).toHaveLength(1);
  });
});

describe('other origins', () => {
  test('a redirect is an answer and never followed', async () => {
    const elsewhere = await serve(ok);
    const server = await serve(status(302, { location: `${elsewhere.origin}/stolen?token=abc` }));
    const exchange = await transportTo(server).get('/x');
    expect(exchange.outcome).toMatchObject({
      status: 302,
      headers: { location: `${elsewhere.origin}/stolen?[redacted]` },
    });
    expect(elsewhere.asked).toEqual([]);
  });

  test.each(['http://elsewhere.example/x', 'elsewhere.example/x', ''])(
    '%j in place of a path is not sent',
    async (path) => {
      const server = await serve(ok);
      expect(statusOf(await transportTo(server).get(path))).toBe('foreign-origin');
      expect(server.asked).toEqual([]);
    },
  );

  test('a path with two slashes is a path of the same server', async () => {
    const server = await serve(ok);
    await transportTo(server).get('//elsewhere.example/x');
    expect(server.asked).toEqual(['//elsewhere.example/x']);
  });

  test('a path that HTTP cannot carry is a failure, not a crash', async () => {
    const exchange = await transportTo(await serve(ok)).get('/x y\r\nevil: 1');
    expect(statusOf(exchange)).toBe('wire-contract');
  });

  test.each(['ftp://host', 'https://host/path', 'https://user:word@host', 'host', ''])('%j is no origin', (origin) => {
    expect(() => transportTo({ origin })).toThrow(expect.objectContaining({ code: 'configuration' }));
  });

  test('a source that was not set up', async () => {
    const transport = transportTo(await serve(ok));
    await expect(transport.send({ source: 'partner-billing', path: '/x', subject: 's' })).rejects.toMatchObject({
      code: 'configuration',
    });
  });
});

describe('bounds', () => {
  test('no more requests under way than allowed, all sources together', async () => {
    let underWay = 0;
    let most = 0;
    const server = await serve((_request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        json(response, {});
      }, 10);
    });
    const access = { origin: server.origin, auth: { kind: 'api-key' as const, header: 'x-api-key', key: API_KEY } };
    const other = { ...access, auth: { ...access.auth, key: 'another-key-0123456789' } };
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
    expect(server.asked).toHaveLength(60);
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
