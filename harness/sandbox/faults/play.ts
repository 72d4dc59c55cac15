/** Plays faults of the network on the requests that come in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Asked, NetworkFault } from './network-fault.ts';
import type { AskedFault } from './registry.ts';

/** A request that reached the origin to which redirects and foreign addresses lead: nobody should come there. */
export interface Stray {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface OtherHost {
  readonly url: string;
  readonly strays: readonly Stray[];
  close(): Promise<void>;
}

/** Another origin, which answers everything as if it were the true one. */
export async function openOtherHost(host: string): Promise<OtherHost> {
  const strays: Stray[] = [];
  const server = createServer((request, response) => {
    strays.push({ url: request.url ?? '', headers: request.headers });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"entities":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    strays,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One fault that is in play, with what it has hit so far. */
class Playing {
  readonly fault: NetworkFault;
  readonly #times: number;
  readonly #target: string | null;
  readonly #hits = new Map<string, number>();
  readonly #guard: ((request: FastifyRequest) => void) | null;

  constructor(fault: NetworkFault, { times, target }: AskedFault) {
    this.fault = fault;
    this.#times = times ?? (fault.passes ? 1 : Infinity);
    this.#target = target;
    this.#guard = fault.guard?.(this.#times) ?? null;
  }

  concerns(asked: Asked): boolean {
    const aimed = this.#target === null || asked.url.toLowerCase().includes(this.#target.toLowerCase());
    return aimed && (this.fault.hits?.(asked) ?? true);
  }

  /** Whether it hits this try; counts it if so. @throws ApiError from a fault that refuses by itself. */
  hit(asked: Asked, request: FastifyRequest): boolean {
    if (this.#guard !== null) {
      this.#guard(request);
      return false;
    }
    const key = `${asked.method} ${asked.url}`;
    const hits = this.#hits.get(key) ?? 0;
    if (hits >= this.#times) return false;
    this.#hits.set(key, hits + 1);
    return true;
  }
}

/** The faults that are in play; which they are can change while requests come in. */
export class FaultPlay {
  readonly #around: () => Pick<Asked, 'now' | 'otherHost'>;
  readonly #hit = new WeakMap<FastifyRequest, { fault: NetworkFault; asked: Asked }>();
  #playing: readonly Playing[] = [];

  constructor(around: () => Pick<Asked, 'now' | 'otherHost'>) {
    this.#around = around;
  }

  /** Begins anew: what was hit before is forgotten. Faults that show in answers are not played here. */
  play(asked: readonly AskedFault[]): void {
    this.#playing = asked.flatMap((one) => (one.fault.kind === 'network' ? [new Playing(one.fault, one)] : []));
  }

  /** Which fault hit a request; null: none. */
  hitting(request: FastifyRequest): string | null {
    return this.#hit.get(request)?.fault.id ?? null;
  }

  /** Each try of a request is hit by the first fault that still has to hit it. The sandbox's own pages are left alone. */
  attach(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      const { method, url } = request;
      if (isOwnPage(url)) return;
      const here: Asked = { method, url, ...this.#around() };
      const fault = this.#playing.find((one) => one.concerns(here) && one.hit(here, request))?.fault;
      if (fault === undefined) return;
      this.#hit.set(request, { fault, asked: here });
      if (fault.instead === undefined) return;
      fault.instead(reply, request, here);
      // Told that the reply is taken care of, the route is not asked as well.
      return reply;
    });
    app.addHook('onSend', async (request, reply, payload: unknown) => {
      const found = this.#hit.get(request);
      if (found?.fault.spoil === undefined || typeof payload !== 'string') return payload;
      return found.fault.spoil(payload, reply, found.asked);
    });
  }
}

/** The control page and what belongs to it, and documents behind signed links. */
export const isOwnPage = (url: string): boolean => url === '/' || url.startsWith('/sandbox/');
