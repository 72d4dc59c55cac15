import { expect, test } from 'vitest';
import { ok, status } from './testing/handlers.ts';
import { serve } from './testing/server.ts';
import { statusOf, transportTo } from './testing/transport.ts';

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
