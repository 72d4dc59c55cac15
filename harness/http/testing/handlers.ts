import type { Handler } from './server.ts';
import { json } from './server.ts';

export const ok: Handler = (_request, response) => json(response, { ok: true });
export const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    json(response, { message: 'no' }, code, headers);
export const raw =
  (body: Buffer | string, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
export const reset: Handler = (request) => request.socket.resetAndDestroy();
