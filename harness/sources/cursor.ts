/** Walks a body with exact numbers and reads figures off it, each with the place where it stands. */
import { isLosslessNumber, type LosslessNumber } from 'lossless-json';
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import { type Decimal, parseDecimal } from '../domain/decimal.ts';
import { type Evidence, type Figure, known } from '../domain/figure.ts';
import { parseCurrency } from '../domain/money.ts';
import { type OrgRef, orgId } from '../domain/side.ts';

export type JsonValue = null | boolean | string | LosslessNumber | JsonValue[] | { [key: string]: JsonValue };

const isObject = (value: unknown): value is { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** JSON text as on the wire, shortened to 200 characters. */
export function rawText(value: JsonValue): string {
  const text = isLosslessNumber(value)
    ? value.toString()
    : JSON.stringify(value, (_, part) => (isLosslessNumber(part) ? part.toString() : part));
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

export class Cursor {
  readonly at: Evidence;
  readonly #value: JsonValue | undefined;
  readonly #parent: Evidence;

  constructor(value: JsonValue | undefined, at: Evidence, parent: Evidence = at) {
    this.#value = value;
    this.at = at;
    this.#parent = parent;
  }

  /** The first of these fields that is there; a cursor on nothing if none is. */
  field(...names: readonly string[]): Cursor {
    const owner = this.#value;
    const name = isObject(owner) ? names.find((candidate) => Object.hasOwn(owner, candidate)) : undefined;
    const value = name !== undefined && isObject(owner) ? owner[name] : undefined;
    const token = (name ?? names[0] ?? '').replaceAll('~', '~0').replaceAll('/', '~1');
    return new Cursor(value, { exchange: this.at.exchange, pointer: `${this.at.pointer}/${token}` }, this.at);
  }

  /** Entries of a list; none if there is no list. */
  items(): Cursor[] {
    if (!Array.isArray(this.#value)) return [];
    return this.#value.map(
      (value, index) =>
        new Cursor(value, { exchange: this.at.exchange, pointer: `${this.at.pointer}/${index}` }, this.at),
    );
  }

  /** Fields of an object with their names. */
  fields(): [string, Cursor][] {
    return isObject(this.#value) ? Object.keys(this.#value).map((name) => [name, this.field(name)]) : [];
  }

  get isThere(): boolean {
    return this.#value !== undefined && this.#value !== null;
  }
  get isList(): boolean {
    return Array.isArray(this.#value);
  }
  get isObject(): boolean {
    return isObject(this.#value);
  }
  get json(): JsonValue | undefined {
    return this.#value;
  }

  /** Text as it stands, or null: for names and ids, where nothing depends on telling absent from unreadable. */
  string(): string | null {
    if (typeof this.#value === 'string') return this.#value;
    return isLosslessNumber(this.#value) ? this.#value.toString() : null;
  }

  decimal(): Figure<Decimal> {
    return this.#read('a number', (text) => parseDecimal(text), true);
  }
  date(): Figure<IsoDate> {
    return this.#read('a date', (text) => parseDate(text), false);
  }
  currency(): Figure<string> {
    return this.#read('an ISO 4217 currency code', (text) => parseCurrency(text), false);
  }
  text(): Figure<string> {
    return this.#read('a text', (text) => (text.trim() === '' ? null : text.trim()), false);
  }

  #read<T>(what: string, parse: (text: string) => T | null, nullMatters: boolean): Figure<T> {
    const value = this.#value;
    if (value === undefined || (value === null && !nullMatters)) return { state: 'absent', at: this.#parent };
    const raw = rawText(value);
    const text = typeof value === 'string' ? value : isLosslessNumber(value) ? value.toString() : null;
    const parsed = text === null ? null : parse(text);
    if (parsed !== null) return known(parsed, raw, this.at);
    return { state: 'unreadable', raw, reason: `${raw} is not ${what}`, at: this.at };
  }

  /** `{id, name}` as an organisation; null without an id. */
  org(): OrgRef | null {
    const id = this.field('id').string();
    return id === null || id.trim() === ''
      ? null
      : { id: orgId(id), name: this.field('name').string()?.trim() ?? null };
  }
}

/** Canonical text of a value: keys and entries sorted, numbers as canonical decimals: neither spelling nor order matters. */
export function fingerprint(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (isLosslessNumber(value)) return parseDecimal(value.toString()) ?? value.toString();
  if (Array.isArray(value)) return `[${value.map(fingerprint).sort().join(',')}]`;
  if (isObject(value)) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((name) => `${JSON.stringify(name)}:${fingerprint(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
