/** Two records of one kind that carry each other's value of one field: every sum stays what it was, and both records are wrong. */
import Big from 'big.js';
import { group } from 'd3-array';
import type { Change } from './changes.ts';
import type { Json, JsonObject } from './corpus.ts';
import { type Copy, copiesOf, objectAt, patternOf, type Spot } from './spots.ts';
import type { Slot } from './wire.ts';

/** Each field of each record, with the nearest record of its list that says otherwise, and with the nearest one of another list. */
export function swapsOf(spots: readonly Spot[]): Change[] {
  const alike = group(spots, (spot) => patternOf(spot, spot.place.pointer));
  return [...alike.values()].flatMap((own) =>
    own.flatMap((spot, index) =>
      spot.place.fields.flatMap((slot) => swapsOfField(spot, slot, own.slice(index + 1), spots)),
    ),
  );
}

function swapsOfField(spot: Spot, slot: Slot, after: readonly Spot[], spots: readonly Spot[]): Change[] {
  if (slot.value === undefined || slot.value === null) return [];
  const others = after.filter(
    (each) => isOther(each.place.value[slot.name], slot.value) && !isAlikeElse(spot, each, slot.name),
  );
  const near = others.find((each) => isSibling(spot, each));
  const far = others.find((each) => !isSibling(spot, each));
  return [near, far].flatMap((other) => (other === undefined ? [] : swapped(spot, other, slot, spots)));
}

const isOther = (value: Json | undefined, own: Json | undefined): boolean =>
  value !== undefined && value !== null && JSON.stringify(factOf(value)) !== JSON.stringify(factOf(own));

/** A value without its spelling: records that state the same fact in other words have nothing to swap. */
function factOf(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(factOf).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value === 'number') return new Big(value).toFixed();
  if (typeof value === 'string') return wordOf(value.trim());
  if (typeof value !== 'object' || value === null) return value ?? null;
  const stated = Object.entries(value).filter(([name]) => !LABELS.includes(name) || name === 'id');
  return Object.fromEntries(stated.map(([name, part]) => [name, factOf(part)]).sort());
}

function wordOf(text: string): string {
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return new Big(text).toFixed();
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return new Date(text).toISOString().slice(0, 10);
  return COUNTED.test(text) ? 'each' : text.toLowerCase();
}

/** Words for what is counted mean the same, or may do so. */
const COUNTED = /^(users?|seats?|persons?|agents?|licen[cs]es?|units?|each|ea|numbers?|counts?|messages?)$/i;

/** What two records are called says nothing of what they state. */
const LABELS = ['id', 'name', 'orgName', 'itemNumber', 'description', 'selfUri'];

/** Two records of one list that differ in this field alone are, when they swap it, the same two in another order. */
function isAlikeElse(spot: Spot, other: Spot, field: string): boolean {
  if (isSibling(spot, other)) return isSame(spot.place.value, other.place.value, field);
  // Whom two plans name that are alike in all else.
  const [own, theirs] = [planAround(spot), planAround(other)];
  return own !== null && theirs !== null && spot.body === other.body && isSame(own, theirs, 'organizations');
}

function isSame(one: JsonObject, other: JsonObject, field: string): boolean {
  const rest = (owner: JsonObject): string =>
    JSON.stringify(
      factOf(Object.fromEntries(Object.entries(owner).filter(([name]) => name !== field && !LABELS.includes(name)))),
    );
  return rest(one) === rest(other);
}

function planAround({ body, place }: Spot): JsonObject | null {
  const plan = /^(.*\/plans\/\d+)\/organizations\/\d+$/.exec(place.pointer)?.[1];
  return plan === undefined ? null : objectAt(body.json, plan);
}

const listOf = ({ body, place }: Spot): string =>
  `${body.exchange.id} ${place.pointer.slice(0, place.pointer.lastIndexOf('/'))}`;
const isSibling = (spot: Spot, other: Spot): boolean => listOf(spot) === listOf(other);

function swapped(spot: Spot, other: Spot, slot: Slot, spots: readonly Spot[]): Change[] {
  const there = new Map<Copy, ReturnType<typeof copiesOf>[number]>(
    copiesOf(other, spots).map((copy) => [copy.copy, copy]),
  );
  const theirs = other.place.value[slot.name];
  return copiesOf(spot, spots).flatMap(({ copy, at }) => {
    const twin = there.get(copy);
    if (twin === undefined || theirs === undefined) return [];
    const put = (to: Json) => (one: (typeof at)[number]) => ({
      exchange: one.exchange,
      edit: (json: Parameters<Change['edits'][number]['edit']>[0]) => {
        const owner = objectAt(json, one.pointer);
        if (owner === null) return false;
        owner[slot.name] = to;
        return true;
      },
    });
    return [
      {
        kind: 'value swapped' as const,
        field: slot.field,
        pattern: patternOf(spot, `${spot.place.pointer}/${slot.name}`),
        copy,
        what: `${slot.name} at ${spot.place.pointer} ↔ ${other.place.pointer}: ${JSON.stringify(slot.value)} ↔ ${JSON.stringify(theirs)}`,
        from: slot.value,
        to: theirs,
        at,
        owner: spot.place.value,
        other: { at: twin.at, owner: other.place.value },
        edits: [...at.map(put(theirs)), ...twin.at.map(put(slot.value ?? null))],
      },
    ];
  });
}
