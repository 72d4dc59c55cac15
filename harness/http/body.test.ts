import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { raw } from './testing/handlers.ts';
import { serve } from './testing/server.ts';
import { skippingClock } from './testing/skipping-clock.ts';
import { messageOf, statusOf, transportTo } from './testing/transport.ts';

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
