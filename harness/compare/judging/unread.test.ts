import { describe, expect, it } from 'vitest';
import type { CaptureFailure } from '../../domain/capture.ts';
import { at } from '../testing/figures.ts';
import { unreadOf } from './unread.ts';

const failed = (index: number, rest: Partial<CaptureFailure> = {}): CaptureFailure => {
  const id = `9d750d63-95ae-4df7-8955-${String(index).padStart(12, '0')}`;
  const reason = `the server could not answer (status 503); the vendor's support finds it as ${id}`;
  return {
    side: 'contract',
    source: 'contract-api',
    subject: { kind: 'contract', contractId: id },
    code: 'http-status',
    message: `${reason}; asked for contract ${id}: GET /contracts/${id}`,
    parts: { reason, request: `GET /contracts/${id} (contract ${id})` },
    at: at('x'),
    ...rest,
  };
};

describe('what could not be read', () => {
  it('is told once of requests that failed alike, with the first of them', () => {
    const told = unreadOf([failed(2), failed(1), failed(3)]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ count: 3, request: expect.stringContaining('000000000001'), code: 'http-status' });
  });

  it('is told apart by source, code and reason, legacy first, in whatever order it comes', () => {
    const refused = failed(4, {
      side: 'legacy',
      source: 'usage-api',
      code: 'configuration',
      parts: { reason: 'the credential is not accepted (status 401)', request: 'GET /v1/regions (the regions)' },
    });
    const nameless = failed(5, { code: 'wire-contract', message: 'the listing has a contract without an id' });
    const { parts: _parts, ...unusable } = nameless;
    const all = [failed(1), unusable, refused, failed(2)];
    const told = unreadOf(all);
    expect(told.map(({ source, code, count }) => [source, code, count])).toEqual([
      ['usage-api', 'configuration', 1],
      ['contract-api', 'http-status', 2],
      ['contract-api', 'wire-contract', 1],
    ]);
    expect(told[2]).toMatchObject({ reason: 'the listing has a contract without an id', request: null });
    expect(unreadOf([...all].reverse())).toEqual(told);
  });
});
