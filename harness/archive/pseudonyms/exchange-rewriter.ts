/** One exchange as it may be shown to others: what it says of customers replaced, what it says of money untouched. */
import type { Answer, Exchange } from '../../domain/exchange.ts';
import { requestId } from '../../http/exchange-id.ts';
import { type Replace, rewriteAddress } from './addresses.ts';
import { isCode, kindOf, type StatedFields } from './fields.ts';
import { type JsonRewriter, rewriteJson } from './json-text.ts';
import { isUuid } from './table.ts';

export interface RewriteHow {
  readonly replace: Replace;
  /** Replaces what is known within a text for people. */
  readonly known: (text: string) => string;
  readonly stated: StatedFields;
  /** Told of each body that cannot be read as JSON: what stands in it is not known, and it is left out. */
  readonly leftOut: (exchange: Exchange) => void;
  /** Told of each text that is kept as it is. */
  readonly kept: (text: string) => void;
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ADDRESSES = /https?:\/\/[^\s"'<>)\]]+|\/(?:api|v1|oauth)\/[^\s"'<>)\],;]*/gi;
/** By these the vendor's support finds a request; they name nobody. Errors repeat that of the header in their body. */
const CORRELATION = new Set(['contextId', 'correlationId']);
/** Headers that may carry what a customer is known by. */
const DROPPED = new Set(['etag']);
/** Where a request names an organisation for people. */
const NAMING = [/^(organisation )(.+)( \([a-z0-9-]+\))$/s, /^(partner billing of )(.+)(, period \d+)$/s];

export function rewriteExchange(exchange: Exchange, how: RewriteHow): Exchange {
  const { replace } = how;
  const path = rewriteAddress(exchange.path, replace);
  const { outcome, source, reading } = exchange;
  const subject = rewriteSubject(exchange.subject, how);
  const redacted = exchange.path.includes('[redacted]');
  return {
    ...exchange,
    // What was redacted was part of what the id is made of: nothing can ask for it again, under any id.
    id: redacted ? exchange.id : requestId({ ...exchange, source, path, subject, reading }),
    url: rewriteAddress(exchange.url, replace),
    path,
    subject,
    attempts: exchange.attempts.map((attempt) => ({
      ...attempt,
      error: attempt.error === null ? null : rewriteText(attempt.error, how),
    })),
    outcome:
      outcome.kind === 'failure'
        ? { ...outcome, message: rewriteText(outcome.message, how) }
        : rewriteAnswer(outcome, exchange, how),
  };
}

/** A text for people: addresses, ids, e-mail addresses, and every name that is known. */
const rewriteText = (text: string, how: RewriteHow): string =>
  how.known(
    text
      .replaceAll(ADDRESSES, (address) => rewriteAddress(address, how.replace))
      .replaceAll(UUIDS, (id) => how.replace('uuid', id))
      .replaceAll(EMAIL, (address) => how.replace('email', address)),
  );

function rewriteSubject(subject: string, how: RewriteHow): string {
  for (const pattern of NAMING) {
    const [, before, name, after] = pattern.exec(subject) ?? [];
    if (name !== undefined) return `${before}${how.replace(isUuid(name) ? 'uuid' : 'name', name)}${after}`;
  }
  return rewriteText(subject, how);
}

function rewriteAnswer(answer: Answer, exchange: Exchange, how: RewriteHow): Answer {
  const headers = Object.entries(answer.headers)
    .filter(([name]) => !DROPPED.has(name))
    .map(([name, text]) => [name, rewriteHeader(name, text, how)]);
  return { ...answer, headers: Object.fromEntries(headers), body: rewriteBody(answer.body, exchange, how) };
}

function rewriteHeader(name: string, text: string, how: RewriteHow): string {
  if (name === 'location') return rewriteAddress(text, how.replace);
  if (name !== 'inin-correlation-id') return how.known(text);
  how.kept(text);
  return text;
}

function rewriteBody(body: string, exchange: Exchange, how: RewriteHow): string {
  if (body.trim() === '') return body;
  try {
    JSON.parse(body);
  } catch {
    how.leftOut(exchange);
    return `[left out: ${Buffer.byteLength(body)} bytes that are no JSON]`;
  }
  return rewriteJson(body, rewriterOf(how));
}

const rewriterOf = (how: RewriteHow): JsonRewriter => ({
  text: (value, path) => rewriteField(value, path, how),
  number: (literal, path) => (isCode(path) && /^\d{3,}$/.test(literal) ? how.replace('code', literal) : literal),
  name: (name) => {
    how.kept(name);
    return isUuid(name) || name.includes('@') ? rewriteText(name, how) : name;
  },
});

function rewriteField(value: string, path: readonly string[], how: RewriteHow): string {
  const { replace } = how;
  const ofSupport = CORRELATION.has(path.at(-1) ?? '');
  if (isUuid(value) && !ofSupport) return replace('uuid', value);
  const kind = isUuid(value) ? 'keep' : kindOf(value, path, how.stated);
  if (kind === 'keep') how.kept(value);
  if (kind === 'keep') return value;
  if (kind === 'link') return rewriteAddress(value, replace);
  if (kind === 'product') return rewriteText(value, how);
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(value.trim())) return replace('email', value);
  return replace(kind, value);
}
