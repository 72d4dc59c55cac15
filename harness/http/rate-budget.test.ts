import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateBudget, type RateObservation, type RateTicket, rateObservation } from './rate-budget.ts';

function granted(budget: RateBudget, now: number): RateTicket {
  const decision = budget.ask(now);
  if (decision.kind !== 'granted') throw new Error(`not granted at ${now}: ${JSON.stringify(decision)}`);
  return decision.ticket;
}
const seen = (count: number, allowed: number, resetMs: number): RateObservation => ({ count, allowed, resetMs });
/** A budget whose first answer has come, at 0. */
function opened(observation: RateObservation | null, requestsPerMinute = 100_000, concurrency = 50): RateBudget {
  const budget = new RateBudget({ requestsPerMinute, concurrency });
  budget.settle(granted(budget, 0), 0, observation);
  return budget;
}

describe('before the server has told its limit', () => {
  test('the first request goes alone', () => {
    const budget = new RateBudget({ requestsPerMinute: 300, concurrency: 8 });
    granted(budget, 0);
    expect(budget.ask(0)).toEqual({ kind: 'wait-for-answer' });
  });

  test('a tenth of the minute goes at once, the rest evenly', () => {
    const budget = opened(null, 300);
    for (let sent = 1; sent < 30; sent += 1) granted(budget, 0);
    expect(budget.ask(0)).toEqual({ kind: 'wait', ms: 200 });
    granted(budget, 200);
    expect(budget.ask(200)).toEqual({ kind: 'wait', ms: 200 });
  });

  test('concurrency bounds what is under way', () => {
    const budget = opened(null, 100_000, 3);
    const tickets = [granted(budget, 0), granted(budget, 0), granted(budget, 0)];
    expect(budget.ask(0)).toEqual({ kind: 'wait-for-answer' });
    for (const ticket of tickets) budget.settle(ticket, 1, null);
    granted(budget, 1);
  });
});

test('without a limit of our own only the server holds anything back', () => {
  const budget = opened(null, Number.POSITIVE_INFINITY, 10_000);
  for (let sent = 0; sent < 5000; sent += 1) granted(budget, 0);
  budget.settle(granted(budget, 0), 1, seen(5002, 5003, 1000));
  expect(budget.ask(1).kind).toBe('wait');
});

