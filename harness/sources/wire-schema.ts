/** From a table of fields to JSON Schemas for ajv, and from ajv's errors to schema notes. */
import { Ajv, type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { DriftKind, SchemaNote, ViolationKind } from '../domain/capture.ts';
import { SIDE_OF, type SourceName } from '../domain/side.ts';
import { type JsonValue, pointerToken, rawText, valueAt } from './json-value.ts';

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
    // Made of the tables alone, a schema needs no schema of its own; and each type is compiled once, where it is asked for.
    this.#ajv = new Ajv({
      allErrors: true,
      allowUnionTypes: true,
      meta: false,
      validateSchema: false,
      inlineRefs: false,
    });
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

  /** Every place where the body and its schema disagree, each once however many entries of a list share it. */
  check(type: string, body: { readonly plain: unknown; readonly exact: JsonValue }, exchange: string): SchemaNote[] {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(type);
    if (validate === undefined) throw new Error(`no schema for ${type}`);
    if (validate(body.plain)) return [];
    const notes = new Map<string, SchemaNote>();
    for (const error of validate.errors ?? []) {
      if (isEcho(error)) continue;
      const note = this.#note(error, type, body.exact, exchange);
      const place = `${note.type} ${note.pointer} ${note.kind}`;
      if (!notes.has(place)) notes.set(place, note);
    }
    return [...notes.values()];
  }

  #note(error: ErrorObject, bodyType: string, body: JsonValue, exchange: string): SchemaNote {
    const { source } = this.#types;
    const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null;
    const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : null;
    const name = extra ?? missing;
    const pointer = name === null ? error.instancePath : `${error.instancePath}/${pointerToken(name)}`;
    const found = valueAt(body, pointer);
    return {
      side: SIDE_OF[source],
      source,
      type: this.#ownerOf(bodyType, error.instancePath),
      pointer: pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'),
      kind: this.#kind(error, extra),
      found: found === undefined ? 'nothing' : rawText(found),
      expected: expectation(error),
      at: { exchange, pointer },
    };
  }

  /** The innermost type whose object holds the place: for an unknown field, the object that has it. */
  #ownerOf(bodyType: string, path: string): string {
    let owner = bodyType;
    for (const name of path.split('/')) {
      const shape = this.#types.tables[owner]?.[name];
      if (typeof shape !== 'object') continue;
      if ('type' in shape) owner = shape.type;
      else if ('listOf' in shape) owner = shape.listOf;
    }
    return owner;
  }

  #kind(error: ErrorObject, extra: string | null): DriftKind | ViolationKind {
    if (extra !== null) return this.#types.oldSpellings.has(extra) ? 'old-spelling' : 'unknown-field';
    if (error.keyword === 'required') return 'missing-field';
    if (error.keyword === 'enum') return 'unknown-value';
    return error.keyword === 'type' ? 'wrong-type' : 'bad-format';
  }
}

/** A field that may be null reports the branch for null too, and that no branch fits. */
const isEcho = (error: ErrorObject): boolean =>
  error.keyword === 'anyOf' || (error.keyword === 'type' && error.params['type'] === 'null');

const VALUES_SHOWN = 6;

function expectation(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') return 'no field of this name is documented';
  if (error.keyword === 'required') return 'this field must be there';
  if (error.keyword === 'enum') {
    const values = (error.params['allowedValues'] as unknown[]).filter((value) => value !== null);
    const shown = values.slice(0, VALUES_SHOWN).join(', ');
    return values.length > VALUES_SHOWN ? `one of ${values.length} values (${shown}, …)` : `one of ${shown}`;
  }
  if (error.keyword === 'type') {
    const types = [error.params['type']].flat().filter((type) => type !== 'null');
    return `a ${types.join(' or ')}`;
  }
  if (error.keyword === 'format') return 'a date (yyyy-MM-dd)';
  return error.keyword === 'pattern' ? 'a date or an instant (ISO 8601)' : (error.message ?? error.keyword);
}
