import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, round } from '../../domain/decimal.ts';
import { ratio, timesRatio } from '../../domain/ratio.ts';
import { productsOf } from '../scope/products.ts';
import { policy, product, row } from '../testing/sides.ts';
import { agreesConverted, conversionOf, ratesAgreeConverted } from './conversion.ts';

const groupOf = (...products: ReturnType<typeof product>[]) => {
  const [group] = productsOf(policy({ products })).groups;
  if (group === undefined) throw new Error('no group');
  return group;
};

describe('the conversion of a pair', () => {
  it('is the one factor of its lines', () => {
    const group = groupOf(product('A', { skus: ['X'], factor: ratio('1/17') }), product('B', { skus: ['X'] }));
    expect(conversionOf(group, [row('o', 'A'), row('o', 'A')])).toEqual(ratio('1/17'));
    expect(conversionOf(group, [row('o', 'B')])).toBeNull();
    expect(conversionOf(group, [row('o', 'A'), row('o', 'B')])).toBeNull();
    expect(conversionOf(group, [])).toBeNull();
  });
});

/** `legacy` as it stands, before its factor. */
const agrees = (legacy: string, contract: string, factor: string): boolean =>
  agreesConverted(timesRatio(decimal(legacy), ratio(factor)), decimal(contract), ratio(factor));

describe('quantities of other units', () => {
  it.each([
    ['exact', '340', '20', '1/17'],
    ['rounded to 2 places', '100', '5.88', '1/17'],
    ['rounded to more', '100', '5.882353', '1/17'],
    ['the half, up', '1', '0.13', '1/8'],
    ['the half, to the even', '1', '0.12', '1/8'],
    ['rounded on the other side', '5.88', '100', '17'],
  ])('agree: %s', (_, legacy, contract, factor) => {
    expect(agrees(legacy, contract, factor)).toBe(true);
  });

  it.each([
    ['one off at the last place', '100', '5.89', '1/17'],
    ['cut off', '100', '5.87', '1/17'],
    ['rounded to fewer than 2 places', '100', '5.9', '1/17'],
    ['a whole number', '100', '6', '1/17'],
    ['not converted', '100', '100', '1/17'],
    ['converted the other way', '100', '1700', '1/17'],
    ['nothing', '100', '0', '1/17'],
  ])('do not agree: %s', (_, legacy, contract, factor) => {
    expect(agrees(legacy, contract, factor)).toBe(false);
  });

  it('agree with any rounding at the places that are stated, and with no other value at those places', () => {
    const places = fc.integer({ min: 2, max: 8 });
    const value = fc.integer({ min: 1, max: 10_000_000 });
    const parts = fc.integer({ min: 2, max: 97 });
    fc.assert(
      fc.property(value, parts, places, (legacy, denominator, at) => {
        const factor = `1/${denominator}`;
        const exact = timesRatio(decimal(legacy), ratio(factor));
        expect(agrees(String(legacy), round(exact, at, 'half-even'), factor)).toBe(true);
        const off = Number(round(exact, 2, 'half-even')) + 0.02;
        expect(agrees(String(legacy), off.toFixed(2), factor)).toBe(false);
      }),
    );
  });
});

describe('rates per other units', () => {
  const same = (legacy: string, contract: string): boolean =>
    // 2.40 an hour is 0.04 a minute.
    ratesAgreeConverted(decimal(legacy), decimal(contract), ratio(60));

  it('agree where one, converted, rounds to the other', () => {
    expect(same('0.04', '0.04')).toBe(true);
    expect(same('0.0333333333333333333333333333333333333333', '0.03')).toBe(true);
    // 20.001 / 60 = 0.33335
    expect(same('0.33335', '0.33335')).toBe(true);
    expect(same('0.33335', '0.33')).toBe(true);
    expect(same('0.33335', '0.34')).toBe(false);
    expect(same('2.4', '0.04')).toBe(false);
  });
});
