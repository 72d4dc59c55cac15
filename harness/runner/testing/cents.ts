/** Money fields in the bodies of a kept world, and what becomes of a judgement when one of them is a cent more. */
import { LosslessNumber, stringify } from 'lossless-json';
import { add, type Decimal, decimal, parseDecimal } from '../../domain/decimal.ts';
import type { Exchange } from '../../domain/exchange.ts';
import { parseBody } from '../../sources/document.ts';
import { isJsonObject, type JsonValue, pointerToken, valueAt } from '../../sources/json-value.ts';
import type { BodyChange, KeptWorld } from './kept-world.ts';

/** Money fields of the wire by the body that they stand in. `discountAmount` is left out: it is for information alone. */
const MONEY = {
  charge: ['overageCharge', 'overageRate'],
  wallet: ['balanceOverageCharge', 'balanceOverageRate'],
  'plan-item': ['price', 'overagePrice'],
  invoice: ['amount'],
  'invoice-line': ['amount'],
  'usage-row': ['prepayPrice', 'overagePrice'],
  'partner-row': ['prepayPrice', 'overagePrice'],
  'partner-answer': ['minimumMonthlyAmount'],
} as const;

export type MoneyRecord = keyof typeof MONEY;

type Body = { [key: string]: JsonValue };

/** One money field of one record in one body. */
export interface MoneyField {
  /** `charge.overageRate`. */
  readonly name: string;
  readonly record: MoneyRecord;
  readonly exchange: string;
  readonly pointer: string;
  readonly value: Decimal;
  /** The record as it stands in the body. */
  readonly owner: Body;
  /** The bodies around it, the innermost first: its plan, its contract. */
  readonly around: readonly Body[];
  readonly path: string;
}

/** Where the records stand in a body, by its path: a pointer with `*` for each index. */
const PLACES: readonly (readonly [RegExp, MoneyRecord, string])[] = [
  [/^\/api\/v2\/billing\/contracts\/[^/?]+\/billingperiods\/[^/?]+$/, 'charge', '/charges/*'],
  [/^\/api\/v2\/billing\/contracts\/[^/?]+\/billingperiods\/[^/?]+$/, 'wallet', '/wallets/*'],
  [/^\/api\/v2\/billing\/contracts\/[^/?]+$/, 'plan-item', '/plans/*/items/*'],
  [/^\/api\/v2\/billing\/contracts(\?.*)?$/, 'plan-item', '/entities/*/plans/*/items/*'],
  [/^\/api\/v2\/billing\/contracts\/invoices(\?.*)?$/, 'invoice', '/entities/*'],
  [/^\/api\/v2\/billing\/contracts\/invoices\/[^/?]+\/lines(\?.*)?$/, 'invoice-line', '/entities/*'],
  [/^\/v1\/regions\/[^/?]+\/organizations\/[^/?]+/, 'usage-row', '/usages/*'],
  [/trusteebillingoverview/, 'partner-row', '/usages/*'],
  [/trusteebillingoverview/, 'partner-answer', ''],
];

export function moneyFields({ answers }: KeptWorld): readonly MoneyField[] {
  return answers.flatMap((exchange) => {
    const read = parseBody(exchange.outcome.body);
    if ('fault' in read) return [];
    return PLACES.filter(([path]) => path.test(exchange.path)).flatMap(([, record, place]) =>
      standing(read.exact, place.split('/').slice(1)).flatMap((found) => fieldsOf(exchange, record, found)),
    );
  });
}

interface Standing {
  readonly pointer: string;
  readonly owner: JsonValue;
  readonly around: readonly Body[];
}

function standing(root: JsonValue, tokens: readonly string[], pointer = '', around: readonly Body[] = []): Standing[] {
  const [token, ...rest] = tokens;
  if (token === undefined) return [{ pointer, owner: root, around }];
  if (token === '*') {
    const list = Array.isArray(root) ? root : [];
    return list.flatMap((entry, index) => standing(entry, rest, `${pointer}/${index}`, around));
  }
  const inner = isJsonObject(root) ? root[token] : undefined;
  if (inner === undefined || !isJsonObject(root)) return [];
  return standing(inner, rest, `${pointer}/${pointerToken(token)}`, [root, ...around]);
}

function fieldsOf({ id, path }: Exchange, record: MoneyRecord, { pointer, owner, around }: Standing): MoneyField[] {
  if (!isJsonObject(owner)) return [];
  return MONEY[record].flatMap((field) => {
    const value = decimalIn(owner[field]);
    if (value === null) return [];
    const name = `${record}.${field}`;
    return [{ name, record, exchange: id, pointer: `${pointer}/${field}`, value, owner, around, path }];
  });
}

export function decimalIn(value: JsonValue | undefined): Decimal | null {
  if (value instanceof LosslessNumber) return parseDecimal(value.value);
  return typeof value === 'string' ? parseDecimal(value) : null;
}

/** A text whatever its case and form; empty where there is none. */
export const textIn = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value.normalize('NFKC').trim().toLowerCase() : '';

export const CENT = decimal('0.01');

/** Every one of the fields a cent more. A number stays a number, a text a text. */
export function withCent(fields: readonly MoneyField[]): BodyChange {
  return ({ id, path, outcome }) => {
    // A second reading says what the first one said.
    const own = fields.filter((field) => field.exchange === id || field.path === path);
    const read = parseBody(outcome.body);
    if (own.length === 0 || 'fault' in read) return outcome.body;
    for (const { pointer, value } of own) {
      const owner = valueAt(read.exact, pointer.slice(0, pointer.lastIndexOf('/')));
      const name = pointer.slice(pointer.lastIndexOf('/') + 1);
      if (!isJsonObject(owner)) continue;
      const more = add(value, CENT);
      owner[name] = owner[name] instanceof LosslessNumber ? new LosslessNumber(more) : more;
    }
    return stringify(read.exact) ?? outcome.body;
  };
}

/** The same field of the same record wherever it stands: a plan item in the listing and by id, a row in both legacy APIs. */
export function everywhere(field: MoneyField, all: readonly MoneyField[]): readonly MoneyField[] {
  const identity = identityOf(field);
  if (identity === null) return [field];
  const own = all.filter((other) => identityOf(other) === identity);
  // Two rows that cannot be told apart are left alone.
  return new Set(own.map(({ path }) => path)).size === own.length ? own : [field];
}

function identityOf({ record, owner, around, pointer, value, path }: MoneyField): string | null {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (record === 'plan-item') {
    const [plan, contract] = around;
    return ['item', name, textIn(contract?.['id']), textIn(plan?.['id']), textIn(owner['itemNumber'])].join('|');
  }
  if (record !== 'usage-row' && record !== 'partner-row') return null;
  if (record === 'partner-row' && !/billingPeriodIndex=0/.test(path)) return null;
  const row = [owner['partNumber'], owner['grouping'], owner['name']].map(textIn);
  return ['row', name, orgOf(path), ...row, value].join('|');
}

/** The organisation that a legacy answer is asked for. */
export const orgOf = (path: string): string =>
  (/(?:organizations|trusteebillingoverview)\/([^/?]+)/.exec(path)?.[1] ?? '').toLowerCase();
