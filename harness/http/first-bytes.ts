/** Follows a link that anyone who holds it can use, as far as its first bytes: that it leads to what it should. */
import type { Answer, Exchange, Failure } from '../domain/exchange.ts';
import type { Dispatchers } from './dispatchers.ts';
import type { Interruption } from './interruption.ts';
import { describeNetworkError } from './network-error.ts';
import { keptHeaders } from './redaction.ts';

/** Enough for `%PDF-`. */
const BYTES = 5;

export interface Following {
  readonly dispatchers: Dispatchers;
  readonly interruption: Interruption;
  readonly timeoutMs: number;
}

/**
 * The exchange with what the link in its body leads to in place of the body: status, headers, and the first bytes as text.
 * No credential is sent along, and neither the link nor anything behind its first bytes is kept. An answer without a link stays.
 * @param origin of the API: plain http is followed there alone
 * @throws HarnessError `interrupted`
 */
export async function followed(exchange: Exchange, origin: string, how: Following): Promise<Exchange> {
  const link = exchange.outcome.kind === 'answer' ? linkIn(exchange.outcome) : null;
  if (link === null) return exchange;
  if (link.protocol !== 'https:' && link.origin !== origin) {
    return { ...exchange, outcome: failure(`its link leads to ${link.protocol}//… and is not followed`) };
  }
  try {
    return { ...exchange, outcome: await readFirstBytes(link, how) };
  } catch (error) {
    how.interruption.check();
    return {
      ...exchange,
      outcome: failure(`its link could not be followed: ${describeNetworkError(error).message}`),
    };
  }
}

function linkIn({ status, body }: Answer): URL | null {
  if (status !== 200) return null;
  try {
    const { url } = JSON.parse(body) as { url?: unknown };
    return typeof url === 'string' && URL.canParse(url) ? new URL(url) : null;
  } catch {
    return null;
  }
}

async function readFirstBytes(link: URL, { dispatchers, interruption, timeoutMs }: Following): Promise<Answer> {
  const controller = new AbortController();
  const forget = interruption.listen((reason) => controller.abort(reason));
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  try {
    const response = await dispatchers.for(link.origin).request({
      origin: link.origin,
      path: `${link.pathname}${link.search}`,
      method: 'GET',
      headers: { accept: 'application/pdf', range: `bytes=0-${BYTES - 1}` },
      signal: controller.signal,
    });
    let bytes = Buffer.alloc(0);
    for await (const chunk of response.body) {
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      if (bytes.length >= BYTES) break;
    }
    const body = bytes.subarray(0, BYTES).toString('latin1');
    return { kind: 'answer', status: response.statusCode, headers: keptHeaders(response.headers), body };
  } finally {
    clearTimeout(timer);
    forget();
  }
}

const failure = (why: string): Failure => ({
  kind: 'failure',
  code: 'network',
  message: why,
});