describe("the server's window", () => {
  test('requests under way are counted on top of what the server states, and one is kept back', () => {
    const budget = opened(seen(5, 10, 60_000));
    for (let used = 6; used <= 9; used += 1) granted(budget, 0);
    expect(budget.ask(0)).toEqual({ kind: 'wait', ms: 60_000 });
  });

  test("another client's use of the same credential counts", () => {
    const budget = opened(seen(1, 100, 60_000));
    budget.settle(granted(budget, 0), 10, seen(97, 100, 60_000));
    granted(budget, 20);
    granted(budget, 20);
    expect(budget.ask(20).kind).toBe('wait');
  });

  test('answers out of order do not lower the count', () => {
    const budget = opened(seen(1, 10, 60_000));
    const [first, second] = [granted(budget, 1), granted(budget, 1)];
    budget.settle(second, 5, seen(8, 10, 60_000));
    budget.settle(first, 6, seen(2, 10, 60_000));
    granted(budget, 7);
    expect(budget.ask(7).kind).toBe('wait');
  });

  test('when the window should be over, one request goes ahead and opens the next', () => {
    const budget = opened(seen(9, 10, 1000));
    expect(budget.ask(999)).toEqual({ kind: 'wait', ms: 1 });
    const probe = granted(budget, 1000);
    expect(budget.ask(1000)).toEqual({ kind: 'wait-for-answer' });
    budget.settle(probe, 1010, seen(1, 10, 1000));
    for (let used = 2; used <= 9; used += 1) granted(budget, 1010);
    expect(budget.ask(1010)).toEqual({ kind: 'wait', ms: 1000 });
  });

  test('a probe that taught nothing is followed by another a second later', () => {
    const budget = opened(seen(9, 10, 1000));
    budget.settle(granted(budget, 1000), 1500, null);
    expect(budget.ask(1500)).toEqual({ kind: 'wait', ms: 1000 });
    granted(budget, 2500);
    expect(budget.ask(2500)).toEqual({ kind: 'wait-for-answer' });
  });

  test('an older answer does not bring on another probe before that second is over', () => {
    const budget = opened(seen(7, 10, 1000));
    const late = granted(budget, 900);
    budget.settle(granted(budget, 1000), 1100, null);
    budget.settle(late, 1200, seen(8, 10, 0));
    expect(budget.ask(1200)).toEqual({ kind: 'wait', ms: 900 });
  });

  test('a server that stops telling its limit is left to our own', () => {
    const budget = opened(seen(9, 10, 1000));
    for (const now of [1000, 2000, 3000]) budget.settle(granted(budget, now), now, null);
    for (let sent = 0; sent < 20; sent += 1) granted(budget, 3000);
  });

  test('a reset that is rounded down costs one early probe and no refusal', () => {
    const budget = opened(seen(9, 10, 0));
    budget.settle(granted(budget, 0), 5, seen(10, 10, 0));
    expect(budget.ask(5)).toEqual({ kind: 'wait', ms: 1000 });
    const probe = granted(budget, 1005);
    budget.settle(probe, 1010, seen(1, 10, 0));
    // Learned: the window lasts up to a second longer than stated.
    granted(budget, 1500);
  });

  test('answers without headers are counted until a stated count includes them', () => {
    const budget = opened(seen(1, 10, 60_000));
    for (let sent = 0; sent < 4; sent += 1) budget.settle(granted(budget, 1), 2, null);
    // 1 stated and 4 not: 4 more are left.
    const later = [granted(budget, 3), granted(budget, 3), granted(budget, 3), granted(budget, 3)];
    expect(budget.ask(3).kind).toBe('wait');
    for (const [index, ticket] of later.entries()) budget.settle(ticket, 4, seen(6 + index, 10, 60_000));
    // 9 stated, the 4 among them.
    expect(budget.ask(4).kind).toBe('wait');
  });

  test('an answer of the window before, long under way, is not taken for the new one', () => {
    const budget = opened(seen(1, 10, 60_000));
    const late = granted(budget, 1);
    budget.settle(granted(budget, 60_000), 60_010, seen(1, 10, 60_000));
    budget.settle(late, 60_020, seen(9, 10, 0));
    for (let used = 2; used <= 9; used += 1) granted(budget, 60_030);
    expect(budget.ask(60_030).kind).toBe('wait');
  });

  test('a new window that is noticed late keeps the higher count that an answer had stated before', () => {
    const budget = opened(seen(5, 20, 1000));
    const [late, early] = [granted(budget, 900), granted(budget, 900)];
    budget.settle(early, 1300, seen(12, 20, 700));
    budget.settle(late, 1310, seen(3, 20, 700));
    for (let used = 13; used <= 19; used += 1) granted(budget, 1320);
    expect(budget.ask(1320).kind).toBe('wait');
  });

  test('a new window that is noticed late counts what came without headers meanwhile', () => {
    const budget = opened(seen(5, 20, 1000));
    const [late, early] = [granted(budget, 900), granted(budget, 900)];
    budget.settle(early, 1300, null);
    budget.settle(late, 1310, seen(3, 20, 700));
    for (let used = 5; used <= 19; used += 1) granted(budget, 1320);
    expect(budget.ask(1320).kind).toBe('wait');
  });

  test('a refusal stops everything, then a single request goes ahead', () => {
    const budget = opened(seen(5, 10, 60_000));
    budget.settle(granted(budget, 0), 10, seen(11, 10, 3000));
    budget.stop(10, 7000);
    expect(budget.ask(10)).toEqual({ kind: 'wait', ms: 7000 });
    expect(budget.ask(7009)).toEqual({ kind: 'wait', ms: 1 });
    granted(budget, 7010);
    expect(budget.ask(7010)).toEqual({ kind: 'wait-for-answer' });
  });

  test('a refusal for longer than five minutes is passed on', () => {
    const budget = opened(null);
    budget.stop(0, 3_600_000);
    expect(budget.ask(0)).toEqual({ kind: 'refused', ms: 3_600_000 });
  });

  test('a request that was not sent leaves no trace', () => {
    const budget = opened(seen(8, 10, 60_000));
    budget.cancel(granted(budget, 0));
    granted(budget, 0);
  });
});

