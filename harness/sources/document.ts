/** From an exchange to a body that can be read, or to the failure that says why not. */
import { parse } from 'lossless-json';
import type { CaptureFailure, CheckedBody, SchemaNote } from '../domain/capture.ts';
import { type Exchange, failureReason } from '../domain/exchange.ts';
import { SIDE_OF } from '../domain/side.ts';
import { Cursor } from './cursor.ts';
import { failureOf, statusFailure } from './failure.ts';
import { type Asked, identify } from './identity.ts';
import { isJsonObject, type JsonValue } from './json-value.ts';
import type { WireSchema } from './wire-schema.ts';

export interface Document {
  readonly exchange: Exchange;
  /** At the root of the body, which is an object. */
  readonly root: Cursor;
  readonly schema: readonly SchemaNote[];
  readonly checkedBody: CheckedBody;
}

/** In an order that does not depend on which answer came first. */
export const sortedDocuments = (documents: readonly Document[]): Document[] =>
  [...documents].sort((a, b) => (a.exchange.id < b.exchange.id ? -1 : a.exchange.id > b.exchange.id ? 1 : 0));

export type ReadResult =
  | { readonly kind: 'document'; readonly document: Document }
  /** 404: the server knows the place, and that nothing is there. */
  | { readonly kind: 'not-found'; readonly exchange: Exchange }
  | { readonly kind: 'failure'; readonly failure: CaptureFailure };

/** Deeper bodies are nothing that a billing API sends, and would exhaust the stack of whoever walks them. */
const MAX_DEPTH = 200;

/**
 * The body twice parsed: as plain JSON for its schema, and with exact numbers to read from; and held against what was asked
 * for. Never throws, whatever the bytes.
 * @param asked its `type` is the wire type of the body
 */
export function readDocument(exchange: Exchange, schema: WireSchema, asked: Asked): ReadResult {
  const { outcome } = exchange;
  const { subject, type } = asked;
  if (outcome.kind === 'failure') {
    const reason = failureReason(exchange, outcome);
    return { kind: 'failure', failure: failureOf(exchange, subject, outcome.code, reason) };
  }
  if (outcome.status === 404) return { kind: 'not-found', exchange };
  if (outcome.status !== 200) {
    return { kind: 'failure', failure: statusFailure(exchange, subject, outcome.status) };
  }
  const read = parseBody(outcome.body);
  if ('fault' in read) {
    return {
      kind: 'failure',
      failure: failureOf(exchange, subject, 'wire-contract', `the answer is ${read.fault}`),
    };
  }
  const root = new Cursor(read.exact, { exchange: exchange.id, pointer: '' });
  const identity = identify(root, exchange, asked);
  if ('fault' in identity) {
    const { code, fault, at } = identity;
    return { kind: 'failure', failure: failureOf(exchange, subject, code, `the answer ${fault}`, at.at.pointer) };
  }
  const notes = [...schema.check(type, read, exchange.id), ...identity.notes];
  const checkedBody: CheckedBody = {
    side: SIDE_OF[exchange.source],
    source: exchange.source,
    type,
    exchange: exchange.id,
  };
  return { kind: 'document', document: { exchange, root, schema: notes, checkedBody } };
}

/** One body, parsed both ways. */
export interface ParsedBody {
  readonly plain: unknown;
  readonly exact: JsonValue;
}

/** Never throws, whatever the bytes. */
export function parseBody(body: string): ParsedBody | { readonly fault: string } {
  if (body.trim() === '') return { fault: 'an empty body where JSON is due' };
  if (isTooDeep(body)) return { fault: `JSON that is more than ${MAX_DEPTH} levels deep` };
  try {
    const plain: unknown = JSON.parse(body);
    // Refuses a name that comes twice with different values: which of the two is meant, nobody can say.
    const exact = parse(body) as JsonValue;
    if (!isJsonObject(exact)) return { fault: `JSON that is no object but ${kindOf(exact)}` };
    if (namesPrototype(body, exact)) return { fault: 'JSON with a field named __proto__, which no billing API sends' };
    return { plain, exact };
  } catch (error) {
    return { fault: `a body that is not usable JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

const kindOf = (value: JsonValue): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a number'
        : `a ${typeof value}`;

/** Such a field would change what objects inherit in any code that copies fields by assignment. */
const namesPrototype = (body: string, exact: JsonValue): boolean =>
  /__proto__|\\u005f/i.test(body) && holdsPrototype(exact);

function holdsPrototype(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsPrototype);
  if (!isJsonObject(value)) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsPrototype);
}

/** Counts brackets outside of strings, without building anything. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) quoted = false;
    } else if (character === QUOTE) quoted = true;
    else if (character === OPENING_BRACE || character === OPENING_BRACKET) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (character === CLOSING_BRACE || character === CLOSING_BRACKET) depth -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
