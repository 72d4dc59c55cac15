import { describe, expect, it } from 'vitest';
import type { ContractPeriod } from '../../domain/contract-side.ts';
import { periodDetailRule } from './invariant-period-detail.ts';
import {
  alone,
  BYTE,
  contract,
  date,
  detail,
  kinds,
  listing,
  none,
  period,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const between = (listed: ContractPeriod, own: Partial<ContractPeriod>, more: Parameters<typeof alone>[1] = {}) =>
  alone(
    { contracts: [contract({ periods: [listed] })], details: [detail([], { head: { ...period(), ...own } })] },
    more,
  );

describe('period-detail-agreement', () => {
  it('agrees with itself, whatever the case of the status', () => {
    expect(kinds(periodDetailRule, between(period(), {}))).toEqual(['equal']);
    expect(kinds(periodDetailRule, between(period(), { status: text('CLOSED') }))).toEqual(['equal']);
  });

  it.each([
    ['start', { start: date('2026-04-02') }, '1', 'the start of period p1 is 2026-04-01'],
    ['end', { end: date('2026-04-29') }, '-1', 'the end of period p1 is 2026-04-30'],
    ['status', { status: text('Open') }, null, 'the status of period p1 is Closed'],
  ])('finds another %s', (_, own, delta, sentence) => {
    const [found] = periodDetailRule.examine(between(period(), own));
    expect(found?.outcome).toMatchObject({ kind: 'different', legacy: null, delta });
    expect(found?.outcome).toHaveProperty('sentence', expect.stringContaining(sentence));
    expect(found?.scope).toMatchObject({ subject: 'period p1 of contract c1', period: { start: '2026-04-01' } });
  });

  it('takes what either leaves out for no disagreement', () => {
    expect(kinds(periodDetailRule, between(period(), { start: none, end: none, status: none }))).toEqual(['equal']);
    expect(kinds(periodDetailRule, between(period('p1', null, null), {}))).toEqual(['equal']);
  });

  it.each(['start', 'end', 'status'] as const)('cannot say with a %s that cannot be read', (field) => {
    expect(kinds(periodDetailRule, between(period(), { [field]: unreadable() }))).toEqual(['not-comparable']);
  });

  it('is held against every entry of a period that is listed twice', () => {
    const twice = [period(), period('p1', '2026-04-01', '2026-04-29')];
    const sides = alone({ contracts: [contract({ periods: twice })], details: [detail([])] });
    expect(words(periodDetailRule, sides)).toEqual([
      'the end of period p1 is 2026-04-29 in the contract’s list and 2026-04-30 in the period’s own answer',
    ]);
  });

  it('passes over contracts that are out of scope', () => {
    expect(kinds(periodDetailRule, between(period(), { status: text('Open') }, { orgs: listing(BYTE) }))).toEqual([]);
  });
});