/** A server with fixed windows, some latency each way and its own rounding of the reset. */
function simulate(options: {
  readonly requests: number;
  readonly allowed: number;
  readonly windowMs: number;
  readonly concurrency: number;
  readonly latency: (request: number) => number;
  readonly rounding: (seconds: number) => number;
  readonly perMinute?: number;
  /** Which answers carry no rate headers, by their count. */
  readonly silent?: (count: number) => boolean;
}): { readonly perWindow: readonly number[]; readonly arrivals: readonly number[]; readonly refusals: number } {
  const { concurrency, perMinute } = options;
  const budget = new RateBudget({ requestsPerMinute: perMinute ?? 1_000_000, concurrency });
  const arrivals: number[] = [];
  const events: { at: number; run: () => void }[] = [];
  const perWindow: number[] = [];
  let refusals = 0;
  let sent = 0;
  let now = 0;
  const arrive = (ticket: RateTicket, latency: number): void => {
    const window = Math.floor(now / options.windowMs);
    perWindow[window] = (perWindow[window] ?? 0) + 1;
    const count = perWindow[window];
    arrivals.push(now);
    if (count > options.allowed) refusals += 1;
    const resetMs = options.rounding(((window + 1) * options.windowMs - now) / 1000) * 1000;
    const observation = options.silent?.(count) === true ? null : seen(count, options.allowed, resetMs);
    events.push({ at: now + latency, run: () => budget.settle(ticket, now, observation) });
  };
  while (sent < options.requests || events.length > 0) {
    const decision = sent < options.requests ? budget.ask(now) : ({ kind: 'wait-for-answer' } as const);
    if (decision.kind === 'granted') {
      sent += 1;
      const latency = options.latency(sent);
      const { ticket } = decision;
      events.push({ at: now + latency, run: () => arrive(ticket, latency) });
      continue;
    }
    events.sort((a, b) => a.at - b.at);
    const next = events[0];
    const wakes = decision.kind === 'wait' ? now + decision.ms : Number.POSITIVE_INFINITY;
    if (next === undefined || wakes < next.at) {
      now = wakes;
      continue;
    }
    events.shift();
    now = Math.max(now, next.at);
    next.run();
  }
  return { perWindow, arrivals, refusals };
}

describe('against a simulated server', () => {
  test('our own limit: never more than requestsPerMinute arrive in any 60 seconds', () => {
    const latencies = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(latencies, fc.boolean(), fc.integer({ min: 1, max: 30 }), (taken, silent, perMinute) => {
        const { arrivals } = simulate({
          requests: 120,
          allowed: 1_000_000,
          windowMs: 60_000,
          concurrency: 6,
          latency: (request) => taken[request % taken.length] ?? 1,
          rounding: Math.ceil,
          perMinute,
          silent: () => silent,
        });
        for (const start of arrivals) {
          expect(arrivals.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(perMinute);
        }
      }),
    );
  });

  test.each([
    ['up', Math.ceil],
    ['down', Math.floor],
    ['to the nearest', Math.round],
    ['not at all', (seconds: number) => seconds],
  ])('never refused, whatever the latencies, when the reset is rounded %s', (_name, rounding) => {
    const delays = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 });
    const concurrencies = fc.integer({ min: 1, max: 16 });
    const refusals = (
      allowed: number,
      windowMs: number,
      concurrency: number,
      latencies: readonly number[],
      bare: number,
    ): number => {
      const latency = (request: number): number => latencies[request % latencies.length] ?? 1;
      const silent = (count: number): boolean => bare > 0 && count % bare === 0;
      return simulate({ requests: 200, allowed, windowMs, concurrency, latency, rounding, silent }).refusals;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2000, max: 60_000 }),
        concurrencies,
        delays,
        (allowed, windowMs, concurrency, latencies) => refusals(allowed, windowMs, concurrency, latencies, 0) === 0,
      ),
      { numRuns: 200 },
    );
    // Some answers without rate headers.
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 40 }),
        fc.integer({ min: 5000, max: 60_000 }),
        concurrencies,
        delays,
        fc.integer({ min: 4, max: 9 }),
        (allowed, windowMs, concurrency, latencies, bare) =>
          refusals(allowed, windowMs, concurrency, latencies, bare) === 0,
      ),
      { numRuns: 200 },
    );
  });

  test('uses nearly all of each window: 3,000 requests at 300 a minute take eleven windows, of ten at the least', () => {
    const { perWindow, refusals } = simulate({
      requests: 3000,
      allowed: 300,
      windowMs: 60_000,
      concurrency: 8,
      latency: (request) => 20 + (request % 7) * 10,
      rounding: Math.ceil,
    });
    expect(refusals).toBe(0);
    expect(perWindow.length).toBe(11);
    expect(perWindow.slice(0, 10).every((count) => count >= 295)).toBe(true);
  });
});

test.each([
  [
    { 'inin-ratelimit-count': '3', 'inin-ratelimit-allowed': '300', 'inin-ratelimit-reset': '42' },
    seen(3, 300, 42_000),
  ],
  [{ 'inin-ratelimit-count': '3', 'inin-ratelimit-allowed': '300' }, null],
  [{ 'inin-ratelimit-count': '3', 'inin-ratelimit-allowed': 'many', 'inin-ratelimit-reset': '42' }, null],
  [{}, null],
])('reads %j', (headers, observation) => {
  expect(rateObservation(headers)).toEqual(observation);
});
