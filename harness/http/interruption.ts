import { HarnessError } from '../domain/errors.ts';
import type { Clock } from './clock.ts';

/**
 * One listener on the run's abort signal for any number of things under way, so that thousands of requests do not each
 * hang a listener on it.
 */
export class Interruption {
  readonly #listeners = new Set<(reason: HarnessError) => void>();
  readonly #signal: AbortSignal | null;
  #closed = false;
  readonly #onAbort = (): void => {
    for (const listener of [...this.#listeners]) listener(interrupted());
  };

  constructor(signal: AbortSignal | null) {
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort);
  }

  /** @throws HarnessError `interrupted` if the run was. */
  check(): void {
    if (this.#closed || this.#signal?.aborted === true) throw interrupted();
  }

  /** Calls back on interruption. @returns a function that stops listening. */
  listen(listener: (reason: HarnessError) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the time is over. @throws HarnessError `interrupted`. */
  wait(clock: Clock, ms: number): Promise<void> {
    this.check();
    return new Promise((resolve, reject) => {
      const cancel = clock.after(ms, () => {
        forget();
        resolve();
      });
      const forget = this.listen((reason) => {
        cancel();
        forget();
        reject(reason);
      });
    });
  }

  /** Ends whatever still listens or waits, as an interruption would. */
  close(): void {
    this.#closed = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#onAbort();
    this.#listeners.clear();
  }
}

const interrupted = (): HarnessError =>
  new HarnessError('interrupted', 'the run was interrupted', {
    hint: 'What was recorded is kept: --resume goes on from there.',
  });
