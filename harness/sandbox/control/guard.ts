/** Who may see and change the sandbox's own pages: those who reach it by its own address, and pages that came from there. */
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';

/**
 * A page of somebody else's can neither read nor change the sandbox: another name that leads to this machine is refused (DNS
 * rebinding), and so is a change that a foreign page sends. Programs send no `Origin` and are let in.
 * @throws ApiError 403
 */
export function mustBeOwn({ headers, method }: FastifyRequest, listens: string): void {
  const { host: own, port } = new URL(listens);
  const known = new Set([own, `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);
  const { host = '', origin } = headers;
  if (!known.has(host)) throw forbidden(`the sandbox is not reached as ${JSON.stringify(host)}`);
  if (method === 'GET' || origin === undefined) return;
  if (origin !== `http://${host}`) throw forbidden(`a page of ${JSON.stringify(origin)} may not change the sandbox`);
}

const forbidden = (why: string): ApiError => new ApiError(403, 'forbidden', `Refused: ${why}.`);
