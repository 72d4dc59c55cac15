import { describe, expect, it } from 'vitest';
import type { StatementRow } from '../../../domain/run-result.ts';
import { sampleContext } from '../../testing/sample.ts';
import {
  packStatement,
  StatementIndex,
  type StatementView,
  sharedPeriod,
  unpackStatement,
  worstFirst,
} from './statement.ts';

const { statement } = sampleContext({ out: '' });
const [sample] = statement;
if (sample === undefined) throw new Error('the sample has a statement');

const row = (sku: string, change: Partial<StatementRow>): StatementRow => ({
  ...sample,
  partNumber: sku,
  sku,
  legacy: '100.00',
  contract: '100.00',
  difference: '0.00',
  findings: '0.00',
  residual: '0.00',
  note: null,
  ...change,
});
const differing = (sku: string, currency: string, difference: string): StatementRow =>
  row(sku, { currency, difference, findings: difference });
const unknown = (sku: string): StatementRow => row(sku, { legacy: null, difference: null, residual: null });
const skus = (rows: readonly StatementRow[]): string[] => rows.map(({ sku }) => sku);
const VIEW: StatementView = { query: '', sort: 'worst', descending: false };

describe('a packed statement', () => {
  it('comes back as it was', () => {
    expect(unpackStatement(JSON.parse(JSON.stringify(packStatement(statement))))).toEqual(statement);
    expect(unpackStatement(packStatement([]))).toEqual([]);
  });

  it('keeps a bill that is not known apart from one of 0, and no period apart from one', () => {
    const rows = [unknown('a'), row('b', { legacy: '0.00', period: null })];
    expect(unpackStatement(packStatement(rows))).toEqual(rows);
  });
});

describe('the worst first', () => {
  it('is a residual, then what differs, then what is not known, then what bills the same', () => {
    const rows = [
      row('same', {}),
      unknown('unknown'),
      differing('apart', 'USD', '-5.00'),
      row('odd', { residual: '0.01' }),
    ];
    expect(skus(worstFirst(rows))).toEqual(['odd', 'apart', 'unknown', 'same']);
  });

  it('never sets an amount of one currency against that of another', () => {
    const rows = [
      differing('jpy-1', 'JPY', '-900000'),
      differing('jpy-2', 'JPY', '800000'),
      differing('usd-2', 'USD', '-3.00'),
      differing('usd-1', 'USD', '90071992547409930.01'),
    ];
    expect(skus(worstFirst(rows))).toEqual(['jpy-1', 'usd-1', 'jpy-2', 'usd-2']);
  });

  it('tells amounts apart that binary numbers cannot', () => {
    const rows = [differing('less', 'USD', '90071992547409930.01'), differing('more', 'USD', '90071992547409930.02')];
    expect(skus(worstFirst(rows))).toEqual(['more', 'less']);
  });
});

describe('searching the statement', () => {
  const rows = [
    row('A', { orgs: [{ id: 'o-1', name: 'Acme' }], currency: 'USD', note: 'no rate' }),
    row('B', { orgs: [{ id: 'o-2', name: null }], currency: 'JPY', difference: '-250', appId: 'wallboard' }),
    unknown('C'),
  ];
  const found = (query: string): string[] => skus(new StatementIndex(rows).select({ ...VIEW, query }).rows);

  it.each([
    ['acme', ['A']],
    ['org:o-2', ['B']],
    ['NO rate', ['A']],
    ['sku:b', ['B']],
    ['app:wallboard currency:jpy', ['B']],
    ['-currency:jpy sku:a', ['A']],
    ['money:>249.99', ['B']],
    ['money:>=250 -sku:b', []],
  ])('%s finds %j', (query, expected) => expect(found(query)).toEqual(expected));

  it('says which fields it does not know, and looks for their value', () => {
    const { rows: left, misread } = new StatementIndex(rows).select({ ...VIEW, query: 'rule:acme' });
    expect([skus(left), misread]).toEqual([['A'], ['rule:']]);
  });
});

describe('sorting the statement', () => {
  const rows = [
    differing('usd-small', 'USD', '-1.00'),
    unknown('unknown'),
    differing('usd-large', 'USD', '20.00'),
    differing('jpy', 'JPY', '9'),
  ];
  const sorted = (descending: boolean): string[] =>
    skus(new StatementIndex(rows).select({ ...VIEW, sort: 'difference', descending }).rows);

  it('is by size within each currency, with what is not known last in either direction', () => {
    expect(sorted(true)).toEqual(['jpy', 'usd-large', 'usd-small', 'unknown']);
    expect(sorted(false)).toEqual(['jpy', 'usd-small', 'usd-large', 'unknown']);
  });

  it('leaves the given order as it is', () => {
    expect(new StatementIndex(rows).select(VIEW).rows).toEqual(rows);
  });
});

describe('the period', () => {
  const may = { start: '2026-05-01', end: '2026-05-31', status: 'open' };
  it('is told once where all pairs share it', () => {
    expect(sharedPeriod([row('a', { period: may }), row('b', { period: may })])).toEqual(may);
    expect(sharedPeriod([row('a', { period: may }), row('b', { period: null })])).toBeNull();
    expect(sharedPeriod([])).toBeNull();
  });
});
