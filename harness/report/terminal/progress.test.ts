import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../domain/run-event.ts';
import { createProgress, type ProgressOptions } from './progress.ts';

const done = (change: Partial<RunEvent & { type: 'exchange-finished' }> = {}): RunEvent => ({
  type: 'exchange-finished',
  side: 'contract',
  source: 'contract-api',
  id: 'contract-api-1',
  subject: 'the contracts, page 1',
  status: 200,
  error: null,
  durationMs: 12,
  attempts: 1,
  replayed: false,
  ...change,
});
const planned = (count: number): RunEvent => ({ type: 'requests-planned', source: 'contract-api', count });
const started: RunEvent = { type: 'stage-started', stage: 'capture' };
const finished: RunEvent = { type: 'stage-finished', stage: 'capture', durationMs: 1234 };

/** What a listener wrote, with a clock that stands still unless moved. */
function told(events: readonly RunEvent[], options: Partial<ProgressOptions> = {}, clock = { now: 0 }): string {
  let text = '';
  const stream = { write: (more: string) => (text += more), isTTY: options.tty ?? false, columns: 100 };
  const listen = createProgress(stream, { tty: false, quiet: false, verbose: false, now: () => clock.now, ...options });
  for (const event of events) listen(event);
  return text;
}

describe('progress as plain lines', () => {
  it('names run and stages, and counts requests, failures and further tries', () => {
    const text = told([
      { type: 'run-started', runId: 'r1', scenario: 'us-nightly', out: '/x' },
      started,
      planned(2),
      done(),
      done({ status: 503, attempts: 4 }),
      finished,
    ]);
    expect(text).toBe('run r1 of us-nightly\ncapture finished in 1.2 s: 2 requests, 1 failed, 3 tried again\n');
  });

  it('writes a line each tenth once there is something to divide, never one a request', () => {
    const lines = told([started, planned(200), ...Array.from({ length: 200 }, () => done())])
      .trim()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('20 of 200 requests known so far');
    expect(lines.at(-1)).toContain('200 of 200');
  });

  it('writes a line every five seconds however slow it goes', () => {
    const clock = { now: 0 };
    let text = '';
    const stream = { write: (more: string) => (text += more) };
    const listen = createProgress(stream, { tty: false, quiet: false, verbose: false, now: () => clock.now });
    listen(planned(50));
    listen(done());
    clock.now = 5000;
    listen(done());
    expect(text).toBe('  2 of 50 requests known so far\n');
  });

  it('says why it waits, but not for moments', () => {
    const wait = (ms: number): RunEvent => ({ type: 'waiting', source: 'usage-api', reason: 'rate limit', ms });
    expect(told([wait(999)])).toBe('');
    expect(told([wait(2500)])).toBe('waiting 2.5 s: rate limit\n');
  });

  it('names each exchange when verbose, without what a terminal would obey', () => {
    const text = told([planned(1), done({ subject: 'organisation \u001b[2Jx', error: 'timeout', status: null })], {
      verbose: true,
    });
    expect(text).toContain('failed: timeout in 12 ms');
    expect(text).not.toContain('\u001b');
  });

  it('keeps warnings when quiet, and nothing else', () => {
    const warning: RunEvent = { type: 'warning', code: 'x', message: 'a secret in the file' };
    expect(told([started, planned(300), done(), warning, finished], { quiet: true })).toBe(
      'warning: a secret in the file\n',
    );
  });
});

describe('progress as a bar', () => {
  it('never says more than is known, and leaves the line clean', () => {
    const text = told([planned(1), started, done(), done(), planned(1), done(), finished], { tty: true });
    const counts = [...text.matchAll(/(\d+)\/(\d+) requests/g)].map(
      ([, value, total]) => Number(value) <= Number(total),
    );
    expect(counts.length).toBeGreaterThan(0);
    expect(counts).not.toContain(false);
    expect(text).not.toContain('capture finished');
  });
});
