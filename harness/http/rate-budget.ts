/**
 * How many requests a credential may send, and when: a pure state machine that is told the time. It keeps within two limits:
 *
 * - our own, `requestsPerMinute`: never more in any 60 seconds, and spread out until the server has told its limit;
 * - the server's fixed window, as its headers tell. The count that the server states may or may not include the requests under
 *   way, so each of them is counted on top: the sum is never too low. One request of a window is kept back: when the window
 *   should be over, a single request goes ahead and finds out, and if the server's clock is behind ours it still fits.
 */

import { LONGEST_RETRY_AFTER_MS } from './retry-timing.ts';

/** What an answer says of its window; `resetMs` from the moment of the answer. */
export interface RateObservation {
  readonly count: number;
  readonly allowed: number;
  readonly resetMs: number;
}

/** Leave to send one request; must be handed back by `settle` or `cancel`. */
export interface RateTicket {
  readonly grantedAt: number;
  readonly generation: number;
  /** The window's stated count when the ticket was granted: a lower or equal one later means that a new window began. */
  readonly baseline: number;
  readonly uncountedBefore: number;
}

export type RateDecision =
  | { readonly kind: 'granted'; readonly ticket: RateTicket }
  /** Ask again in so many milliseconds, or after the next answer. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Ask again after the next answer. */
  | { readonly kind: 'wait-for-answer' }
  /** The server wants no request for longer than anyone should wait. */
  | { readonly kind: 'refused'; readonly ms: number };

interface RateWindow {
  readonly generation: number;
  allowed: number;
  count: number;
  endsAt: number;
  /** Answers without rate headers: counted until a later answer's count includes them. */
  uncounted: number;
  uncountedIncluded: number;
}

const MINUTE_MS = 60_000;
/** `inin-ratelimit-reset` is in whole seconds, rounded we know not how. */
const RESET_GRAIN_MS = 1000;

export class RateBudget {
  readonly #perMinute: number;
  readonly #concurrency: number;
  readonly #finished: number[] = [];
  #inFlight = 0;
  #answered = false;
  #evenlyAt = Number.NEGATIVE_INFINITY;
  #stoppedUntil = Number.NEGATIVE_INFINITY;
  #window: RateWindow | null = null;
  #probe: RateTicket | null = null;
  /** Learned: the server's reset is rounded down, so a window lasts up to a second longer than it says. */
  #slackMs = 0;

  constructor(options: { readonly requestsPerMinute: number; readonly concurrency: number }) {
    this.#perMinute = options.requestsPerMinute;
    this.#concurrency = options.concurrency;
  }

