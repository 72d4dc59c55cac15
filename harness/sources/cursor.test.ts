/** A figure that an answer states twice, under two names of the same field. */
import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';
import type { JsonValue } from './json-value.ts';

const at = { exchange: 'e1', pointer: '' };
const body = (text: string): Cursor => new Cursor(parse(text) as JsonValue, at);

describe('a field under two names', () => {
  it('is read under the first name where the second is not there, or the other way round', () => {
    expect(body('{"actual":15}').field('actual', 'usage').decimal()).toMatchObject({ state: 'known', value: '15' });
    expect(body('{"usage":15}').field('actual', 'usage').decimal()).toMatchObject({
      state: 'known',
      at: { pointer: '/usage' },
    });
  });

  it.each([
    ['15', '15.0'],
    ['"15"', '15'],
    ['" 15 "', '"1.5e1"'],
  ])('is one number where both spell it: %s and %s', (one, other) => {
    const cursor = body(`{"actual":${one},"usage":${other}}`).field('actual', 'usage');
    expect(cursor.decimal()).toMatchObject({ state: 'known', value: '15' });
  });

  it('is one date where both spell it', () => {
    const cursor = body('{"start":"2026-04-01","begin":"2026-04-01T00:00:00Z"}').field('start', 'begin');
    expect(cursor.date()).toMatchObject({ state: 'known', value: '2026-04-01' });
  });

  it('cannot be read where they contradict each other, whatever their order', () => {
    const cursor = body('{"usage":"16","actual":15}').field('actual', 'usage');
    const reason = 'it stands under two names: actual says 15, usage says "16"';
    expect(cursor.decimal()).toMatchObject({ state: 'unreadable', reason, at: { pointer: '/actual' } });
    expect(body('{"actual":15,"usage":null}').field('actual', 'usage').decimal()).toMatchObject({
      state: 'unreadable',
      reason: 'it stands under two names: actual says 15, usage says null',
    });
  });

  it('is read where the scenario names the field, which is then one name', () => {
    expect(body('{"usage":"16","actual":15}').field('usage').decimal()).toMatchObject({ state: 'known', value: '16' });
  });
});
