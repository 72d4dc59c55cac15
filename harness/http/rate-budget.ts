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
  /** How many answers without rate headers had come before it was granted. */
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
  /** When we take it to be over. */
  endsAt: number;
  /** Certainly not over earlier. */
  endsNotBefore: number;
  /** Of the answers without rate headers, those that `count` includes, or that belong to windows before. */
  uncountedIncluded: number;
}

/** A count that was stated while other requests were under way. */
interface WindowCount {
  readonly at: number;
  readonly count: number;
  /** The window that it speaks of is certainly over by then. */
  readonly endsBy: number;
}

const MINUTE_MS = 60_000;
/** `inin-ratelimit-reset` is in whole seconds, rounded we know not how. */
const RESET_GRAIN_MS = 1000;
/** After so many probes in a row without rate headers the server has stopped telling; then only our own limit counts. */
const BARE_PROBES = 3;

export class RateBudget {
  readonly #perMinute: number;
  readonly #concurrency: number;
  readonly #finished: number[] = [];
  /** In the order of their grants. */
  readonly #underWay = new Set<RateTicket>();
  readonly #recent: WindowCount[] = [];
  #uncounted = 0;
  #bareProbes = 0;
  #answered = false;
  #evenlyAt = Number.NEGATIVE_INFINITY;
  #stoppedUntil = Number.NEGATIVE_INFINITY;
  #window: RateWindow | null = null;
  #probe: RateTicket | null = null;
  /** Learned: the server's reset is rounded down, or may be, so a window lasts up to a second longer than it says. */
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
    if (this.#underWay.size >= (this.#answered ? this.#concurrency : 1)) return { kind: 'wait-for-answer' };
    const ms = Math.max(this.#ownWait(now), this.#windowWait(now));
    if (ms === Number.POSITIVE_INFINITY) return { kind: 'wait-for-answer' };
    return ms > 0 ? { kind: 'wait', ms: Math.ceil(ms) } : { kind: 'granted', ticket: this.#grant(now) };
  }

  /** The request was answered or failed on the way; `observation` null if no rate headers came. */
  settle(ticket: RateTicket, now: number, observation: RateObservation | null): void {
    this.#answered = true;
    if (Number.isFinite(this.#perMinute)) this.#finished.push(now);
    const probed = this.#probe === ticket;
    if (probed) this.#probe = null;
    if (observation === null) this.#settleBare(now, probed);
    else this.#observe(ticket, now, observation, probed);
    this.#forget(ticket);
  }

  /** The request was not sent after all. */
  cancel(ticket: RateTicket): void {
    if (this.#probe === ticket) this.#probe = null;
    this.#forget(ticket);
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
      uncountedBefore: this.#uncounted,
    };
    this.#underWay.add(ticket);
    this.#evenlyAt = Math.max(this.#evenlyAt, now) + MINUTE_MS / this.#perMinute;
    if (window !== null && now >= window.endsAt) this.#probe = ticket;
    return ticket;
  }

  /** A request weighs on its minute from its answer on: the server counted it somewhere between sending and answer. */
  #ownWait(now: number): number {
    if (!Number.isFinite(this.#perMinute)) return 0;
    const finished = this.#finished;
    while (finished[0] !== undefined && now - finished[0] >= MINUTE_MS) finished.shift();
    if (this.#underWay.size + finished.length >= this.#perMinute) {
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
    const used = window.count + (this.#uncounted - window.uncountedIncluded) + this.#underWay.size;
    return used + 1 <= window.allowed - 1 ? 0 : window.endsAt - now;
  }

  /** An answer without rate headers, or none at all. A probe that taught us nothing may have used up what was kept back. */
  #settleBare(now: number, probed: boolean): void {
    this.#uncounted += 1;
    if (!probed || this.#window === null) return;
    this.#bareProbes += 1;
    // It may have come early. What was sent before it may still tell of the same reset, which must not bring on another.
    this.#slackMs = RESET_GRAIN_MS;
    if (this.#bareProbes < BARE_PROBES) this.#window.endsAt = now + RESET_GRAIN_MS;
    else this.#window = null;
  }

  #observe(ticket: RateTicket, now: number, seen: RateObservation, probed: boolean): void {
    const window = this.#window;
    this.#bareProbes = 0;
    const endsBy = now + seen.resetMs + RESET_GRAIN_MS;
    const endsNotBefore = ticket.grantedAt + seen.resetMs - RESET_GRAIN_MS;
    const endsAt = now + seen.resetMs + this.#slackMs;
    if (window === null || isNewer(window, ticket, seen, endsNotBefore)) {
      this.#window = {
        generation: (window?.generation ?? 0) + 1,
        allowed: seen.allowed,
        count: this.#countSince(ticket, seen.count, endsNotBefore),
        endsAt,
        endsNotBefore,
        uncountedIncluded: ticket.uncountedBefore,
      };
    } else if (ticket.generation === window.generation || endsBy >= window.endsNotBefore) {
      window.allowed = seen.allowed;
      window.count = Math.max(window.count, seen.count);
      window.endsNotBefore = Math.max(window.endsNotBefore, endsNotBefore);
      window.uncountedIncluded = Math.max(window.uncountedIncluded, ticket.uncountedBefore);
      if (probed) this.#slackMs = RESET_GRAIN_MS;
      window.endsAt = probed ? now + seen.resetMs + RESET_GRAIN_MS : Math.min(window.endsAt, endsAt);
    }
    this.#recent.push({ at: now, count: seen.count, endsBy });
  }

  /**
   * The count of a window that was found to be new by one answer: answers that overtook it may have stated higher ones of the
   * same window before we knew.
   */
  #countSince(ticket: RateTicket, stated: number, endsNotBefore: number): number {
    let count = stated;
    for (const sighting of this.#recent) {
      if (sighting.at >= ticket.grantedAt && sighting.endsBy >= endsNotBefore) count = Math.max(count, sighting.count);
    }
    return count;
  }

  #forget(ticket: RateTicket): void {
    this.#underWay.delete(ticket);
    const [oldest] = this.#underWay;
    const since = oldest?.grantedAt ?? Number.POSITIVE_INFINITY;
    while (this.#recent[0] !== undefined && this.#recent[0].at < since) this.#recent.shift();
  }
}

/** The count restarted, or the window certainly ends later than the one known. */
const isNewer = (window: RateWindow, ticket: RateTicket, seen: RateObservation, endsNotBefore: number): boolean =>
  (ticket.generation === window.generation && seen.count <= ticket.baseline) || endsNotBefore > window.endsAt;

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
