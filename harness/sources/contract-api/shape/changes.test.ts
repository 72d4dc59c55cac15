/** What counts as a change of the shape, and what chance could have said. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape, TypeShape, ValueKind } from '../../../domain/shape.ts';
import { changesOf } from './changes.ts';
import { againstBaseline } from './drift.ts';
import { ObservedShape } from './observe.ts';

type Fields = Readonly<Record<string, readonly [number, ...ValueKind[]]>>;

const type = (objects: number, fields: Fields): TypeShape => ({
  at: '/charges/*',
  objects,
  fields: Object.fromEntries(Object.entries(fields).map(([name, [seen, ...kinds]]) => [name, { seen, kinds }])),
});

const shape = (objects: number, fields: Fields, contractsPageMaximum: number | null = null): Shape => ({
  types: { BillingCharge: type(objects, fields) },
  contractsPageMaximum,
});

const told = (before: Shape, now: Shape): string[] =>
  changesOf(before, now).map(({ kind, field }) => `${kind} ${field}`);

describe('changes of the shape', () => {
  it('are none between a shape and itself', () => {
    const kind = fc.constantFrom<ValueKind>('number', 'whole number', 'text', 'null', 'date');
    const field = fc.tuple(fc.nat(40), fc.uniqueArray(kind, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), field), (fields) => {
        const one = shape(
          40,
          Object.fromEntries(Object.entries(fields).map(([name, [seen, kinds]]) => [name, [seen, ...kinds]])),
        );
        expect(told(one, one)).toStrictEqual([]);
      }),
    );
  });

  it.each<[string, Shape, Shape, string[]]>([
    ['a field that all had', shape(30, { amount: [30, 'number'] }), shape(1, {}), ['gone-field amount']],
    ['a field that a tenth had, of ten', shape(100, { amount: [10, 'number'] }), shape(10, {}), []],
    [
      'a field that a tenth had, of a hundred',
      shape(100, { amount: [10, 'number'] }),
      shape(100, {}),
      ['gone-field amount'],
    ],
    ['all objects gone', shape(30, { amount: [30, 'number'] }), shape(0, {}), []],
    [
      'a known renaming',
      shape(30, { getactualQuantity: [30, 'number'] }),
      shape(30, { actualQuantity: [30, 'number'] }),
      ['renamed-field actualQuantity'],
    ],
    [
      'another name of another kind',
      shape(30, { total: [30, 'number'] }),
      shape(30, { totals: [30, 'list'] }),
      ['gone-field total', 'new-field totals'],
    ],
    [
      'a fraction among many whole numbers',
      shape(30, { amount: [30, 'whole number'] }),
      shape(30, { amount: [30, 'number'] }),
      ['retyped-field amount'],
    ],
    ['a fraction among few', shape(30, { amount: [3, 'whole number'] }), shape(30, { amount: [3, 'number'] }), []],
    [
      'whole numbers alone where fractions were',
      shape(30, { amount: [30, 'number'] }),
      shape(30, { amount: [30, 'whole number'] }),
      [],
    ],
    [
      'a text for a number',
      shape(30, { amount: [3, 'number'] }),
      shape(30, { amount: [3, 'text'] }),
      ['retyped-field amount'],
    ],
    [
      'the first value where only null was',
      shape(30, { note: [30, 'null'] }),
      shape(30, { note: [30, 'null', 'text'] }),
      [],
    ],
    [
      'the first null',
      shape(30, { note: [30, 'text'] }),
      shape(30, { note: [30, 'text', 'null'] }),
      ['newly-null note'],
    ],
    [
      'left out in places',
      shape(30, { note: [30, 'text'] }),
      shape(30, { note: [29, 'text'] }),
      ['newly-left-out note'],
    ],
    ['left out in places where few were seen', shape(5, { note: [5, 'text'] }), shape(30, { note: [29, 'text'] }), []],
    ['always there', shape(30, { note: [15, 'text'] }), shape(30, { note: [30, 'text'] }), ['always-there note']],
    ['always there, by chance perhaps', shape(30, { note: [29, 'text'] }), shape(30, { note: [30, 'text'] }), []],
    ['another page', shape(1, {}, 200), shape(1, {}, 10), ['page-maximum pageSize']],
    ['a page that was not asked for', shape(1, {}, 200), shape(1, {}, null), []],
  ])('%s', (_what, before, now, expected) => {
    expect(told(before, now)).toStrictEqual(expected);
  });
});

describe('what they do to a comparison', () => {
  const effects = (before: Shape, now: Shape): string[] => {
    const observed = new ObservedShape(new Map(), null);
    Object.assign(observed, { shape: now });
    return againstBaseline([], observed, before).notes.map(({ pointer, effect }) => `${pointer} ${effect?.severity}`);
  };

  it('is judged by the rules that stand on the field', () => {
    const before = shape(30, { actualQuantity: [30, 'number'], id: [30, 'text'], overageRate: [30, 'number'] });
    const now = shape(30, { actualQuantity: [30, 'list'], overageRate: [30, 'number', 'null'] });
    expect(effects(before, now)).toStrictEqual([
      '/charges/*/id none',
      '/charges/*/actualQuantity breaks',
      '/charges/*/overageRate weakens',
    ]);
  });
});
