/** The queue before a credential's rate budget: first come, first served, woken by the clock and by answers. */
import type { HarnessError } from '../domain/errors.ts';
import type { Clock } from './clock.ts';
import type { Interruption } from './interruption.ts';
import type { RateBudget, RateObservation, RateTicket } from './rate-budget.ts';

export type RateGrant =
  /** `heldMs`: how long the request was held back on purpose; standing in the queue is no part of it. */
  | { readonly kind: 'granted'; readonly ticket: RateTicket; readonly heldMs: number }
  | { readonly kind: 'refused'; readonly forMs: number };

interface Waiter {
  readonly resolve: (grant: RateGrant) => void;
  readonly reject: (reason: HarnessError) => void;
  heldSince: number | null;
}

/** Shorter waits are the ordinary spacing of requests and are not announced. */
const ANNOUNCED_FROM_MS = 500;

export class RateGate {
  readonly #budget: RateBudget;
  readonly #clock: Clock;
  readonly #interruption: Interruption;
  readonly #onWait: (ms: number) => void;
  readonly #queue = new Set<Waiter>();
  #cancelTimer: (() => void) | null = null;
  #announcedUntil = Number.NEGATIVE_INFINITY;

  constructor(budget: RateBudget, clock: Clock, interruption: Interruption, onWait: (ms: number) => void) {
    this.#budget = budget;
    this.#clock = clock;
    this.#interruption = interruption;
    this.#onWait = onWait;
    interruption.listen((reason) => {
      this.#cancelTimer?.();
      for (const waiter of this.#queue) waiter.reject(reason);
      this.#queue.clear();
    });
  }

  /** Waits for its turn. @throws HarnessError `interrupted`. */
  take(): Promise<RateGrant> {
    this.#interruption.check();
    return new Promise((resolve, reject) => {
      this.#queue.add({ resolve, reject, heldSince: null });
      // Those that stand in the queue already are waiting for an answer or for the timer: a newcomer changes nothing.
      if (this.#queue.size === 1) this.#serve();
    });
  }

  /** After an answer or a failure on the way. `stopMs`: the server refused (429), nothing may be sent for so long. */
  settle(ticket: RateTicket, observation: RateObservation | null, stopMs: number | null): void {
    const now = this.#clock.monotonicMs();
    this.#budget.settle(ticket, now, observation);
    if (stopMs !== null) this.#budget.stop(now, stopMs);
    this.#serve();
  }

  /** The request was not sent after all. */
  cancel(ticket: RateTicket): void {
    this.#budget.cancel(ticket);
    this.#serve();
  }

  #serve(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    for (const waiter of this.#queue) {
      const now = this.#clock.monotonicMs();
      const decision = this.#budget.ask(now);
      if (decision.kind === 'wait-for-answer') return;
      if (decision.kind === 'wait') {
        this.#hold(waiter, now, decision.ms);
        return;
      }
      this.#queue.delete(waiter);
      if (decision.kind === 'refused') waiter.resolve({ kind: 'refused', forMs: decision.ms });
      else {
        const heldMs = waiter.heldSince === null ? 0 : Math.round(now - waiter.heldSince);
        waiter.resolve({ kind: 'granted', ticket: decision.ticket, heldMs });
      }
    }
  }

  #hold(waiter: Waiter, now: number, ms: number): void {
    waiter.heldSince ??= now;
    this.#cancelTimer = this.#clock.after(ms, () => this.#serve());
    if (ms < ANNOUNCED_FROM_MS || now + ms < this.#announcedUntil + ANNOUNCED_FROM_MS) return;
    this.#announcedUntil = now + ms;
    this.#onWait(Math.round(ms));
  }
}
