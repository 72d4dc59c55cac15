/** The page size of one kind of listing: the documented maximum first, lower when the server refuses it. */
import type { Exchange } from '../../domain/exchange.ts';

const STEPS = [100, 50, 25, 10, 5, 1];

export class PageSizes {
  #size: number;

  constructor(documentedMaximum: number) {
    this.#size = documentedMaximum;
  }

  get current(): number {
    return this.#size;
  }

  /**
   * Lowers the size if this answer refuses it (400 that speaks of the page size), to the number that the message names, if it
   * names a lower one. @returns whether to ask again.
   */
  lower(exchange: Exchange): boolean {
    const { outcome } = exchange;
    if (outcome.kind !== 'answer' || outcome.status !== 400 || !/page\s*size/i.test(outcome.body)) return false;
    if (!exchange.path.includes(`pageSize=${this.#size}`)) return true;
    const named = [...outcome.body.matchAll(/\b(\d{1,4})\b/g)].map(([, digits]) => Number(digits));
    const candidates = named.filter((size) => size > 0 && size < this.#size && size !== 400);
    const next = candidates.length > 0 ? Math.max(...candidates) : STEPS.find((step) => step < this.#size);
    if (next === undefined) return false;
    this.#size = next;
    return true;
  }
}
