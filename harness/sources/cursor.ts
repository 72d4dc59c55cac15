/** Walks a body with exact numbers and reads figures off it, each with the place where it stands. */
import { LosslessNumber, parse } from 'lossless-json';
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import { type Decimal, parseDecimal } from '../domain/decimal.ts';
import { absent, type Evidence, type Figure, known } from '../domain/figure.ts';
import { parseCurrency } from '../domain/money.ts';
import { type OrgRef, orgId } from '../domain/side.ts';
import { isJsonObject, type JsonValue, jsonText, pointerToken, rawText } from './json-value.ts';

/** Systems write a date that nobody will live to see where there is no end: `9999-12-31`, `2999-12-31`. */
const NO_END = '2900';

/** Years beyond 9999 are spelled with a sign. */
const statesNoEnd = (date: IsoDate): boolean => date.startsWith('+') || date >= NO_END;

/** Values that spell the same number or the same date, or the same text but for spaces around it. */
function saysTheSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  const [one, other] = [spelled(a), spelled(b)];
  if (one === other) return true;
  const said = parseDecimal(one) ?? parseDate(one);
  return said !== null && said === (parseDecimal(other) ?? parseDate(other));
}

const spelled = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value.trim() : value === undefined ? '' : jsonText(value);

/** A place in a body, put away. */
export interface PackedCursor {
  /** Null: nothing stands there. */
  readonly text: string | null;
  readonly at: Evidence;
  readonly parent: Evidence;
}

/** A place in a body, whether or not anything stands there. */
export class Cursor {
  readonly at: Evidence;
  readonly #value: JsonValue | undefined;
  readonly #parent: Evidence;
  /** Why a figure here cannot be read although a value stands here. */
  readonly #contradiction: string | null;

  constructor(value: JsonValue | undefined, at: Evidence, parent: Evidence = at, contradiction: string | null = null) {
    this.#value = value;
    this.at = at;
    this.#parent = parent;
    this.#contradiction = contradiction;
  }

  /**
   * The first of these fields that is there; a cursor on nothing if none is. Where another one of them states another value, no
   * figure can be read here: nobody can say which of the two is meant.
   */
  field(...names: readonly string[]): Cursor {
    const owner = this.#value;
    const name = isJsonObject(owner) ? names.find((candidate) => Object.hasOwn(owner, candidate)) : undefined;
    if (name === undefined || !isJsonObject(owner)) return this.#below(undefined, names[0] ?? '');
    const value = owner[name];
    const other = names.find((each) => each !== name && Object.hasOwn(owner, each) && !saysTheSame(owner[each], value));
    const said = (field: string): string => `${field} says ${rawText(owner[field] ?? null)}`;
    const contradiction = other === undefined ? null : `it stands under two names: ${said(name)}, ${said(other)}`;
    return this.#below(value, name, contradiction);
  }

  /** Entries of a list; none if there is no list. */
  items(): Cursor[] {
    if (!Array.isArray(this.#value)) return [];
    return this.#value.map((value, index) => this.#below(value, String(index)));
  }

  /** Fields of an object with their names. */
  fields(): [string, Cursor][] {
    return isJsonObject(this.#value) ? Object.keys(this.#value).map((name) => [name, this.field(name)]) : [];
  }

  #below(value: JsonValue | undefined, token: string, contradiction: string | null = null): Cursor {
    const pointer = `${this.at.pointer}/${pointerToken(token)}`;
    return new Cursor(value, { exchange: this.at.exchange, pointer }, this.at, contradiction);
  }

  /** The same place without what stands there, which may then be forgotten. */
  emptied(): Cursor {
    return new Cursor(undefined, this.at, this.#parent);
  }

  /** What stands here as text, which takes a fraction of the memory. */
  packed(): PackedCursor {
    const text = this.#value === undefined ? null : jsonText(this.#value);
    return { text, at: this.at, parent: this.#parent };
  }

  static unpacked({ text, at, parent }: PackedCursor): Cursor {
    return new Cursor(text === null ? undefined : (parse(text) as JsonValue), at, parent);
  }

  /** Something other than null stands here. */
  get isThere(): boolean {
    return this.#value !== undefined && this.#value !== null;
  }
  get isList(): boolean {
    return Array.isArray(this.#value);
  }
  get json(): JsonValue | undefined {
    return this.#value;
  }

  /** Trimmed text, null where there is none: for names and ids, where nothing depends on telling absent from unreadable. */
  string(): string | null {
    const value = this.#value;
    const text = typeof value === 'string' ? value : value instanceof LosslessNumber ? value.value : '';
    return text.trim() === '' ? null : text.trim();
  }

  /** A number, or a text that spells one. Null is unreadable: where a number is due it is no number. */
  decimal(): Figure<Decimal> {
    return this.#read('a number', parseDecimal, 'unreadable');
  }
  /** UTC date of a date or an instant. Null is absent. */
  date(): Figure<IsoDate> {
    return this.#read('a date', parseDate, 'absent');
  }
  /** UTC date on which something ends. One of the year 2900 or later states that there is no end, and is absent like null. */
  endDate(): Figure<IsoDate> {
    const date = this.date();
    return date.state === 'known' && statesNoEnd(date.value) ? absent(this.#parent) : date;
  }
  /** Null is absent. A text that spells `true` or `false` is one, as texts that spell numbers are numbers. */
  boolean(): Figure<boolean> {
    const value = this.#value;
    if (value === undefined || value === null) return absent(this.#parent);
    const raw = rawText(value);
    const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
    if (text === true || text === 'true') return known(true, raw, this.at);
    if (text === false || text === 'false') return known(false, raw, this.at);
    return { state: 'unreadable', raw, reason: `${raw} is neither true nor false`, at: this.at };
  }
  /** Null is absent. */
  currency(): Figure<string> {
    return this.#read('an ISO 4217 currency code', parseCurrency, 'absent');
  }
  /** Trimmed. Null is absent, an empty text is unreadable. */
  text(): Figure<string> {
    return this.#read('a text', (text) => (text.trim() === '' ? null : text.trim()), 'absent');
  }

  #read<T>(what: string, parse: (text: string) => T | null, ofNull: 'absent' | 'unreadable'): Figure<T> {
    const value = this.#value;
    if (value === undefined || (value === null && ofNull === 'absent')) return { state: 'absent', at: this.#parent };
    const raw = rawText(value);
    if (this.#contradiction !== null) return { state: 'unreadable', raw, reason: this.#contradiction, at: this.at };
    const text = typeof value === 'string' ? value : value instanceof LosslessNumber ? value.value : null;
    const parsed = text === null ? null : parse(text);
    if (parsed !== null) return known(parsed, raw, this.at);
    return { state: 'unreadable', raw, reason: `${raw} is not ${what}`, at: this.at };
  }

  /** `{id, name}` as an organisation; null without an id. */
  org(): OrgRef | null {
    const id = this.field('id').string();
    return id === null ? null : { id: orgId(id), name: this.field('name').string() };
  }
}
