/** One HTTP request with its answer, as recorded; and the seam through which every source asks. */
import type { ErrorCode } from './errors.ts';
import type { SourceName } from './side.ts';

/** What a source wants to know. The transport adds origin, credentials, limits and retries. */
export interface ApiRequest {
  readonly source: SourceName;
  /** Path and query as sent, beginning with `/`. */
  readonly path: string;
  /** What the request is about, for progress and error texts: `organisation 9d75… (us-east-1)`. */
  readonly subject: string;
  /** 0 for the first reading; 1, 2, … when the same thing is deliberately read again later. */
  readonly reading?: number;
  /** `json` (default): a 2xx answer that is not JSON is asked for once more. `any`: taken as it is. */
  readonly expect?: 'json' | 'any';
  /** With no credential at all, or with that of a client without permission: to see how that is refused. Left out: as ourselves. */
  readonly as?: OtherIdentity;
  /** The answer's `url` is followed without a credential, and its first bytes are the body; the address is kept nowhere. */
  readonly follow?: 'url';
}

export type OtherIdentity = 'nobody' | 'restricted';

/** One try of a request. Times are ISO instants of our own clock and whole milliseconds. */
export interface Attempt {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
  /** How long we waited before this try. */
  readonly waitedMs: number;
}

/** The server answered, with whatever status; the body is complete and decoded to text. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** Lower-case names; only headers that matter as evidence. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No complete answer could be had, after all retries. */
export interface Failure {
  readonly kind: 'failure';
  readonly code: ErrorCode;
  /** What happened and what to do; the request stands in the exchange. Recordings of earlier releases begin with the request. */
  readonly message: string;
}

/** Version of the exchange format that this release writes. */
export const EXCHANGE_VERSION = 1;

export interface Exchange {
  readonly v: typeof EXCHANGE_VERSION;
  /** Derived from source, method, path, reading, and who asks if it is not ourselves: the same request has the same id in every run. */
  readonly id: string;
  readonly source: SourceName;
  readonly method: 'GET';
  /** Absolute, secrets never in it. */
  readonly url: string;
  /** Path and query of `url`. */
  readonly path: string;
  readonly subject: string;
  readonly reading: number;
  readonly as?: OtherIdentity;
  readonly follow?: 'url';
  /** ISO instant, our clock. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly attempts: readonly Attempt[];
  readonly outcome: Answer | Failure;
}

/** The one way to ask. Resolves with failures too; rejects only when interrupted or when recording fails. */
export interface Transport {
  send(request: ApiRequest): Promise<Exchange>;
}

/** A failure's message without the request that recordings of earlier releases put before it. */
export function failureReason({ path, subject }: Exchange, { message }: Failure): string {
  const request = `GET ${path} (${subject})`;
  return message.startsWith(request) ? message.slice(request.length).replace(/^(?::| was not sent:) /, '') : message;
}

/** The vendor's id for an answer (`ININ-Correlation-Id`), which its support asks for. */
export const correlationId = (exchange: Exchange): string | null =>
  exchange.outcome.kind === 'answer' ? (exchange.outcome.headers['inin-correlation-id'] ?? null) : null;

/** When the answer was given: by the server's `Date` header (the clock of the vendor's logs), else by our clock. */
export function answeredAt(exchange: Exchange): string {
  const date = exchange.outcome.kind === 'answer' ? exchange.outcome.headers.date : undefined;
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? exchange.startedAt : new Date(time).toISOString();
}
