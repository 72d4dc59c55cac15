/** From a table of fields to JSON Schemas for ajv, and from ajv's errors to schema notes. */
import { Ajv, type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { DriftKind, SchemaNote, ViolationKind } from '../domain/capture.ts';
import { SIDE_OF, type SourceName } from '../domain/side.ts';

/** What a field may hold; `date` is `yyyy-MM-dd`, `instant` a date with a time or without. */
export type FieldShape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'strings'
  /** A number, or a text that stands for one: the legacy wire. */
  | 'numeric'
  | { readonly oneOf: readonly string[] }
  | { readonly type: string }
  | { readonly listOf: string };

/** Fields of one wire type. Typed by it, a table can neither lack nor invent a field. */
export type FieldTable<Wire> = Readonly<Record<keyof Required<Wire>, FieldShape>>;

export interface WireTypes {
  readonly source: SourceName;
  readonly tables: Readonly<Record<string, Readonly<Record<string, FieldShape>>>>;
  /** Fields that must be there, by type; everything else is optional. */
  readonly required: Readonly<Record<string, readonly string[]>>;
  /** Former names of fields, which are still read. */
  readonly oldSpellings: ReadonlySet<string>;
  /** False where the shape is assumed: unknown fields then say nothing. */
  readonly unknownFieldsMatter: boolean;
}

const WORDS: Readonly<Record<string, SchemaObject>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  instant: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}' },
  strings: { type: 'array', items: { type: 'string' } },
  numeric: { type: ['string', 'number'] },
};

function shapeSchema(shape: FieldShape): SchemaObject {
  if (typeof shape === 'string') return { ...WORDS[shape], nullable: true };
  if ('oneOf' in shape) return { enum: [...shape.oneOf, null] };
  if ('type' in shape) return { anyOf: [{ $ref: shape.type }, { type: 'null' }] };
  return { type: 'array', items: { $ref: shape.listOf }, nullable: true };
}

/** Checks bodies of one API; null stands for "left out", as the vendor's clients read it. */
export class WireSchema {
  readonly #types: WireTypes;
  readonly #ajv: Ajv;

  constructor(types: WireTypes) {
    this.#types = types;
    this.#ajv = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true });
    formats.default(this.#ajv);
    for (const [name, table] of Object.entries(types.tables)) {
      const properties: Record<string, SchemaObject> = {};
      for (const [field, shape] of Object.entries(table)) properties[field] = shapeSchema(shape);
      this.#ajv.addSchema({
        $id: name,
        type: 'object',
        properties,
        required: types.required[name] ?? [],
        ...(types.unknownFieldsMatter ? { additionalProperties: false } : {}),
      });
    }
  }

  /** Every place where the body and its schema disagree. */
  check(type: string, body: unknown, exchange: string): SchemaNote[] {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(type);
    if (validate === undefined) throw new Error(`no schema for ${type}`);
    if (validate(body)) return [];
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf');
    return errors.filter((error) => !isEcho(error)).map((error) => this.#note(error, type, exchange));
  }

  #note(error: ErrorObject, bodyType: string, exchange: string): SchemaNote {
    const { source } = this.#types;
    const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null;
    const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : null;
    const pointer = `${error.instancePath}${(extra ?? missing) ? `/${escapeToken(extra ?? missing ?? '')}` : ''}`;
    const owner = /^([A-Za-z]+)(?:#|$)/.exec(error.schemaPath)?.[1] ?? bodyType;
    return {
      side: SIDE_OF[source],
      source,
      type: owner in this.#types.tables ? owner : bodyType,
      pointer: pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'),
      kind: this.#kind(error, extra),
      found: shorten(extra === null ? error.data : (error.data as Record<string, unknown>)[extra]),
      expected: expectation(error),
      at: { exchange, pointer },
    };
  }

  #kind(error: ErrorObject, extra: string | null): DriftKind | ViolationKind {
    if (extra !== null) return this.#types.oldSpellings.has(extra) ? 'old-spelling' : 'unknown-field';
    if (error.keyword === 'required') return 'missing-field';
    if (error.keyword === 'enum') return 'unknown-value';
    return error.keyword === 'type' ? 'wrong-type' : 'bad-format';
  }
}

/** `anyOf` with null reports the null branch too. */
const isEcho = (error: ErrorObject): boolean => error.keyword === 'type' && error.params['type'] === 'null';

const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

function expectation(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') return 'no field of this name is documented';
  if (error.keyword === 'required') return 'this field must be there';
  if (error.keyword === 'enum') {
    const values = (error.params['allowedValues'] as unknown[]).filter((value) => value !== null);
    return `one of ${values.join(', ')}`;
  }
  if (error.keyword === 'type')
    return `a ${[error.params['type']]
      .flat()
      .filter((type) => type !== 'null')
      .join(' or ')}`;
  if (error.keyword === 'format') return `a ${String(error.params['format'])} (yyyy-MM-dd)`;
  return error.message ?? error.keyword;
}
