import { describe, expect, it } from 'vitest';
import type { ContractPeriod } from '../../domain/contract-side.ts';
import { periodRule } from './invariant-period.ts';
import {
  ACME,
  alone,
  BYTE,
  beside,
  contract,
  kinds,
  listing,
  period,
  plan,
  unreadable,
  words,
} from './testing/sides.ts';

const having = (...periods: readonly ContractPeriod[]) => alone({ contracts: [contract({ periods })] });
const MARCH = period('m', '2026-03-01', '2026-03-31');
const APRIL = period('a', '2026-04-01', '2026-04-30');
const MAY = period('y', '2026-05-01', '2026-05-31');

describe('period-contiguity', () => {
  it.each([
    ['one period', [APRIL]],
    ['three, in any order', [MAY, MARCH, APRIL]],
    [
      'one that an amendment cuts',
      [period('1', '2026-04-01', '2026-04-11'), period('2', '2026-04-12', '2026-04-30'), MAY],
    ],
    ['a leap day', [period('1', '2024-02-01', '2024-02-29'), period('2', '2024-03-01', '2024-03-31')]],
  ])('agrees: %s', (_, periods) => {
    expect(kinds(periodRule, having(...periods))).toEqual(['equal']);
  });

  it.each([
    [
      period('y', '2026-05-02', '2026-05-31'),
      '1',
      'a gap of 1 day: period a ends on 2026-04-30, the next (y) starts on 2026-05-02',
    ],
    [
      period('y', '2026-05-04', '2026-05-31'),
      '3',
      'a gap of 3 days: period a ends on 2026-04-30, the next (y) starts on 2026-05-04',
    ],
    [
      period('y', '2026-04-30', '2026-05-31'),
      '-1',
      'an overlap of 1 day: period a ends on 2026-04-30, the next (y) starts on 2026-04-30',
    ],
    [period('y', '2026-05-31', '2026-05-01'), '-30', 'period y ends on 2026-05-01, before it starts on 2026-05-31'],
  ])('names gap and overlap %#', (next, delta, sentence) => {
    const [found] = periodRule.examine(having(APRIL, next));
    expect(found?.outcome).toMatchObject({ kind: 'different', delta, sentence });
    expect(found?.scope).toMatchObject({ orgs: [ACME], subject: 'c1', period: null });
  });

  it('finds one that is listed twice, be it with other dates', () => {
    expect(words(periodRule, having(APRIL, APRIL, MAY))).toEqual(['period a is listed twice']);
    const other = period('a', '2026-05-01', '2026-05-31');
    expect(words(periodRule, having(APRIL, other))).toEqual(['period a is listed twice']);
  });

  it('finds an overlap with a longer period before the last', () => {
    expect(words(periodRule, having(period('q', '2026-03-01', '2026-05-31'), APRIL))).toEqual([
      'an overlap of 61 days: period q ends on 2026-05-31, the next (a) starts on 2026-04-01',
    ]);
  });

  it('names three faults and counts the others, without a delta for them all', () => {
    const days = ['01', '05', '09', '13', '17'].map((day) => period(day, `2026-04-${day}`, `2026-04-${day}`));
    const [found] = periodRule.examine(having(...days));
    expect(found?.outcome).toMatchObject({ kind: 'different', delta: null });
    expect(found?.outcome).toHaveProperty('sentence', expect.stringMatching(/^a gap.*; a gap.*; a gap.*; and 1 more$/));
  });

  it.each([
    ['states no start', period('x', null, '2026-05-31'), 'period x states no start'],
    ['states no end', period('x', '2026-05-01', null), 'period x states no end'],
    ['cannot be read', { ...MAY, start: unreadable() }, 'period y: its start cannot be read: "N/A" is not a number'],
  ])('cannot say of a contract with a period that %s', (_, next, reason) => {
    expect(words(periodRule, having(APRIL, next))).toEqual([reason]);
    expect(kinds(periodRule, having(APRIL, next))).toEqual(['not-comparable']);
  });

  it('says a gap even where another period cannot be read', () => {
    expect(kinds(periodRule, having(MARCH, MAY, period('x', null)))).toEqual(['different']);
  });

  it('looks at contracts in scope that have periods', () => {
    const broken = [contract({ periods: [MARCH, MAY] })];
    expect(kinds(periodRule, alone({ contracts: broken }, { orgs: listing(BYTE) }))).toEqual([]);
    expect(
      kinds(
        periodRule,
        beside({}, { contracts: [contract({ periods: [MARCH, MAY], plans: [plan({ sku: 'OTHER' })] })] }),
      ),
    ).toEqual([]);
    expect(kinds(periodRule, beside({}, { contracts: broken }))).toEqual(['different']);
    expect(kinds(periodRule, having())).toEqual([]);
  });
});
