/** A gateway before the sandbox that changes what is asked or answered, as an API does that does not keep to its documentation. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  status: number;
  readonly headers: Record<string, string>;
  body: string;
}

export interface Alteration {
  /** Path and query as the sandbox is asked. */
  readonly asked?: (url: URL) => void;
  /** Request headers as the sandbox is asked; those of hop by hop are gone. */
  readonly headers?: (headers: Record<string, string>, url: URL) => void;
  /** Changes the answer in place. */
  readonly answer?: (told: Told, url: URL) => void;
}

export interface AlteringGateway {
  readonly url: string;
  /** What it changes from now on. */
  alter(alteration: Alteration): void;
  close(): Promise<void>;
}

const KEPT = ['authorization', 'x-api-key', 'accept', 'content-type', 'range'];

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** @param target origin of the sandbox; addresses in its answers become the gateway's */
export async function openAlteringGateway(target: string): Promise<AlteringGateway> {
  let alteration: Alteration = {};
  let own = '';
  const server = createServer((request, response) => {
    void pass(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', target);
    const headers: Record<string, string> = {};
    for (const name of KEPT) {
      const value = request.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const asked = new URL(url);
    alteration.asked?.(url);
    alteration.headers?.(headers, asked);
    const body = await bodyOf(request);
    const method = request.method ?? 'GET';
    const inner = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: new Uint8Array(body) }) });
    const told: Told = {
      status: inner.status,
      headers: Object.fromEntries(
        [...inner.headers].filter(([name]) => /^(?:content-type|date|retry-after|inin-.*)$/.test(name)),
      ),
      body: (await inner.text()).replaceAll(target, own),
    };
    alteration.answer?.(told, asked);
    response.writeHead(told.status, told.headers).end(told.body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: own,
    alter: (next) => {
      alteration = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
