/** What was asked of the sandbox, as it happens: for the control page, and for a file. */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HarnessError } from '../../domain/errors.ts';

export interface LoggedRequest {
  /** ISO instant of the real clock. */
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Null: the connection was broken off before there was one. */
  readonly status: number | null;
  /** Whole milliseconds. */
  readonly ms: number;
  /** The fault that was played on it; null: none. */
  readonly fault: string | null;
}

/** Kept for who opens the page later. */
const KEPT = 200;

/** Credentials do not belong into a file. */
const SECRET_HEADERS = new Set(['authorization', 'x-api-key', 'cookie']);

export class RequestLog {
  #entries: LoggedRequest[] = [];
  readonly #listeners = new Set<(entry: LoggedRequest) => void>();

  /** Newest first. */
  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** @returns a function that stops listening. */
  listen(listener: (entry: LoggedRequest) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(entry: LoggedRequest): void {
    this.#entries = [entry, ...this.#entries].slice(0, KEPT);
    for (const listener of this.#listeners) listener(entry);
  }
}

export interface Logging {
  readonly log: RequestLog;
  /** Requests that are not logged. */
  readonly isOwn: (url: string) => boolean;
  readonly faultOn: (request: FastifyRequest) => string | null;
  /** Folder for `requests.jsonl`; null: none is written. */
  readonly record: string | null;
}

/** @throws HarnessError `usage` if the folder cannot be made */
export function logRequests(app: FastifyInstance, { log, isOwn, faultOn, record }: Logging): void {
  const file = record === null ? null : openFile(record);
  const bodies = new WeakMap<FastifyRequest, string>();
  app.addHook('onRequest', async (request, reply) => {
    if (isOwn(request.url)) return;
    const began = performance.now();
    const { method, url, headers } = request;
    reply.raw.once('close', () => {
      const { headersSent, statusCode } = reply.raw;
      const entry: LoggedRequest = {
        at: new Date().toISOString(),
        method,
        path: url,
        status: headersSent ? statusCode : null,
        ms: Math.round(performance.now() - began),
        fault: faultOn(request),
      };
      log.add(entry);
      if (file !== null) write(file, { ...entry, headers: plain(headers), answer: bodies.get(request) ?? null });
    });
  });
  if (file === null) return;
  app.addHook('onSend', async (request, _reply, payload) => {
    // The login's answer is a token.
    if (typeof payload === 'string' && !request.url.startsWith('/oauth/')) bodies.set(request, payload);
    return payload;
  });
}

function openFile(dir: string): string {
  try {
    mkdirSync(dir, { recursive: true });
    const file = path.join(dir, 'requests.jsonl');
    appendFileSync(file, '');
    return file;
  } catch (cause) {
    throw new HarnessError('usage', `--record ${dir} cannot be written to: ${(cause as Error).message}`, { cause });
  }
}

function write(file: string, line: object): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

const plain = (headers: FastifyRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      SECRET_HEADERS.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
