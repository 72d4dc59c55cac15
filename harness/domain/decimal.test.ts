import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compareDecimals,
  decimal,
  decimalPlaces,
  divide,
  multiply,
  parseDecimal,
  round,
  subtract,
  sum,
} from './decimal.ts';

describe('parseDecimal', () => {
  it.each([
    ['15', '15'],
    [' 23.740 ', '23.74'],
    ['1.5e1', '15'],
    ['1e-6', '0.000001'],
    ['12345678901234.56', '12345678901234.56'],
    ['-0', '0'],
    ['0.000', '0'],
    ['+5', '5'],
    ['5.', '5'],
    ['.5', '0.5'],
    ['1.5e-10', '0.00000000015'],
    ['1.5e-100', `0.${'0'.repeat(99)}15`],
  ])('reads %j as %s', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected);
  });

  it.each(['', ' ', 'N/A', '1,000', '1 000', 'Infinity', 'NaN', '0x10', '--1', '1e', '1e9999', '٣', '1_000'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );
});

describe('arithmetic', () => {
  it('is exact where floating point is not', () => {
    expect(sum([decimal('0.1'), decimal('0.1'), decimal('0.1')])).toBe('0.3');
    expect(multiply(decimal('1.15'), decimal('100'))).toBe('115');
  });

  it('rounds halves by the mode asked for', () => {
    expect(round(decimal('0.125'), 2, 'half-up')).toBe('0.13');
    expect(round(decimal('0.125'), 2, 'half-even')).toBe('0.12');
    expect(round(decimal('-0.125'), 2, 'half-up')).toBe('-0.13');
    expect(round(decimal('0.129'), 2, 'down')).toBe('0.12');
  });

  it('keeps the laws of arithmetic on any decimals', () => {
    const any = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
      .map(([digits, places]) => decimal(`${digits}e-${places}`));
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(add(a, b)).toBe(add(b, a));
        expect(subtract(add(a, b), b)).toBe(a);
        expect(multiply(a, add(b, c))).toBe(add(multiply(a, b), multiply(a, c)));
        expect(compareDecimals(a, b)).toBe(0 - compareDecimals(b, a));
        expect(parseDecimal(a)).toBe(a);
        expect(decimalPlaces(round(a, 3, 'half-even'))).toBeLessThanOrEqual(3);
        expect(compareDecimals(absolute(a), decimal(0))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('divides to forty places', () => {
    expect(divide(decimal(1), decimal(3))).toBe(`0.${'3'.repeat(40)}`);
  });
});