  /** Asks to send one request. Times are milliseconds of one monotonic clock. */
  ask(now: number): RateDecision {
    const stopped = this.#stoppedUntil - now;
    if (stopped > 0) return { kind: stopped > LONGEST_RETRY_AFTER_MS ? 'refused' : 'wait', ms: stopped };
    // The very first request goes alone: its answer tells how much of the window others have used up.
    if (this.#inFlight >= (this.#answered ? this.#concurrency : 1)) return { kind: 'wait-for-answer' };
    const ms = Math.max(this.#ownWait(now), this.#windowWait(now));
    if (ms === Number.POSITIVE_INFINITY) return { kind: 'wait-for-answer' };
    return ms > 0 ? { kind: 'wait', ms: Math.ceil(ms) } : { kind: 'granted', ticket: this.#grant(now) };
  }

  /** The request was answered or failed on the way; `observation` null if no rate headers came. */
  settle(ticket: RateTicket, now: number, observation: RateObservation | null): void {
    this.#inFlight -= 1;
    this.#answered = true;
    this.#finished.push(now);
    const probed = this.#probe === ticket;
    if (probed) this.#probe = null;
    if (observation !== null) this.#observe(ticket, now, observation, probed);
    else if (this.#window !== null) this.#window.uncounted += 1;
  }

  /** The request was not sent after all. */
  cancel(ticket: RateTicket): void {
    this.#inFlight -= 1;
    if (this.#probe === ticket) this.#probe = null;
  }

  /** The server refused a request (429): nothing is sent for so long. */
  stop(now: number, ms: number): void {
    this.#stoppedUntil = Math.max(this.#stoppedUntil, now + ms);
    if (this.#window !== null) this.#window.endsAt = Math.max(this.#window.endsAt, now + ms);
  }

  #grant(now: number): RateTicket {
    const window = this.#window;
    const ticket: RateTicket = {
      grantedAt: now,
      generation: window?.generation ?? 0,
      baseline: window?.count ?? 0,
      uncountedBefore: window?.uncounted ?? 0,
    };
    this.#inFlight += 1;
    this.#evenlyAt = Math.max(this.#evenlyAt, now) + MINUTE_MS / this.#perMinute;
    if (window !== null && now >= window.endsAt) this.#probe = ticket;
    return ticket;
  }

  /** A request weighs on its minute from its answer on: the server counted it somewhere between sending and answer. */
  #ownWait(now: number): number {
    const finished = this.#finished;
    while (finished[0] !== undefined && now - finished[0] >= MINUTE_MS) finished.shift();
    if (this.#inFlight + finished.length >= this.#perMinute) {
      // Times have fractions: the same difference as above, or rounding could make it nothing to wait for.
      return finished[0] === undefined ? Number.POSITIVE_INFINITY : MINUTE_MS - (now - finished[0]);
    }
    if (this.#window !== null) return 0;
    const burst = Math.max(1, Math.floor(this.#perMinute / 10));
    return Math.max(0, this.#evenlyAt - ((burst - 1) * MINUTE_MS) / this.#perMinute - now);
  }

  #windowWait(now: number): number {
    const window = this.#window;
    if (window === null) return 0;
    if (now >= window.endsAt) return this.#probe === null ? 0 : Number.POSITIVE_INFINITY;
    const used = window.count + (window.uncounted - window.uncountedIncluded) + this.#inFlight;
    return used + 1 <= window.allowed - 1 ? 0 : window.endsAt - now;
  }

  #observe(ticket: RateTicket, now: number, seen: RateObservation, probed: boolean): void {
    const window = this.#window;
    if (window === null || isNewer(window, ticket, seen)) {
      this.#window = {
        generation: (window?.generation ?? 0) + 1,
        allowed: seen.allowed,
        count: seen.count,
        endsAt: now + seen.resetMs + this.#slackMs,
        uncounted: 0,
        uncountedIncluded: 0,
      };
      return;
    }
    if (isOlder(window, ticket, seen, now)) return;
    window.allowed = seen.allowed;
    window.count = Math.max(window.count, seen.count);
    if (ticket.generation === window.generation) {
      window.uncountedIncluded = Math.max(window.uncountedIncluded, ticket.uncountedBefore);
    }
    if (probed) {
      this.#slackMs = RESET_GRAIN_MS;
      window.endsAt = now + seen.resetMs + this.#slackMs;
    } else {
      window.endsAt = Math.min(window.endsAt, now + seen.resetMs + this.#slackMs);
    }
  }
}

/** The count restarted, or the end now stated lies certainly beyond the one known. */
const isNewer = (window: RateWindow, ticket: RateTicket, seen: RateObservation): boolean =>
  (ticket.generation === window.generation && seen.count <= ticket.baseline) ||
  ticket.grantedAt + seen.resetMs - RESET_GRAIN_MS > window.endsAt;

/** An answer that was long under way and speaks of a window that is over. */
const isOlder = (window: RateWindow, ticket: RateTicket, seen: RateObservation, now: number): boolean =>
  ticket.generation < window.generation && now + seen.resetMs + RESET_GRAIN_MS < window.endsAt - RESET_GRAIN_MS;

/**
 * Reads `inin-ratelimit-count`, `-allowed` and `-reset` (whole seconds): the vendor's documented headers.
 * @returns null unless all three are there and are numbers
 */
export function rateObservation(headers: Readonly<Record<string, string>>): RateObservation | null {
  const [count, allowed, reset] = ['count', 'allowed', 'reset'].map((name) => {
    const text = headers[`inin-ratelimit-${name}`]?.trim() ?? '';
    return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null;
  });
  if (count == null || allowed == null || reset == null) return null;
  return { count, allowed, resetMs: Math.ceil(reset * 1000) };
}
