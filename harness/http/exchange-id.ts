import { createHash } from 'node:crypto';
import type { ApiRequest } from '../domain/exchange.ts';

/**
 * Id of an exchange: its source and 12 hexadecimal digits of a SHA-256, as in `contract-api-3f9a1c22d0b7`.
 * The same request has the same id in every run and against every host, since the origin is no part of it.
 */
export function requestId(request: ApiRequest): string {
  const { source, path, reading = 0 } = request;
  const special = [request.as, request.follow].filter((each) => each !== undefined);
  const text = [source, 'GET', path, reading, ...special].join('\n');
  return `${source}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}
