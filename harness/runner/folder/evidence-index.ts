/** What a run remembers of its exchanges: enough to cite each of them; whole only those that findings lead to. */
import { answeredAt, correlationId, type Exchange, type Transport } from '../../domain/exchange.ts';

export interface CitedExchange {
  /** Path and query. */
  readonly url: string;
  readonly at: string;
  readonly correlationId: string | null;
  /** What was asked for, in words. */
  readonly subject: string;
}

export class EvidenceIndex {
  readonly #cited = new Map<string, CitedExchange>();
  readonly #whole = new Map<string, Exchange>();

  /** A transport that remembers everything that passes through it. */
  watching(transport: Transport): Transport {
    return {
      send: async (request) => {
        const exchange = await transport.send(request);
        this.#cited.set(exchange.id, {
          url: exchange.path,
          at: answeredAt(exchange),
          correlationId: correlationId(exchange),
          subject: exchange.subject,
        });
        return exchange;
      },
    };
  }

  /** Reads these exchanges whole, for reports. @param recall from the run's own recording */
  async gather(ids: Iterable<string>, recall: (id: string) => Promise<Exchange | null>): Promise<void> {
    await Promise.all(
      [...new Set(ids)].map(async (id) => {
        const exchange = this.#cited.has(id) ? await recall(id) : null;
        if (exchange !== null) this.#whole.set(id, exchange);
      }),
    );
  }

  /** One of those that were gathered. */
  get(id: string): Exchange | null {
    return this.#whole.get(id) ?? null;
  }

  cite(id: string): CitedExchange | null {
    return this.#cited.get(id) ?? null;
  }
}
