/** Reads the shape off the bodies of a capture. */
import { LosslessNumber } from 'lossless-json';
import { parseDecimal } from '../../../domain/decimal.ts';
import type { Evidence } from '../../../domain/figure.ts';
import type { FieldShape, Shape, TypeShape, ValueKind } from '../../../domain/shape.ts';
import type { Document } from '../../document.ts';
import { isJsonObject, type JsonValue, pointerToken } from '../../json-value.ts';
import { contractTables } from '../schema.ts';

interface Field {
  seen: number;
  readonly kinds: Set<ValueKind>;
  /** Where each kind was first found. */
  readonly first: Map<ValueKind, Evidence>;
}

interface Type {
  readonly at: string;
  readonly first: Evidence;
  objects: number;
  readonly fields: Map<string, Field>;
}

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
    const first = found.fields.get(field)?.first;
    const seen = kind === undefined ? first?.values().next().value : first?.get(kind);
    return seen ?? { ...found.first, pointer: `${found.first.pointer}/${pointerToken(field)}` };
  }
}

const NOWHERE: Evidence = { exchange: '', pointer: '' };

/** @param documents in a fixed order, so that the first place of several is the same in every run */
export function observeShape(documents: readonly Document[], contractsPageMaximum: number | null): ObservedShape {
  const observer = new Observer();
  for (const { root, unit } of documents) observer.object(unit.type, root.json, { ...root.at }, '');
  return new ObservedShape(observer.types, contractsPageMaximum);
}

class Observer {
  readonly types = new Map<string, Type>();

  object(type: string, value: JsonValue | undefined, at: Evidence, place: string): void {
    if (!isJsonObject(value)) return;
    const known = this.types.get(type);
    const found = known ?? { at: place, first: at, objects: 0, fields: new Map<string, Field>() };
    if (known === undefined) this.types.set(type, found);
    found.objects += 1;
    for (const [name, inner] of Object.entries(value)) {
      const token = pointerToken(name);
      const here: Evidence = { exchange: at.exchange, pointer: `${at.pointer}/${token}` };
      this.#field(found, name, inner, here);
      this.#below(typeBelow(type, name), inner, here, `${place}/${token}`);
    }
  }

  #field(type: Type, name: string, value: JsonValue, at: Evidence): void {
    const field = type.fields.get(name) ?? { seen: 0, kinds: new Set<ValueKind>(), first: new Map() };
    type.fields.set(name, field);
    field.seen += 1;
    const kind = kindOf(value);
    field.kinds.add(kind);
    if (!field.first.has(kind)) field.first.set(kind, at);
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

function typeShape({ at, objects, fields }: Type): TypeShape {
  const shapes = sortedEntries(fields).map(([name, field]) => [name, fieldShape(field)] as const);
  return { at, objects, fields: Object.fromEntries(shapes) };
}

/** Whole numbers are numbers too: beside one with a fraction they say nothing more. */
function fieldShape({ seen, kinds }: Field): FieldShape {
  const told = [...kinds].filter((kind) => kind !== 'whole number' || !kinds.has('number'));
  return { seen, kinds: told.sort() };
}

const sortedEntries = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
