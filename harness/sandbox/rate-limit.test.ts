import { expect, it } from 'vitest';
import { ApiError } from './errors.ts';
import { RateLimiter, refuseOver } from './rate-limit.ts';

it('counts in fixed windows and begins anew after each', () => {
  let now = 1000;
  const limiter = new RateLimiter({ allowed: 2, windowSeconds: 10 }, () => now);
  expect(limiter.count('a')).toEqual({ count: 1, allowed: 2, reset: 10 });
  now += 9500;
  expect(limiter.count('a')).toEqual({ count: 2, allowed: 2, reset: 1 });
  expect(limiter.count('b')).toEqual({ count: 1, allowed: 2, reset: 10 });
  now += 500;
  expect(limiter.count('a')).toEqual({ count: 1, allowed: 2, reset: 10 });
});

it('refuses what is over the limit with the seconds to wait', () => {
  expect(() => refuseOver({ count: 2, allowed: 2, reset: 7 })).not.toThrow();
  expect(() => refuseOver({ count: 3, allowed: 2, reset: 7 })).toThrow(
    expect.objectContaining({ status: 429, retryAfter: 7 }),
  );
  expect(() => refuseOver({ count: 3, allowed: 2, reset: 7 })).toThrow(ApiError);
});
