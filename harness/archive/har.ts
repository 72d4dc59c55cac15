/**
 * A snapshot as an HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which the developer tools of browsers
 * open. Each try of a request is an entry; only the last one has its answer's body. What a snapshot never holds (request headers,
 * cookies, credentials) is not in it either.
 */
import { STATUS_CODES } from 'node:http';
import { correlationId, type Exchange } from '../domain/exchange.ts';
import { openSnapshot } from '../http/recording/snapshot.ts';

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface Content {
  readonly size: number;
  readonly mimeType: string;
  readonly text?: string;
}

interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: object;
  readonly response: object;
  readonly cache: object;
  readonly _resourceType: string;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment: string;
}

const UNKNOWN = -1;

/** The archive in pieces of text, one entry a line. @throws (while iterating) HarnessError `snapshot-*` */
export async function* harText(dir: string, tool: { readonly name: string; readonly version: string }) {
  const snapshot = await openSnapshot(dir);
  const comment = `Snapshot of ${snapshot.meta.scenario ?? 'no scenario'}, begun ${snapshot.meta.createdAt}; credentials were never in it.`;
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(tool)},"comment":${JSON.stringify(comment)},"pages":[],"entries":[`;
  let first = true;
  for await (const exchange of snapshot.exchanges()) {
    for (const entry of entriesOf(exchange)) {
      yield `${first ? '' : ','}\n${JSON.stringify(entry)}`;
      first = false;
    }
  }
  yield '\n]}}\n';
}

function entriesOf(exchange: Exchange): HarEntry[] {
  const { attempts } = exchange;
  if (attempts.length === 0) return [entry(exchange, exchange.startedAt, exchange.durationMs, response(exchange), '')];
  return attempts.map((attempt, index) => {
    const last = index === attempts.length - 1;
    const words = attempts.length === 1 ? '' : `, try ${index + 1} of ${attempts.length}`;
    const harResponse =
      last && exchange.outcome.kind === 'answer'
        ? response(exchange)
        : emptyResponse(attempt.status, last ? failureOf(exchange) : attempt.error);
    return entry(exchange, attempt.startedAt, attempt.durationMs, harResponse, words);
  });
}

const failureOf = ({ outcome }: Exchange): string | null => (outcome.kind === 'failure' ? outcome.message : null);

const entry = (
  exchange: Exchange,
  startedDateTime: string,
  time: number,
  response: object,
  words: string,
): HarEntry => ({
  startedDateTime,
  time,
  request: {
    method: exchange.method,
    url: exchange.url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    queryString: queryOf(exchange.url),
    headersSize: UNKNOWN,
    bodySize: 0,
  },
  response,
  // Not of the standard: the browser's word for what a page asks an API.
  _resourceType: 'xhr',
  cache: {},
  timings: { send: 0, wait: time, receive: 0 },
  comment: `${exchange.id}: ${exchange.subject.toWellFormed()}${words}`,
});

function response(exchange: Exchange): object {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return emptyResponse(null, outcome.message);
  const { headers, body, status } = outcome;
  const correlation = correlationId(exchange);
  // As it came over the wire, compressed.
  const sent = /^\d{1,15}$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : UNKNOWN;
  return {
    ...answer(status),
    bodySize: sent,
    _transferSize: sent,
    headers: Object.entries(headers).map(([name, value]): NameValue => ({ name, value })),
    content: {
      size: Buffer.byteLength(body),
      mimeType: headers['content-type'] ?? 'application/octet-stream',
      text: body.toWellFormed(),
    } satisfies Content,
    redirectURL: headers['location'] ?? '',
    ...(correlation === null ? {} : { comment: `correlation id ${correlation}` }),
  };
}

const emptyResponse = (status: number | null, error: string | null): object => ({
  ...answer(status ?? 0),
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' } satisfies Content,
  redirectURL: '',
  ...(error === null ? {} : { comment: error.toWellFormed(), _error: error.toWellFormed() }),
});

const answer = (status: number): object => ({
  status,
  statusText: STATUS_CODES[status] ?? '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headersSize: UNKNOWN,
  bodySize: UNKNOWN,
});

function queryOf(url: string): NameValue[] {
  const query = url.indexOf('?');
  return query < 0 ? [] : [...new URLSearchParams(url.slice(query))].map(([name, value]) => ({ name, value }));
}
