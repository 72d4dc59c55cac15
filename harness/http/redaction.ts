/** What leaves this module: only headers that are evidence, and no secret in any text. */
import type { Answer, Exchange, Failure } from '../domain/exchange.ts';

const REDACTED = '[redacted]';

const KEPT = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'date',
  'etag',
  'last-modified',
  'inin-correlation-id',
  'retry-after',
  'location',
]);
const KEPT_PREFIX = 'inin-ratelimit-';

/** Shorter texts are no secrets, and would be found in the middle of honest figures. */
const SHORTEST_SECRET = 4;
/** From this length on a secret is replaced wherever it stands; a shorter one only as a word of its own. */
const UNMISTAKABLE = 12;

const escapeForPattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The spellings in which a secret can come back: as it is, in a URL, in a JSON text. */
const spellings = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ s: secret }).toString().slice(2),
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(secret).slice(1, -1).replaceAll('/', String.raw`\/`),
];

/** The secrets known so far: keys, client secrets, every token that was issued. */
export class Secrets {
  readonly #patterns = new Map<string, RegExp | null>();

  add(secret: string): void {
    if (secret.length < SHORTEST_SECRET) return;
    for (const text of spellings(secret)) {
      const word = text.length < UNMISTAKABLE;
      this.#patterns.set(text, word ? new RegExp(`(?<![\\w.])${escapeForPattern(text)}(?![\\w.])`, 'g') : null);
    }
  }

  /** The text with every secret replaced by `[redacted]`. */
  redact(text: string): string {
    let redacted = text;
    for (const [secret, word] of this.#patterns) {
      if (redacted.includes(secret)) redacted = redacted.replaceAll(word ?? secret, REDACTED);
    }
    return redacted;
  }
}

/** Lower-case names of the headers that matter as evidence; a `location` without its query. */
export function keptHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (value === undefined || !(KEPT.has(key) || key.startsWith(KEPT_PREFIX))) continue;
    const text = typeof value === 'string' ? value : value.join(', ');
    kept[key] = key === 'location' ? withoutQuery(text) : text;
  }
  return kept;
}

const withoutQuery = (url: string): string => {
  const query = url.search(/[?#]/);
  const bare = query < 0 ? url : `${url.slice(0, query)}?${REDACTED}`;
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
};

/** Paths whose answer is a link that anyone who holds it can use. */
const SIGNED_LINK_PATH = /\/document(?:$|\?)/;

/** Leaves the link's address and takes out its query, which is its signature. */
function redactSignedLink(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (_key, value: unknown) =>
      typeof value === 'string' && value.includes('/') ? withoutQuery(value) : value,
    );
  } catch {
    return body.replaceAll(/\?[^\s"'<>]+/g, `?${REDACTED}`);
  }
}

/** The rest of a JSON text, to its closing quote or, in a body that breaks off, to the end. */
const REST = String.raw`[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`;
const PAYMENT_LINK = new RegExp(String.raw`("paymentLink"\s*:\s*)"(${REST})`, 'gi');
/** Paging leads on by addresses whose query is no secret. */
const ABSOLUTE_LINK = new RegExp(String.raw`(?<!"(?:next|previous|self)Uri"\s*:\s*)"https?:${REST}`, 'gi');

/** Signatures and tokens of the storage services that vendors hand out documents from. */
const SIGNED =
  /[?&#](?:x-amz-|x-goog-|x-ms-|(?:signature|sig|token|access_token|key|apikey|api_key|policy|key-pair-id|awsaccesskeyid)=)/i;

/** Invoices can be paid and seen by whoever holds these, so no more than the server of a payment link is kept. */
function redactLinks(body: string): string {
  if (!/https?:|paymentLink/i.test(body)) return body;
  return body
    .replaceAll(PAYMENT_LINK, (_all, name: string, rest: string) => {
      const origin = /^https?:\/\/[^/?#@]+(?=[/?#]|$)/i.exec(plain(rest))?.[0];
      return `${name}"${origin === undefined ? REDACTED : `${origin}/${REDACTED}`}"`;
    })
    .replaceAll(ABSOLUTE_LINK, (quoted) => {
      const link = plain(quoted.slice(1));
      return SIGNED.test(link) ? JSON.stringify(withoutQuery(link)) : quoted;
    });
}

/** What stands in a JSON text, without its closing quote. */
function plain(rest: string): string {
  const inner = rest.endsWith('"') ? rest.slice(0, -1) : rest;
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}

const redactAnswer = (answer: Answer, path: string, secrets: Secrets): Answer => ({
  kind: 'answer',
  status: answer.status,
  headers: Object.fromEntries(Object.entries(answer.headers).map(([name, text]) => [name, secrets.redact(text)])),
  body: secrets.redact(SIGNED_LINK_PATH.test(path) ? redactSignedLink(answer.body) : redactLinks(answer.body)),
});

const redactFailure = (failure: Failure, secrets: Secrets): Failure => ({
  ...failure,
  message: secrets.redact(failure.message),
});

/** The exchange as it may be kept, shown and shared. Its id is that of the request, whatever was redacted. */
export function redactExchange(exchange: Exchange, secrets: Secrets): Exchange {
  const outcome = exchange.outcome;
  return {
    ...exchange,
    url: secrets.redact(exchange.url),
    path: secrets.redact(exchange.path),
    subject: secrets.redact(exchange.subject),
    attempts: exchange.attempts.map((attempt) => ({
      ...attempt,
      error: attempt.error === null ? null : secrets.redact(attempt.error),
    })),
    outcome:
      outcome.kind === 'answer' ? redactAnswer(outcome, exchange.path, secrets) : redactFailure(outcome, secrets),
  };
}
