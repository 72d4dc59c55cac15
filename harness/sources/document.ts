/** From an exchange to a body that can be read, or to the failure that says why not. */
import { parse } from 'lossless-json';
import type { CaptureFailure, CaptureSubject, SchemaNote, Unit } from '../domain/capture.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Exchange } from '../domain/exchange.ts';
import { SIDE_OF } from '../domain/side.ts';
import { Cursor, type JsonValue } from './cursor.ts';
import type { WireSchema } from './wire-schema.ts';

export interface Document {
  readonly exchange: Exchange;
  /** At the root of the body. */
  readonly root: Cursor;
  readonly schema: readonly SchemaNote[];
  readonly unit: Unit;
}

export type ReadResult =
  | { readonly kind: 'document'; readonly document: Document }
  /** 404: the server knows the place, and that nothing is there. */
  | { readonly kind: 'not-found'; readonly exchange: Exchange }
  | { readonly kind: 'failure'; readonly failure: CaptureFailure };

/** Deeper bodies are nothing a billing API sends, and would exhaust the stack of whoever walks them. */
const MAX_DEPTH = 200;

/** @param type wire type of the body, for its schema */
export function readDocument(
  exchange: Exchange,
  type: string,
  schema: WireSchema,
  subject: CaptureSubject,
): ReadResult {
  const fail = (code: ErrorCode, message: string): ReadResult => ({
    kind: 'failure',
    failure: {
      side: SIDE_OF[exchange.source],
      source: exchange.source,
      subject,
      code,
      message: `GET ${exchange.path} (${exchange.subject}) ${message}`,
      at: { exchange: exchange.id, pointer: '' },
    },
  });
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return fail(outcome.code, `failed: ${outcome.message}`);
  if (outcome.status === 404) return { kind: 'not-found', exchange };
  if (outcome.status !== 200) return fail(outcome.status === 429 ? 'rate-limit' : 'http-status', statusText(exchange));
  if (tooDeep(outcome.body)) return fail('wire-contract', `answered JSON that is more than ${MAX_DEPTH} levels deep`);
  let plain: unknown;
  let exact: JsonValue;
  try {
    plain = JSON.parse(outcome.body);
    exact = parse(outcome.body) as JsonValue;
  } catch (error) {
    return fail('wire-contract', `answered 200 with a body that is not usable JSON: ${(error as Error).message}`);
  }
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    return fail('wire-contract', `answered 200 with JSON that is no object: ${outcome.body.slice(0, 60)}`);
  }
  const unit: Unit = { side: SIDE_OF[exchange.source], source: exchange.source, type, exchange: exchange.id };
  const root = new Cursor(exact, { exchange: exchange.id, pointer: '' });
  return { kind: 'document', document: { exchange, root, schema: schema.check(type, plain, exchange.id), unit } };
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'the credential is not accepted',
  403: 'the credential lacks the permission',
  429: 'the rate limit is used up',
};
const PERMISSION: Readonly<Record<string, string>> = {
  'usage-api': 'ask the vendor whether the key serves these appIds',
  'partner-billing': 'it needs affiliateOrganization:clientBilling:view',
  'contract-api': 'it needs billing:subscription:view',
};

function statusText(exchange: Exchange): string {
  const status = exchange.outcome.kind === 'answer' ? exchange.outcome.status : 0;
  const tries = exchange.attempts.length > 1 ? ` after ${exchange.attempts.length} tries` : '';
  const advice = ADVICE[status];
  const permission = status === 403 ? `; ${PERMISSION[exchange.source] ?? ''}` : '';
  return `answered ${status}${tries}${advice === undefined ? '' : `: ${advice}${permission}`}`;
}

/** Counts brackets outside of strings, without building anything. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) quoted = false;
    } else if (character === 0x22) quoted = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
}
