import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backOffMs, nextStep, retryAfterMs, type TryResult } from './retry-timing.ts';

const NOW = Date.parse('2026-04-20T12:00:00Z');
const fresh = { tries: 1, retries: 3, renewed: false, reread: false };
const answer = (status: number, readable = true, wait: number | null = null): TryResult => ({
  kind: 'answer',
  status,
  retryAfterMs: wait,
  readable,
});

describe('back-off', () => {
  test('doubles from half a second to thirty seconds', () => {
    expect([1, 2, 3, 6, 7, 8, 50].map((tries) => backOffMs(tries, 1))).toEqual([
      500, 1000, 2000, 16000, 30000, 30000, 30000,
    ]);
  });

  test('is never below half nor above all of its ceiling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (tries, random) => {
          const ceiling = backOffMs(tries, 1);
          const ms = backOffMs(tries, random);
          expect(ms).toBeGreaterThanOrEqual(ceiling / 2);
          expect(ms).toBeLessThanOrEqual(ceiling);
        },
      ),
    );
  });
});

describe('Retry-After', () => {
  test.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{}, null],
    [{ 'retry-after': '' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': 'Mon, 20 Apr 2026 12:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Monday, 20-Apr-26 12:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Mon, 20 Apr 2026 11:00:00 GMT' }, 0],
    // The server's clock is ten minutes fast: only the difference of its own two dates counts.
    [{ 'retry-after': 'Mon, 20 Apr 2026 12:10:04 GMT', date: 'Mon, 20 Apr 2026 12:10:00 GMT' }, 4000],
  ])('%j is %s ms', (headers, ms) => {
    expect(retryAfterMs(headers, NOW)).toBe(ms);
  });
});

describe('the next step', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i is tried again', (status) => {
    expect(nextStep(answer(status), fresh, false, 1)).toEqual({ kind: 'again', waitMs: 500, reread: false });
  });

  test.each([200, 301, 400, 401, 403, 404, 413, 415, 501])('%i stands', (status) => {
    expect(nextStep(answer(status), fresh, false, 1)).toEqual({ kind: 'done' });
  });

  test('Retry-After takes the place of the back-off, in full', () => {
    expect(nextStep(answer(503, true, 7000), { ...fresh, tries: 3 }, false, 0)).toMatchObject({ waitMs: 7000 });
    expect(nextStep(answer(503, true, 0), fresh, false, 1)).toMatchObject({ waitMs: 500 });
  });

  test('a Retry-After of up to five minutes is obeyed, a longer one is given up', () => {
    expect(nextStep(answer(429, true, 300_000), fresh, false, 1)).toMatchObject({ kind: 'again', waitMs: 300_000 });
    expect(nextStep(answer(429, true, 300_001), fresh, false, 1)).toEqual({ kind: 'done' });
  });

  test('retries are further tries', () => {
    expect(nextStep(answer(500), { ...fresh, tries: 3 }, false, 1)).toMatchObject({ kind: 'again' });
    expect(nextStep(answer(500), { ...fresh, tries: 4 }, false, 1)).toEqual({ kind: 'done' });
    expect(nextStep(answer(500), { ...fresh, retries: 0 }, false, 1)).toEqual({ kind: 'done' });
  });

  test('an unreadable body is asked for once more', () => {
    expect(nextStep(answer(200, false), fresh, false, 1)).toMatchObject({ kind: 'again', reread: true });
    expect(nextStep(answer(200, false), { ...fresh, tries: 2, reread: true }, false, 1)).toEqual({ kind: 'done' });
    expect(nextStep({ kind: 'fault', fault: 'undecodable' }, fresh, false, 1)).toMatchObject({ reread: true });
  });

  test('a renewable 401 is renewed once', () => {
    expect(nextStep(answer(401), fresh, true, 1)).toEqual({ kind: 'renew' });
    expect(nextStep(answer(401), { ...fresh, renewed: true }, true, 1)).toEqual({ kind: 'done' });
  });

  test('a transient fault is tried again, a final one is not', () => {
    expect(nextStep({ kind: 'fault', fault: 'transient' }, fresh, false, 1)).toMatchObject({ kind: 'again' });
    expect(nextStep({ kind: 'fault', fault: 'final' }, fresh, false, 1)).toEqual({ kind: 'done' });
  });
});
