/** Time as the HTTP client sees it; a test passes a clock of its own and waits for nothing. */

export interface Clock {
  /** Milliseconds since 1970, for what is written down. */
  epochMs(): number;
  /** Milliseconds from any fixed moment, for measuring: never set back, whatever happens to the wall clock. */
  monotonicMs(): number;
  /** Calls `action` once, not before `ms` have passed. @returns a function that cancels it. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, action) {
    const due = performance.now() + ms;
    let timer = setTimeout(ring, ms);
    function ring(): void {
      // Timers may fire up to a millisecond early; a Retry-After must not be cut short by even that.
      const left = due - performance.now();
      if (left > 0) timer = setTimeout(ring, Math.ceil(left));
      else action();
    }
    return () => clearTimeout(timer);
  },
};
