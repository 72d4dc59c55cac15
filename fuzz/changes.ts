/** Changes of a body: one field, one record or the whole body, and what it then says. */
import Big from 'big.js';
import { group } from 'd3-array';
import type { Answered, Body, Corpus, Json, JsonObject, Replacements } from './corpus.ts';
import { type At, type Copy, copiesOf, isScalar, listAt, objectAt, patternOf, type Spot } from './spots.ts';
import { swapsOf } from './swaps.ts';
import { type Api, type FieldName, fieldName, placesOf, type Slot } from './wire.ts';

export const CHANGE_KINDS = [
  'field deleted',
  'field null',
  'field of another type',
  'one more',
  'a cent more',
  'much more',
  'a day later',
  'a day earlier',
  'a year later',
  'a year earlier',
  'another value',
  'unknown value',
  'field added',
  'value swapped',
  'list emptied',
  'record deleted',
  'record doubled',
  'record moved',
  'body empty',
  'body an error',
  'body of another',
  'answered 404',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What becomes of one body. Null: nothing can be done there. */
type Edit = (json: JsonObject) => boolean;

export interface Change {
  readonly kind: ChangeKind;
  /** What is changed: a field; of a record the list that it stands in; of a body its type. */
  readonly field: FieldName;
  /** Where it stands in a body of which type, with an asterisk for each index of a list. */
  readonly pattern: string;
  readonly copy: Copy;
  /** In words, for whoever reads of it: where, from what, to what. */
  readonly what: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** Where: exchange and pointer of the object, and what else stands in that object. */
  readonly at: readonly At[];
  readonly owner: JsonObject;
  /** Of values that two records swap: the other record, where it stands, and what it says of the field now. */
  readonly other?: { readonly at: readonly At[]; readonly owner: JsonObject };
  readonly edits: readonly { readonly exchange: string; readonly edit: Edit }[];
  /** Of whole bodies. */
  readonly answer?: Answered;
}

/** What is served with all these changes made: those of fields first, as records that go or come move what stands behind them. */
export function replacing(corpus: Corpus, changes: readonly Change[]): Replacements {
  const found = new Map<string, Answered>();
  const edited = new Map<string, JsonObject>();
  const bodies = new Map(corpus.bodies.map((body) => [body.exchange.id, body]));
  for (const { edits, answer, at } of changes.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    if (answer !== undefined) for (const { exchange } of at) found.set(exchange, answer);
    for (const { exchange, edit } of edits) {
      const json = edited.get(exchange) ?? structuredClone(bodies.get(exchange)?.json ?? {});
      edited.set(exchange, json);
      edit(json);
    }
  }
  for (const [exchange, json] of edited) {
    if (!found.has(exchange)) found.set(exchange, { status: 200, body: JSON.stringify(json) });
  }
  return found;
}

const rankOf = ({ kind }: Change): number => (kind.startsWith('record') ? 1 : 0);

/** Every change of the bodies that these rules know, in the order of the bodies. */
export function changesOf(corpus: Corpus): Change[] {
  const spots = corpus.bodies.flatMap((body) =>
    placesOf(body.api, body.type, body.json).map((place) => ({ body, place })),
  );
  const values = valuesOf(spots);
  const lists = group(
    spots.flatMap((spot) =>
      spot.place.fields.filter(({ value }) => Array.isArray(value)).map((slot) => ({ spot, slot })),
    ),
    ({ slot }) => slot.field,
  );
  return [
    ...spots.flatMap((spot) => [
      ...spot.place.fields.flatMap((slot) => fieldChanges(spot, slot, values.get(slot.field) ?? [], spots)),
      ...recordChanges(spot, lists.get(spot.place.list?.field ?? '') ?? [], spots),
    ]),
    ...swapsOf(spots),
    ...corpus.bodies.flatMap((body) => bodyChanges(body, corpus)),
  ];
}

/** Values of each field, over all bodies. */
function valuesOf(spots: readonly Spot[]): Map<FieldName, Json[]> {
  const found = new Map<FieldName, Json[]>();
  for (const { field, value } of spots.flatMap(({ place }) => place.fields)) {
    if (!isScalar(value)) continue;
    const known = found.get(field) ?? [];
    if (!known.includes(value)) found.set(field, [...known, value]);
  }
  return found;
}

type Variant = readonly [kind: ChangeKind, to: Json | undefined];

function fieldChanges(spot: Spot, slot: Slot, values: readonly Json[], spots: readonly Spot[]): Change[] {
  const variants = slot.value === undefined || slot.value === null ? additions(slot, values) : variantsOf(slot, values);
  const { pointer } = spot.place;
  return variants.flatMap(([kind, to]) =>
    copiesOf(spot, spots).map(({ copy, at }) => ({
      kind,
      field: slot.field,
      pattern: patternOf(spot, `${pointer}/${slot.name}`),
      copy,
      what: `${slot.name} at ${pointer || '/'}: ${JSON.stringify(slot.value)} → ${JSON.stringify(to)}`,
      from: slot.value,
      to,
      at,
      owner: spot.place.value,
      edits: at.map((one) => ({
        exchange: one.exchange,
        edit: (json) => {
          const owner = objectAt(json, one.pointer);
          if (owner === null) return false;
          if (to === undefined) delete owner[slot.name];
          else owner[slot.name] = to;
          return true;
        },
      })),
    })),
  );
}

function variantsOf({ name, value, shape }: Slot, values: readonly Json[]): Variant[] {
  const gone: Variant[] = [
    ['field deleted', undefined],
    ['field null', null],
    ['field of another type', isScalar(value) ? { value } : 'text'],
  ];
  if (Array.isArray(value)) return value.length > 0 ? [...gone, ['list emptied', []]] : gone;
  if (!isScalar(value)) return gone;
  if (name.startsWith('unitOfMeasure'))
    return [...gone, ['another value', otherUnit(value)], ['unknown value', 'Parsec']];
  const other = otherWord(name, value);
  if (other !== null) return [...gone, ['another value', other], ['unknown value', `${value}-x`]];
  return [...gone, ...othersThan(value, shape, values)];
}

function othersThan(value: string | number | boolean, shape: Slot['shape'], values: readonly Json[]): Variant[] {
  if (typeof value === 'boolean') return [['another value', !value]];
  if (typeof value === 'number') {
    return [
      ['one more', Number(new Big(value).plus(1))],
      ['a cent more', Number(new Big(value).plus('0.01'))],
      ['much more', Number(new Big(value).times(1000).plus(MUCH))],
    ];
  }
  const number = numberIn(value, shape);
  if (number !== null) {
    return [
      ['one more', number.plus(1).toFixed()],
      ['a cent more', number.plus('0.01').toFixed()],
      ['much more', number.times(1000).plus(MUCH).toFixed()],
    ];
  }
  const other = values.find((each) => typeof each === 'string' && each.toLowerCase() !== value.toLowerCase());
  const known: Variant[] = other === undefined ? [] : [['another value', other]];
  if (shape === 'date' || shape === 'instant') {
    return [
      ['a day later', shifted(value, 1)],
      ['a day earlier', shifted(value, -1)],
      ['a year later', shifted(value, 366)],
      ['a year earlier', shifted(value, -366)],
    ];
  }
  if (typeof shape === 'object' && 'oneOf' in shape) {
    const word = shape.oneOf.find((each) => each !== value && !value.toLowerCase().startsWith(each.toLowerCase()));
    return word === undefined
      ? known
      : [
          ['another value', word],
          ['unknown value', 'Otherwise'],
        ];
  }
  return [...known, ['unknown value', `${value}-x`]];
}

/** A word for what is measured otherwise: words for what is counted may mean the same. */
const otherUnit = (value: Json): string => (/^(minute|hour)$/i.test(String(value)) ? 'GB' : 'Minute');

/** Valid words that a small run need not have. */
function otherWord(name: string, value: Json): string | null {
  if (/currency(IsoCode)?$/i.test(name)) return value === 'CHF' ? 'EUR' : 'CHF';
  if (name === 'subscriptionType')
    return value === 'FREE_TRIAL_MONTH_TO_MONTH' ? 'PREPAY' : 'FREE_TRIAL_MONTH_TO_MONTH';
  return name === 'type' ? 'OneTime' : null;
}

/** More than any small bill. */
const MUCH = 1_000_000;

/** Legacy states numbers as text; ids and names that are made of digits are none. */
function numberIn(value: string, shape: Slot['shape']): Big | null {
  if (shape !== 'numeric' && shape !== 'string') return null;
  return /^\s*-?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(value) ? new Big(value.trim()) : null;
}

const DAY = 86_400_000;
function shifted(value: string, days: number): string {
  const at = Date.parse(value.slice(0, 10));
  if (Number.isNaN(at)) return `${value}-x`;
  return new Date(at + days * DAY).toISOString().slice(0, 10) + value.slice(10);
}

/** A field that its schema has and the body left out. */
function additions({ shape, value }: Slot, values: readonly Json[]): Variant[] {
  const to = additionOf(shape, values);
  return to === undefined || to === value ? [] : [['field added', to]];
}

function additionOf(shape: Slot['shape'], values: readonly Json[]): Json | undefined {
  const [known] = values;
  if (known !== undefined) return known;
  if (typeof shape === 'object') return 'oneOf' in shape ? shape.oneOf[0] : undefined;
  const words: Readonly<Record<string, Json>> = {
    number: 7,
    numeric: '7',
    boolean: true,
    date: '2026-04-10',
    instant: '2026-04-10T00:00:00Z',
    strings: ['added'],
  };
  return words[shape] ?? 'added';
}

function recordChanges(
  spot: Spot,
  lists: readonly { readonly spot: Spot; readonly slot: Slot }[],
  spots: readonly Spot[],
): Change[] {
  const { list, value, pointer } = spot.place;
  if (list === null) return [];
  const change = (kind: ChangeKind, edits: (at: At) => Change['edits'][number][]): Change[] =>
    copiesOf(spot, spots).map(({ copy, at }) => ({
      kind,
      field: list.field,
      pattern: patternOf(spot, pointer),
      copy,
      what: `${pointer} of ${spot.body.exchange.path}`,
      from: value,
      to: undefined,
      at,
      owner: value,
      edits: at.flatMap(edits),
    }));
  const listOf = (at: string): string => at.slice(0, at.lastIndexOf('/'));
  const other = lists.find(
    (each) => !(each.spot.body === spot.body && `${each.spot.place.pointer}/${each.slot.name}` === list.pointer),
  );
  const edit = (exchange: string, at: string, how: (entries: Json[]) => unknown): Change['edits'][number] => ({
    exchange,
    edit: (json) => {
      const entries = listAt(json, at);
      if (entries === null) return false;
      how(entries);
      return true;
    },
  });
  const remove = (at: At) => edit(at.exchange, listOf(at.pointer), (entries) => entries.splice(list.index, 1));
  return [
    ...change('record deleted', (at) => [remove(at)]),
    ...change('record doubled', (at) => [
      edit(at.exchange, listOf(at.pointer), (entries) => entries.push(structuredClone(value))),
    ]),
    ...(other === undefined
      ? []
      : change('record moved', (at) => [
          edit(other.spot.body.exchange.id, `${other.spot.place.pointer}/${other.slot.name}`, (entries) =>
            entries.push(structuredClone(value)),
          ),
          remove(at),
        ]).filter(({ copy }) => copy !== 'both alike')),
  ];
}

function bodyChanges(body: Body, corpus: Corpus): Change[] {
  const { exchange, type, api } = body;
  const error = '{"message":"an internal error","code":"internal.error","status":500}';
  const other = corpus.bodies.find((each) => each.type === type && each !== body);
  const change = (kind: ChangeKind, answer: Answered): Change => ({
    kind,
    field: bodyField(api, type),
    pattern: type,
    copy: 'only one',
    what: exchange.path,
    from: undefined,
    to: undefined,
    at: [{ exchange: exchange.id, pointer: '' }],
    owner: body.json,
    edits: [],
    answer,
  });
  return [
    change('body empty', { status: 200, body: '{}' }),
    change('body an error', { status: 200, body: error }),
    change('answered 404', { status: 404, body: '{"message":"not found","code":"not.found","status":404}' }),
    ...(other === undefined ? [] : [change('body of another', { status: 200, body: JSON.stringify(other.json) })]),
  ];
}

const bodyField = (api: Api, type: string): FieldName => fieldName(api, type, '').replace(/\.$/, '');
