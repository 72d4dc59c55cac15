import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from './decimal.ts';
import {
  dividedByRatio,
  isSameRatio,
  isUnity,
  parseRatio,
  ratio,
  ratioText,
  ratioValue,
  timesRatio,
  UNITY,
} from './ratio.ts';

describe('a ratio', () => {
  it.each([
    ['12', '12', '1'],
    ['0.5', '0.5', '1'],
    ['1/17', '1', '17'],
    ['1.50/2', '1.5', '2'],
  ])('is read from %s', (text, numerator, denominator) => {
    expect(parseRatio(text)).toEqual({ numerator, denominator });
  });

  it.each(['', '/', '1/', '/17', '1/2/3', 'a', '1/x', '0', '1/0', '0/1', '-1', '1/-17', '-1/-17'])(
    'is not read from %j',
    (text) => {
      expect(parseRatio(text)).toBeNull();
      expect(() => ratio(text)).toThrow('not a ratio');
    },
  );

  it('is written as it was read', () => {
    for (const text of ['12', '0.5', '1/17', '2/34']) expect(ratioText(ratio(text))).toBe(text);
  });

  it('is the same however it is written', () => {
    expect(isSameRatio(ratio('2/34'), ratio('1/17'))).toBe(true);
    expect(isSameRatio(ratio('1/2'), ratio('0.5'))).toBe(true);
    expect(isSameRatio(ratio('1/17'), ratio('1/18'))).toBe(false);
    expect(isSameRatio(ratio('1/17'), ratio('17'))).toBe(false);
  });

  it('is unity only where it changes nothing', () => {
    expect([UNITY, ratio('1.0'), ratio('3/3')].map(isUnity)).toEqual([true, true, true]);
    expect([ratio('1/3'), ratio('3')].map(isUnity)).toEqual([false, false]);
  });

  it('multiplies and divides exactly where the quotient ends', () => {
    expect(timesRatio(decimal(340), ratio('1/17'))).toBe('20');
    expect(dividedByRatio(decimal(20), ratio('1/17'))).toBe('340');
    expect(timesRatio(decimal('0.1'), ratio('60'))).toBe('6');
    expect(timesRatio(decimal('-34'), ratio('1/17'))).toBe('-2');
  });

  it('keeps 40 places where the quotient does not end', () => {
    expect(timesRatio(decimal(1), ratio('1/17'))).toMatch(/^0\.0588235294117647\d{24,}/);
    expect(ratioValue(ratio('1/4'))).toBe('0.25');
  });

  it('gives back what it took: dividing undoes multiplying by a whole number', () => {
    const part = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), part, (value, factor) => {
        const exact = decimal(`${value}e-3`);
        expect(dividedByRatio(timesRatio(exact, ratio(factor)), ratio(factor))).toBe(exact);
        expect(timesRatio(dividedByRatio(exact, ratio(`1/${factor}`)), ratio(`1/${factor}`))).toBe(exact);
      }),
    );
  });
});
