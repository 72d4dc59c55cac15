/** One try of one HTTP request: what came back, or why nothing usable did. Never throws but when interrupted. */
import type { Dispatcher } from 'undici';
import { type ErrorCode, HarnessError } from '../domain/errors.ts';
import { ACCEPTED_ENCODINGS, decodeText, readBody } from './body.ts';
import type { Interruption } from './interruption.ts';
import { describeNetworkError, isCertificateError } from './network-error.ts';
import { keptHeaders } from './redaction.ts';

export interface Call {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** Path and query; only ever sent to `origin`, whatever it looks like. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole try, from connecting to the last byte. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly interruption: Interruption;
}

/** A complete answer with any status. The body of an error answer is read as far as it can be, since its status counts. */
export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  /** Only those that are evidence. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Fault {
  readonly kind: 'fault';
  readonly code: ErrorCode;
  /** What happened, without the request: `connection refused (ECONNREFUSED)`. */
  readonly message: string;
  /** Can another try help: always, once, or never? */
  readonly fault: 'transient' | 'undecodable' | 'final';
  /** The system's own name of what happened to the connection: `ECONNREFUSED`. */
  readonly network?: string;
  /** As far as they came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
}

interface Begun {
  status: number | null;
  headers: Readonly<Record<string, string>>;
}

export async function tryOnce(call: Call): Promise<Reply | Fault> {
  call.interruption.check();
  if (!call.path.startsWith('/')) return foreign(call.path);
  const controller = new AbortController();
  let interruption: HarnessError | null = null;
  const forget = call.interruption.listen((reason) => {
    interruption = reason;
    controller.abort(reason);
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, call.timeoutMs);
  const begun: Begun = { status: null, headers: {} };
  try {
    return await exchange(call, controller.signal, begun);
  } catch (error) {
    if (interruption !== null) throw interruption;
    return faultOf(error, late ? call.timeoutMs : null, begun);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

async function exchange(call: Call, signal: AbortSignal, begun: Begun): Promise<Reply> {
  const response = await call.dispatcher.request({
    origin: call.origin,
    path: call.path,
    method: call.method,
    headers: { ...call.headers, 'accept-encoding': ACCEPTED_ENCODINGS },
    body: call.body ?? null,
    signal,
    // The total time-out is ours; these would only end a slow body a little earlier or later.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const { statusCode: status } = response;
  begun.status = status;
  begun.headers = keptHeaders(response.headers);
  const encoding = response.headers['content-encoding'];
  const coding = Array.isArray(encoding) ? encoding.join(',') : encoding;
  const type = begun.headers['content-type'];
  const body =
    status >= 200 && status < 300
      ? decodeText(await readBody(response.body, coding, call.maxBodyBytes), type)
      : await errorBody(() => readBody(response.body, coding, call.maxBodyBytes));
  return { kind: 'reply', status, headers: begun.headers, body };
}

/** An error page may be broken in ways that a bill may not; only a connection that breaks off is a failure. */
async function errorBody(read: () => Promise<Buffer>): Promise<string> {
  try {
    return (await read()).toString('utf8');
  } catch (error) {
    if (error instanceof HarnessError) return '';
    throw error;
  }
}

/** An absolute address in place of a path would be another origin's; nothing is sent. */
const foreign = (path: string): Fault => ({
  kind: 'fault',
  code: 'foreign-origin',
  message: `${JSON.stringify(path)} is no path of this server`,
  fault: 'final',
  status: null,
  headers: {},
});

function faultOf(error: unknown, timedOutAfterMs: number | null, begun: Begun): Fault {
  const seen = { kind: 'fault', status: begun.status, headers: begun.headers } as const;
  if (error instanceof HarnessError) {
    return {
      ...seen,
      code: error.code,
      message: error.message,
      fault: error.code === 'wire-contract' ? 'undecodable' : 'final',
    };
  }
  if (timedOutAfterMs !== null) {
    const what = begun.status === null ? 'no answer' : `status ${begun.status} but no complete body`;
    return { ...seen, code: 'timeout', message: `${what} within ${timedOutAfterMs / 1000} s`, fault: 'transient' };
  }
  const { message, code } = describeNetworkError(error);
  if (code === 'UND_ERR_INVALID_ARG') {
    const culprit = message.includes('header') ? 'configuration' : 'wire-contract';
    return { ...seen, code: culprit, message: `the request cannot be sent: ${message}`, fault: 'final' };
  }
  const network = code === null ? {} : { network: code };
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return { ...seen, ...network, code: 'timeout', message, fault: 'transient' };
  return { ...seen, ...network, code: 'network', message, fault: isCertificateError(code) ? 'final' : 'transient' };
}
