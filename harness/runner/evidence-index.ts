/** The exchanges of a run by id, kept at hand for evidence: what a finding cites, and what a report shows. */
import { answeredAt, correlationId, type Exchange, type Transport } from '../domain/exchange.ts';

export interface CitedExchange {
  /** Path and query. */
  readonly url: string;
  readonly at: string;
  readonly correlationId: string | null;
}

export class EvidenceIndex {
  readonly #exchanges = new Map<string, Exchange>();

  /** A transport that remembers everything that passes through it. */
  watching(transport: Transport): Transport {
    return {
      send: async (request) => {
        const exchange = await transport.send(request);
        this.#exchanges.set(exchange.id, exchange);
        return exchange;
      },
    };
  }

  get(id: string): Exchange | null {
    return this.#exchanges.get(id) ?? null;
  }

  cite(id: string): CitedExchange | null {
    const exchange = this.#exchanges.get(id);
    if (exchange === undefined) return null;
    return { url: exchange.path, at: answeredAt(exchange), correlationId: correlationId(exchange) };
  }
}
