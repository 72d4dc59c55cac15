/** The page size of one kind of listing: the documented maximum first, lower when the server refuses it. */
import type { Exchange } from '../../domain/exchange.ts';

const STEPS = [100, 50, 25, 10, 5, 1];

/** Shared by all listings of a kind, so that a size is refused once and not for each of them. */
export class PageSizes {
  #size: number;

  constructor(documentedMaximum: number) {
    this.#size = documentedMaximum;
  }

  get current(): number {
    return this.#size;
  }

  /**
   * Lowers the size if this answer refuses it (a 400 that speaks of the page size): to the number that its message names, if
   * that is lower, else by a step.
   * @param asked the size that the answer is about; another listing may have lowered the current one since
   * @returns whether to ask again
   */
  lower(exchange: Exchange, asked: number): boolean {
    const { outcome } = exchange;
    if (outcome.kind !== 'answer' || outcome.status !== 400) return false;
    const message = messageOf(outcome.body);
    if (!/page\s*size/i.test(message)) return false;
    if (asked > this.#size) return true;
    const named = [...message.matchAll(/\d+/g)]
      .map(([digits]) => Number(digits))
      .filter((size) => size > 0 && size < asked);
    const next = named.length > 0 ? Math.max(...named) : STEPS.find((step) => step < asked);
    if (next === undefined) return false;
    this.#size = next;
    return true;
  }
}

/** The `message` of the vendor's ErrorBody: its other fields hold ids, whose digits are no sizes. */
function messageOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const isObject = typeof parsed === 'object' && parsed !== null;
    return isObject && 'message' in parsed && typeof parsed.message === 'string' ? parsed.message : '';
  } catch {
    return body.slice(0, 500);
  }
}
