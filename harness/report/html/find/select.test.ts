import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../domain/run-result.ts';
import { sampleContext } from '../../testing/sample.ts';
import { buildIndex } from './search-index.ts';
import { select } from './select.ts';
import { START, STATUSES } from './view-state.ts';

const { findings } = sampleContext({ out: '' });
const index = buildIndex(findings);
const ids = (list: readonly { readonly finding: Finding }[]): string[] => list.map(({ finding }) => finding.id);

describe('select', () => {
  it('starts with the unresolved findings in the given order', () => {
    const unresolved = findings.filter(({ status }) => ['mismatch', 'not-comparable', 'unstable'].includes(status));
    expect(ids(select(index, START).entries)).toEqual(unresolved.map(({ id }) => id));
  });

  it('shows everything when all statuses are chosen', () => {
    expect(select(index, { ...START, statuses: STATUSES }).entries).toHaveLength(findings.length);
  });

  it('filters by rule, and counts what each chip would show', () => {
    const selection = select(index, { ...START, rules: ['overage-rate'] });
    expect(new Set(selection.entries.map(({ finding }) => finding.rule))).toEqual(new Set(['overage-rate']));
    for (const [rule, count] of selection.byRule) {
      expect(select(index, { ...START, rules: [rule] }).entries).toHaveLength(count);
    }
    for (const [status, count] of selection.byStatus) {
      expect(select(index, { ...START, rules: ['overage-rate'], statuses: [status] }).entries).toHaveLength(count);
    }
  });

  it('lets a status in the query outrank the chips', () => {
    const selection = select(index, { ...START, query: 'status:waived' });
    expect(selection.statusByQuery).toBe(true);
    expect(selection.entries.length).toBeGreaterThan(0);
    expect(selection.entries.every(({ finding }) => finding.status === 'waived')).toBe(true);
  });

  it('turns the order of money around, findings without money last either way', () => {
    const ascending = select(index, { ...START, sort: 'money', descending: false }).entries;
    const amounts = ascending.map(({ finding }) => finding.moneyAtRisk !== null);
    expect(amounts.lastIndexOf(true)).toBeLessThan(amounts.indexOf(false));
    const money = select(index, START).entries.filter(({ finding }) => finding.moneyAtRisk !== null);
    expect(ids(ascending).slice(0, money.length)).toEqual(ids(money).reverse());
  });

  it('sorts differences by size, exactly, those without one last', () => {
    const [base] = findings;
    if (base === undefined) throw new Error('the sample has findings');
    const made = ['2', '-10', null, '9.5', '90071992547409930.2', '90071992547409930.1'].map((delta, at) => ({
      ...base,
      id: String(at),
      status: 'mismatch' as const,
      delta,
    }));
    const state = { ...START, sort: 'delta' as const };
    expect(ids(select(buildIndex(made), { ...state, descending: true }).entries)).toEqual([
      '4',
      '5',
      '1',
      '3',
      '0',
      '2',
    ]);
    expect(ids(select(buildIndex(made), { ...state, descending: false }).entries)).toEqual([
      '0',
      '3',
      '1',
      '5',
      '4',
      '2',
    ]);
  });

  it.each(['status', 'rule', 'org', 'product'] as const)('sorts by %s, both ways, nothing lost', (sort) => {
    const up = ids(select(index, { ...START, sort, descending: false }).entries);
    const down = ids(select(index, { ...START, sort, descending: true }).entries);
    const given = ids(select(index, START).entries);
    expect([...up].sort()).toEqual([...given].sort());
    expect([...down].sort()).toEqual([...given].sort());
    expect(up).not.toEqual(down);
  });
});
