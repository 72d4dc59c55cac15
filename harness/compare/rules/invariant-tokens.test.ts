import { describe, expect, it } from 'vitest';
import type { Charge } from '../../domain/contract-side.ts';
import { tokenRule } from './invariant-tokens.ts';
import { alone, charge, detail, kinds, none, number, text, unreadable, words } from './testing/sides.ts';

const converted = (actual: string | null, rate: string | null, count: string | null, rest: Partial<Charge> = {}) =>
  alone({
    details: [
      detail([
        charge(
          { actual },
          {
            tokens: { count: count === null ? none : number(count), rate: rate === null ? none : number(rate) },
            ...rest,
          },
        ),
      ]),
    ],
  });

describe('token-conversion', () => {
  it.each([
    ['exact', converted('340', '17', '20')],
    ['rounded down', converted('100', '17', '5')],
    ['rounded up', converted('100', '17', '6')],
    ['at the places that the count states', converted('100', '17', '5.88')],
    ['rounded up at those places', converted('100', '17', '5.89')],
    ['use in tokens', converted('25', null, '25', { unit: text('Tokens') })],
    ['use in tokens, whatever the rate', converted('25', '17', '25', { unit: text('Token') })],
    ['no use, no tokens', converted('0', '17', '0')],
    ['no tokens, no rate', converted('10', null, '0')],
  ])('agrees: %s', (_, sides) => {
    expect(kinds(tokenRule, sides)).toEqual(['equal']);
  });

  it.each([
    ['340', '17', '25', '5', '340 used ÷ 17 make 20 tokens, the charge says 25'],
    ['340', '17', '19', '-1', '340 used ÷ 17 make 20 tokens, the charge says 19'],
    ['100', '17', '7', '1', '100 used ÷ 17 make 6 tokens, the charge says 7'],
    ['100', '17', '5.9', '0', ''],
    ['100', '17', '5.87', '-0.01', '100 used ÷ 17 make 5.88 tokens, the charge says 5.87'],
    ['340', '17', '340', '320', '340 used ÷ 17 make 20 tokens, the charge says 340'],
    ['340', '17', '0', '-20', '340 used ÷ 17 make 20 tokens, the charge says 0'],
  ])('of %s used at %s to a token: %s', (actual, rate, count, delta, sentence) => {
    const [found] = tokenRule.examine(converted(actual, rate, count));
    expect(found?.outcome).toMatchObject(sentence === '' ? { kind: 'equal' } : { kind: 'different', delta, sentence });
  });

  it('of use in tokens that is another number', () => {
    expect(kinds(tokenRule, converted('25', '17', '26', { unit: text('Token') }))).toEqual(['different']);
    expect(words(tokenRule, converted('25', null, '26', { unit: text('Token') }))).toEqual([
      '25 used in tokens, the charge says 26',
    ]);
  });

  it('of use in another unit is not the use itself', () => {
    expect(kinds(tokenRule, converted('25', '17', '25', { unit: text('Minute') }))).toEqual(['different']);
  });

  it.each([
    ['a count without a rate', converted('340', null, '20')],
    ['a rate of zero', converted('340', '0', '20')],
    ['a rate without a count', converted('340', '17', null)],
    ['a count without use', converted(null, '17', '20')],
    ['a count that cannot be read', converted('1', null, null, { tokens: { count: unreadable(), rate: number(1) } })],
    ['a rate that cannot be read', converted('1', null, null, { tokens: { count: number(1), rate: unreadable() } })],
    ['use that cannot be read', converted(null, '17', '20', { actual: unreadable() })],
  ])('cannot say with %s', (_, sides) => {
    expect(kinds(tokenRule, sides)).toEqual(['not-comparable']);
    expect(words(tokenRule, sides)[0]).not.toBe('');
  });

  it('has nothing to say of a charge that states no conversion', () => {
    expect(kinds(tokenRule, converted('340', null, null))).toEqual([]);
  });
});
