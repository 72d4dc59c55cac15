import { createHash } from 'node:crypto';
import type { ApiRequest } from '../domain/exchange.ts';
import type { SourceName } from '../domain/side.ts';

/**
 * Id of an exchange: its source and 12 hexadecimal digits of a SHA-256, as in `contract-api-3f9a1c22d0b7`.
 * The same request has the same id in every run and against every host, since the origin is no part of it.
 */
function exchangeId(source: SourceName, method: 'GET', path: string, reading: number): string {
  const digest = createHash('sha256').update(`${source}\n${method}\n${path}\n${reading}`).digest('hex');
  return `${source}-${digest.slice(0, 12)}`;
}

export const requestId = (request: ApiRequest): string =>
  exchangeId(request.source, 'GET', request.path, request.reading ?? 0);
