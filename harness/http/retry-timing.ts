/** Whether and when a request is tried again: pure, apart from the loop that does it. */

/** A `Retry-After` beyond this is not waited for; the answer stands. */
export const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

const BASE_MS = 500;
const CAP_MS = 30_000;
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** Statuses that another try may better. */
export const isTransientStatus = (status: number): boolean => TRANSIENT.has(status);

/**
 * Exponential back-off before a further try, from half to all of 0.5 s, 1 s, 2 s … 30 s.
 * @param tries how many tries there were, from 1
 * @param random from 0 to below 1
 */
export function backOffMs(tries: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(tries - 1, 16));
  return Math.round((ceiling * (1 + random)) / 2);
}

/**
 * Milliseconds that a `Retry-After` asks for: seconds, or an HTTP date. A date is measured from the answer's own `Date`,
 * so that a wrong clock on either side cannot shorten the wait; without one, from `nowMs`.
 * @returns null if the header is missing or cannot be read
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // Date.parse reads nearly anything, "-5" too; an HTTP date begins with its weekday.
  const until = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until)) return null;
  const stated = Date.parse(headers['date'] ?? '');
  return Math.max(0, until - (Number.isNaN(stated) ? nowMs : stated));
}

/** How one try ended, as far as trying again is concerned. */
export type TryResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfterMs: number | null;
      readonly readable: boolean;
    }
  /** No answer. `fault` says whether another try can help: always, once, or never. */
  | { readonly kind: 'fault'; readonly fault: 'transient' | 'undecodable' | 'final' };

export interface TrySoFar {
  /** Tries made, this one included, those after a renewed token not. */
  readonly tries: number;
  /** Further tries allowed after the first. */
  readonly retries: number;
  /** The token was renewed for this request. */
  readonly renewed: boolean;
  /** It was already asked once more because of a body that could not be read. */
  readonly reread: boolean;
}

export type NextStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'renew' }
  | { readonly kind: 'again'; readonly waitMs: number; readonly reread: boolean };

const DONE: NextStep = { kind: 'done' };

/**
 * | result                                  | next                                              |
 * |-----------------------------------------|---------------------------------------------------|
 * | 401, token can be renewed, not yet done | renew and ask again; no retry is used up          |
 * | transient status or fault               | again after Retry-After, else back-off            |
 * | Retry-After longer than five minutes    | done                                              |
 * | body that cannot be read                | again after back-off, once                        |
 * | all else, or no retry left              | done                                              |
 */
export function nextStep(result: TryResult, soFar: TrySoFar, renewable: boolean, random: number): NextStep {
  if (result.kind === 'answer' && result.status === 401) return renewable && !soFar.renewed ? { kind: 'renew' } : DONE;
  if (soFar.tries > soFar.retries) return DONE;
  const unreadable = result.kind === 'answer' ? !result.readable : result.fault === 'undecodable';
  const transient = result.kind === 'answer' ? isTransientStatus(result.status) : result.fault === 'transient';
  if (unreadable ? soFar.reread : !transient) return DONE;
  const asked = result.kind === 'answer' && transient ? (result.retryAfterMs ?? 0) : 0;
  if (asked > LONGEST_RETRY_AFTER_MS) return DONE;
  return { kind: 'again', waitMs: asked > 0 ? asked : backOffMs(soFar.tries, random), reread: unreadable };
}
