import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../domain/exchange.ts';
import { keptHeaders, redactExchange, Secrets } from './redaction.ts';
import { serve } from './testing/server.ts';
import { API_KEY, transportTo } from './testing/transport.ts';

const secretsOf = (...texts: string[]): Secrets => {
  const secrets = new Secrets();
  for (const text of texts) secrets.add(text);
  return secrets;
};

function exchangeWith(path: string, body: string): Exchange {
  return {
    v: 1,
    id: 'contract-api-000000000000',
    source: 'contract-api',
    method: 'GET',
    url: `https://api.example${path}`,
    path,
    subject: 's',
    reading: 0,
    startedAt: '2026-04-20T12:00:00.000Z',
    durationMs: 1,
    attempts: [],
    outcome: { kind: 'answer', status: 200, headers: {}, body },
  };
}
const bodyOf = ({ outcome }: Exchange): string => (outcome.kind === 'answer' ? outcome.body : '');

describe('secrets', () => {
  test('are found in every spelling in which a server can send them back', () => {
    const secret = 'p/q+r "s" ü&t=1';
    const secrets = secretsOf(secret);
    const texts = [
      secret,
      JSON.stringify(secret),
      encodeURIComponent(secret),
      new URLSearchParams({ a: secret }).toString(),
    ];
    for (const text of texts) {
      const redacted = secrets.redact(`before ${text} after`);
      expect(redacted).toContain('[redacted]');
      expect(redacted).not.toContain('q+r');
      expect(redacted).toMatch(/^before .* after$/);
    }
  });

  test('never survive in a JSON text, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12, unit: 'binary' }), fc.string(), (secret, around) => {
        const redacted = secretsOf(secret).redact(JSON.stringify({ value: `${around} ${secret} ${around}` }));
        expect(JSON.parse(redacted).value).toContain('[redacted]');
      }),
    );
  });

  test('that are short are found as words and not within figures', () => {
    const secrets = secretsOf('1234', 'abc');
    expect(secrets.redact('{"key":"1234","quantity":12345,"price":0.1234,"abc":1}')).toBe(
      '{"key":"[redacted]","quantity":12345,"price":0.1234,"abc":1}',
    );
  });

  test('leave all else to the letter', () => {
    fc.assert(fc.property(fc.string(), (text) => secretsOf('0123456789abcdef-canary').redact(text) === text));
  });
});

test('only headers that are evidence are kept', () => {
  const kept = keptHeaders({
    'Content-Type': 'application/json',
    'ININ-Correlation-Id': 'c',
    'inin-ratelimit-count': '1',
    'set-cookie': ['a=1'],
    authorization: 'Bearer x',
    'x-anything': '1',
    location: 'https://user:word@host/path?signature=1',
  });
  expect(kept).toEqual({
    'content-type': 'application/json',
    'inin-correlation-id': 'c',
    'inin-ratelimit-count': '1',
    location: 'https://host/path?[redacted]',
  });
});

describe('signed links', () => {
  const path = '/api/v2/billing/contracts/invoices/1/document';
  test.each([
    [
      '{"url":"https://bucket.example/a.pdf?X-Amz-Signature=s3cret"}',
      '{"url":"https://bucket.example/a.pdf?[redacted]"}',
    ],
    [
      '{"url":"https:\\/\\/bucket.example\\/a.pdf\\u003fsig=s3cret"}',
      '{"url":"https://bucket.example/a.pdf?[redacted]"}',
    ],
    ['{"url":"/a.pdf#s3cret"}', '{"url":"/a.pdf?[redacted]"}'],
    ['{"url":"https://bucket.example/a.pdf"}', '{"url":"https://bucket.example/a.pdf"}'],
    ['<a href="https://bucket.example/a.pdf?sig=s3cret">', '<a href="https://bucket.example/a.pdf?[redacted]">'],
  ])('%s', (body, redacted) => {
    expect(bodyOf(redactExchange(exchangeWith(path, body), new Secrets()))).toBe(redacted);
  });

  test.each([
    [
      '{"id":"i","paymentLink":"https://pay.example/i/s3cret","amount":1.50}',
      '{"id":"i","paymentLink":"https://pay.example/[redacted]","amount":1.50}',
    ],
    ['{"paymentLink" : "https:\\/\\/pay.example\\/i?t=s3cret"}', '{"paymentLink" : "https://pay.example/[redacted]"}'],
    ['{"paymentLink":"https://user:s3cret@pay.example/i"}', '{"paymentLink":"[redacted]"}'],
    ['{"paymentLink":"s3cret"}', '{"paymentLink":"[redacted]"}'],
    [
      '{"amount":2.0,"paymentLink":"https://pay.example/i/s3cr',
      '{"amount":2.0,"paymentLink":"https://pay.example/[redacted]"',
    ],
    ['{"paymentLink":null,"a":1.0}', '{"paymentLink":null,"a":1.0}'],
    [
      '{"pdf":"https://x.example/a.pdf?X-Amz-Signature=s3cret","a":1.10}',
      '{"pdf":"https://x.example/a.pdf?[redacted]","a":1.10}',
    ],
    ['{"pdf":"https://x.example/a.pdf?v=1\\u0026sig=s3cret"}', '{"pdf":"https://x.example/a.pdf?[redacted]"}'],
  ])('in any other answer, whose figures keep their text: %s', (body, redacted) => {
    const listing = '/api/v2/billing/contracts/invoices?pageSize=200';
    expect(bodyOf(redactExchange(exchangeWith(listing, body), new Secrets()))).toBe(redacted);
  });

  test('a long text that is no link is no burden', () => {
    const body = `{"note":"https:${'\\"'.repeat(500_000)}","paymentLink":"${'a'.repeat(500_000)}`;
    expect(bodyOf(redactExchange(exchangeWith('/x', body), new Secrets()))).toContain('[redacted]');
  });

  test('other answers keep their cursors', () => {
    for (const body of [
      '{"nextUri":"/api/v2/billing/contracts?after=abc&pageSize=10"}',
      '{"nextUri" : "https://api.example/api/v2/billing/contracts?token=abc&pageSize=10"}',
    ]) {
      expect(bodyOf(redactExchange(exchangeWith('/api/v2/billing/contracts', body), new Secrets()))).toBe(body);
    }
  });
});

test('a key that the server echoes in headers, body and status is in no exchange', async () => {
  const server = await serve((request, response) => {
    const key = String(request.headers['x-api-key']);
    response.writeHead(403, { 'content-type': 'application/json', etag: key });
    response.end(JSON.stringify({ message: `key ${key} may not`, url: request.url }));
  });
  const exchange = await transportTo(server).get(`/x?key=${API_KEY}`);
  expect(exchange.outcome).toMatchObject({ status: 403, headers: { etag: '[redacted]' } });
  expect(JSON.stringify(exchange)).not.toContain(API_KEY);
});
