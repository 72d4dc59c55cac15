import { describe, expect, it } from 'vitest';
import { sampleContext } from '../../testing/sample.ts';
import { groupsOf } from './groups.ts';
import { buildIndex } from './search-index.ts';
import { select } from './select.ts';
import { GROUP_KEYS, START, STATUSES } from './view-state.ts';

const { findings } = sampleContext({ out: '' });
const index = buildIndex(findings);
const { entries } = select(index, { ...START, statuses: STATUSES });

describe('groups', () => {
  it.each(GROUP_KEYS)('by %s: each group’s query finds as many as the group says', (by) => {
    const groups = groupsOf(entries, by);
    expect(groups.length).toBeGreaterThan(1);
    for (const { query, count } of groups) {
      const found = select(index, { ...START, statuses: STATUSES, query }).entries;
      expect([query, found.length]).toEqual([query, count]);
    }
  });

  it('counts every finding once but where it is of several organisations', () => {
    const sum = (by: (typeof GROUP_KEYS)[number]): number =>
      groupsOf(entries, by).reduce((total, { count }) => total + count, 0);
    expect([sum('rule'), sum('product'), sum('cause')]).toEqual([64, 64, 64]);
    expect(sum('org')).toBe(findings.reduce((total, { orgs }) => total + Math.max(1, orgs.length), 0));
  });

  it('adds money up by currency and direction, exactly', () => {
    const [one] = findings;
    if (one === undefined) throw new Error('the sample has findings');
    const made = ['0.10', '0.20', '90071992547409930.01'].map((amount, at) => ({
      ...one,
      id: String(at),
      rule: 'overage-rate',
      status: 'mismatch' as const,
      moneyAtRisk: { currency: 'USD', amount, direction: 'over-billed' },
    }));
    const [group] = groupsOf(select(buildIndex(made), START).entries, 'rule');
    expect(group?.money).toEqual([{ currency: 'USD', amount: '90071992547409930.31', direction: 'over-billed' }]);
  });

  it('never adds waived, tolerated or unverified money to what is at risk', () => {
    const [one] = findings;
    if (one === undefined) throw new Error('the sample has findings');
    const money = { currency: 'USD', amount: '80.00', direction: 'under-billed' };
    const made = (['mismatch', 'waived', 'tolerated', 'unstable'] as const).map((status) => ({
      ...one,
      id: status,
      rule: 'overage-rate',
      status,
      moneyAtRisk: money,
    }));
    const [group] = groupsOf(select(buildIndex(made), { ...START, statuses: STATUSES }).entries, 'rule');
    expect(group?.money).toEqual([money]);
    expect(group?.otherMoney).toEqual([{ ...money, amount: '240.00' }]);
  });
});
