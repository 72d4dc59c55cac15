import type { Answer } from '../domain/exchange.ts';

/** Whether a text is JSON at all; what stands in it is read elsewhere. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** False only for an answer that promised a result and sent something else. */
export const isReadable = ({ status, body }: Pick<Answer, 'status' | 'body'>): boolean =>
  status < 200 || status >= 300 || isJson(body);
