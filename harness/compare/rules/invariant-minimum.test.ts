import { describe, expect, it } from 'vitest';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { minimumRule } from './invariant-minimum.ts';
import {
  ACME,
  alone,
  BYTE,
  beside,
  kinds,
  legacyLine,
  listing,
  none,
  number,
  subscription,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

/** 10 × 20 + 5 × 23.74 = 318.70 */
const ROW = legacyLine('partner-billing');
const stating = (minimum: LegacySubscription['minimumMonthlyAmount'], lines: readonly Line[] = [ROW]) =>
  beside({ subscriptions: [subscription('partner-billing', lines, { minimumMonthlyAmount: minimum })] });

describe('minimum-monthly-amount', () => {
  it('is reached where the rows make as much', () => {
    for (const least of ['0', '318.69', '318.7']) expect(kinds(minimumRule, stating(number(least)))).toEqual(['equal']);
  });

  it('is not comparable, with both sums, where they make less', () => {
    const sides = stating(number('318.71'));
    const [found] = minimumRule.examine(sides);
    expect(found?.outcome).toMatchObject({ kind: 'not-comparable', expected: true, legacy: { value: '318.71' } });
    expect(words(minimumRule, sides)[0]).toContain('a monthly minimum of 318.71 USD, and its rows make 318.7 USD');
    expect(found?.scope).toMatchObject({ orgs: [ACME], side: 'legacy', period: { start: '2026-04-01' } });
  });

  it('counts rows that the scenario does not map', () => {
    const other = { ...ROW, product: 'OTHER' };
    expect(kinds(minimumRule, stating(number('637.4'), [ROW, other]))).toEqual(['equal']);
    expect(kinds(minimumRule, stating(number('637.41'), [ROW, other]))).toEqual(['not-comparable']);
  });

  it('counts the bundle as a multiplier, and rounds overage half-up to the minor unit', () => {
    expect(kinds(minimumRule, stating(number('2400'), [{ ...ROW, bundle: number(12), actual: number(0) }]))).toEqual([
      'equal',
    ]);
    const small = { ...ROW, committed: none, actual: number(3), overageRate: number('0.335') };
    expect(kinds(minimumRule, stating(number('1.01'), [small]))).toEqual(['equal']);
    expect(kinds(minimumRule, stating(number('1.02'), [small]))).toEqual(['not-comparable']);
  });

  it.each<[string, Partial<Line>]>([
    ['states no price', { committedRate: none }],
    ['states no overage price', { overageRate: none }],
    ['has a quantity that cannot be read', { actual: unreadable() }],
  ])('says so where a row %s', (_, rest) => {
    expect(words(minimumRule, stating(number('1000'), [ROW, { ...ROW, ...rest }]))[0]).toContain(
      'with 1 of its 2 rows unpriced',
    );
    // What is priced is enough.
    expect(kinds(minimumRule, stating(number('318.7'), [ROW, { ...ROW, ...rest }]))).toEqual(['equal']);
  });

  it('is not comparable where it cannot be read, and silent where it is left out', () => {
    expect(kinds(minimumRule, stating(unreadable()))).toEqual(['not-comparable']);
    expect(kinds(minimumRule, stating(none))).toEqual([]);
    expect(kinds(minimumRule, alone({}))).toEqual([]);
  });

  it('passes over organisations that the scenario does not list', () => {
    const sides = stating(number('1000'));
    expect(kinds(minimumRule, { ...sides, policy: { ...sides.policy, orgs: listing(BYTE) } })).toEqual([]);
  });

  it('says which currency, where one is stated', () => {
    const own = subscription('partner-billing', [], { minimumMonthlyAmount: number(5), currency: text('EUR') });
    expect(words(minimumRule, beside({ subscriptions: [own] }))[0]).toContain('5 EUR, and its rows make 0 EUR');
  });
});
