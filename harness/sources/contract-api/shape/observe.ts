/** Reads the shape off the bodies of a capture. */
import { LosslessNumber } from 'lossless-json';
import { parseDecimal } from '../../../domain/decimal.ts';
import type { Evidence } from '../../../domain/figure.ts';
import type { FieldShape, Shape, TypeShape, ValueKind } from '../../../domain/shape.ts';
import type { Document } from '../../document.ts';
import { isJsonObject, type JsonValue, pointerToken } from '../../json-value.ts';
import { contractTables } from '../schema.ts';

/** A place in the schema, and where something was first found there. */
interface Occurrence {
  readonly place: string;
  readonly at: Evidence;
}

interface Field {
  seen: number;
  /** By the kind of value. */
  readonly kinds: Map<ValueKind, Occurrence>;
}

interface Type {
  occurrence: Occurrence;
  objects: number;
  readonly fields: Map<string, Field>;
}

/** The plainest place of a type, whichever answer came first: what is said of it is then said of the same place every night. */
const isPlainer = (place: string, than: Occurrence): boolean =>
  place.length < than.place.length || (place.length === than.place.length && place < than.place);

/** A shape that still knows where it was seen. */
export class ObservedShape {
  readonly shape: Shape;
  readonly #types: ReadonlyMap<string, Type>;

  constructor(types: ReadonlyMap<string, Type>, contractsPageMaximum: number | null) {
    this.#types = types;
    const shapes = sortedEntries(types).map(([name, type]) => [name, typeShape(type)] as const);
    this.shape = { types: Object.fromEntries(shapes), contractsPageMaximum };
  }

  /** Where a field was first found with a value of this kind (of any kind if left out); its first owner if it never was. */
  at(type: string, field: string, kind?: ValueKind): Evidence {
    const found = this.#types.get(type);
    if (found === undefined) return NOWHERE;
    const kinds = found.fields.get(field)?.kinds;
    const seen = kind === undefined ? kinds?.values().next().value : kinds?.get(kind);
    const { at } = found.occurrence;
    return seen?.at ?? { ...at, pointer: `${at.pointer}/${pointerToken(field)}` };
  }
}

const NOWHERE: Evidence = { exchange: '', pointer: '' };

/** @param documents in a fixed order, so that the first place of several is the same in every run */
export function observeShape(documents: readonly Document[], contractsPageMaximum: number | null): ObservedShape {
  const observer = new Observer();
  for (const { root, checkedBody } of documents) observer.object(checkedBody.type, root.json, { ...root.at }, '');
  return new ObservedShape(observer.types, contractsPageMaximum);
}

class Observer {
  readonly types = new Map<string, Type>();

  object(type: string, value: JsonValue | undefined, at: Evidence, place: string): void {
    if (!isJsonObject(value)) return;
    const known = this.types.get(type);
    const found = known ?? { occurrence: { place, at }, objects: 0, fields: new Map<string, Field>() };
    if (known === undefined) this.types.set(type, found);
    if (isPlainer(place, found.occurrence)) found.occurrence = { place, at };
    found.objects += 1;
    for (const [name, inner] of Object.entries(value)) {
      const token = pointerToken(name);
      const here: Evidence = { exchange: at.exchange, pointer: `${at.pointer}/${token}` };
      this.#field(found, name, inner, { place, at: here });
      this.#below(typeBelow(type, name), inner, here, `${place}/${token}`);
    }
  }

  #field(type: Type, name: string, value: JsonValue, occurrence: Occurrence): void {
    const field = type.fields.get(name) ?? { seen: 0, kinds: new Map<ValueKind, Occurrence>() };
    type.fields.set(name, field);
    field.seen += 1;
    const kind = kindOf(value);
    const before = field.kinds.get(kind);
    if (before === undefined || isPlainer(occurrence.place, before)) field.kinds.set(kind, occurrence);
  }

  #below(type: string, value: JsonValue, at: Evidence, place: string): void {
    if (!Array.isArray(value)) {
      this.object(type, value, at, place);
      return;
    }
    value.forEach((entry: JsonValue, index) => {
      this.object(type, entry, { exchange: at.exchange, pointer: `${at.pointer}/${index}` }, `${place}/*`);
    });
  }
}

function typeBelow(owner: string, field: string): string {
  const shape = contractTables[owner]?.[field];
  if (typeof shape === 'object' && 'type' in shape) return shape.type;
  return typeof shape === 'object' && 'listOf' in shape ? shape.listOf : `${owner}.${field}`;
}

function kindOf(value: JsonValue): ValueKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'true or false';
  if (value instanceof LosslessNumber) {
    const parsed = parseDecimal(value.value);
    return parsed?.includes('.') === false ? 'whole number' : 'number';
  }
  if (typeof value !== 'string') return 'object';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  return /^\d{4}-\d{2}-\d{2}T\d{2}:/.test(value) ? 'instant' : 'text';
}

function typeShape({ occurrence, objects, fields }: Type): TypeShape {
  const shapes = sortedEntries(fields).map(([name, field]) => [name, fieldShape(field)] as const);
  return { at: occurrence.place, objects, fields: Object.fromEntries(shapes) };
}

/** Whole numbers are numbers too: beside one with a fraction they say nothing more. */
function fieldShape({ seen, kinds }: Field): FieldShape {
  const kindsSeen = [...kinds.keys()].filter((kind) => kind !== 'whole number' || !kinds.has('number'));
  return { seen, kinds: kindsSeen.sort() };
}

const sortedEntries = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
