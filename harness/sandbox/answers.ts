/** What all answers have in common: correlation id, fixed clock, rate headers, compression, ErrorBody. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, errorBody } from './errors.ts';
import { type JsonObject, write } from './json.ts';
import type { RateState } from './rate-limit.ts';
import { uuid } from './world/random.ts';

/** Below this many bytes compression only costs. */
const WORTH_COMPRESSING = 300;

const correlationOf = (seed: number, request: FastifyRequest): string =>
  uuid(seed, 'correlation', request.method, request.url);

export function sendJson(reply: FastifyReply, json: JsonObject, status = 200): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(write(json));
}

/** The vendor's rate headers. */
export function addRateHeaders(reply: FastifyReply, { count, allowed, reset }: RateState): void {
  reply.header('inin-ratelimit-count', String(count));
  reply.header('inin-ratelimit-allowed', String(allowed));
  reply.header('inin-ratelimit-reset', String(reset));
}

/** @param now what the clock says */
export function addCommonHeaders(app: FastifyInstance, seed: number, now: () => Date): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('date', now().toUTCString());
    reply.header('inin-correlation-id', correlationOf(seed, request));
  });
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof ApiError ? error : new ApiError(statusOf(error), 'internal', messageOf(error));
    if (known.retryAfter !== null) reply.header('retry-after', String(known.retryAfter));
    return sendJson(reply, errorBody(known, correlationOf(seed, request)), known.status);
  });
  app.setNotFoundHandler((request, reply) => {
    const error = new ApiError(404, 'not.found', `HTTP 404 Not Found: ${request.method} ${request.url}`);
    return sendJson(reply, errorBody(error, correlationOf(seed, request)), 404);
  });
  app.addHook('onSend', async (request, reply, payload) => compressed(request, reply, payload));
}

/** In one go: the body is small, and another thread costs several times what the compression does. */
function compressed(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length < WORTH_COMPRESSING) return payload;
  const accepted = request.headers['accept-encoding'] ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  if (encoding === null) return payload;
  reply.header('content-encoding', encoding);
  reply.header('vary', 'accept-encoding');
  reply.removeHeader('content-length');
  return encoding === 'br'
    ? brotliCompressSync(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })
    : gzipSync(payload, { level: 3 });
}

/** Fastify's own refusals (a body that is too large, an unknown content type) carry their status. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
