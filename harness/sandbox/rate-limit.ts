/** Requests counted for each credential in fixed windows of real time. */
import { ApiError } from './errors.ts';

export interface RateLimit {
  readonly allowed: number;
  readonly windowSeconds: number;
}

/** What the answer's `inin-ratelimit-*` headers say. */
export interface RateState {
  readonly count: number;
  readonly allowed: number;
  /** Whole seconds until the window ends, at least one. */
  readonly reset: number;
}

export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #windows = new Map<string, { endsAt: number; count: number }>();

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(limit: RateLimit, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts one request of a credential. */
  count(credential: string): RateState {
    const now = this.#now();
    let window = this.#windows.get(credential);
    if (window === undefined || window.endsAt <= now) {
      window = { endsAt: now + this.#limit.windowSeconds * 1000, count: 0 };
      this.#windows.set(credential, window);
    }
    window.count += 1;
    return {
      count: window.count,
      allowed: this.#limit.allowed,
      reset: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
    };
  }
}

/** @throws ApiError 429 with the seconds to wait. */
export function refuseOver({ count, allowed, reset }: RateState): void {
  if (count <= allowed) return;
  throw new ApiError(
    429,
    'too.many.requests.retry.after',
    `Rate limit exceeded the maximum [${allowed}] requests. Retry the request in [${reset}] seconds`,
    { params: { retryAfter: String(reset) }, retryAfter: reset },
  );
}
