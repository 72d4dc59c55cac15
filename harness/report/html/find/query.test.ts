import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../domain/run-result.ts';
import { sampleContext } from '../../testing/sample.ts';
import { namesStatus, parseQuery } from './query.ts';
import { buildIndex } from './search-index.ts';

const { findings } = sampleContext({ out: '' });
const [base] = findings;
if (base === undefined) throw new Error('the sample has findings');
const finding: Finding = {
  ...base,
  rule: 'overage-rate',
  status: 'mismatch',
  orgs: [{ id: '9d75', name: 'Example Org' }],
  sku: 'PC-170-NV-WALLB',
  partNumber: null,
  region: 'us-east-1',
  rootCause: null,
  reason: 'legacy says 23.74, contract says a:b',
  moneyAtRisk: { currency: 'USD', amount: '100.50', direction: 'over-billed' },
};

/** Whether a query finds one finding made like ours. */
const finds = (text: string, change: Partial<Finding> = {}): boolean =>
  buildIndex([{ ...finding, ...change }]).rowsOf(parseQuery(text))[0] === 1;

describe('parseQuery and matches', () => {
  it.each<[string, boolean]>([
    ['', true],
    ['   ', true],
    ['overage', true],
    ['overage example', true],
    ['overage nowhere', false],
    ['OVERAGE', true],
    ['rule:overage', true],
    ['rule:example', false],
    ['org:example', true],
    ['org:"Example Org"', true],
    ['org:"Example Org', true],
    ['org:Example rule:rate', true],
    ['-rule:overage-rate', false],
    ['-rule:contract-end', true],
    ['-nowhere', true],
    ['sku:WALLB', true],
    ['status:mismatch', true],
    ['status:waived', false],
    ['rule:', true],
    ['money:>100', true],
    ['money:>100.50', false],
    ['money:>=100.5', true],
    ['money:<100.51', true],
    ['money:<=100', false],
    ['money:100.500', true],
    ['money:=100', false],
    ['money:>1,000', false],
    ['-money:>100', false],
    ['cause:none', true],
    ['23.74', true],
  ])('%j: %s', (text, expected) => {
    expect(finds(text)).toBe(expected);
  });

  it('compares amounts exactly', () => {
    const money = (amount: string) => ({ moneyAtRisk: { currency: 'USD', amount, direction: 'over-billed' } });
    expect(finds('money:>90071992547409930', money('90071992547409930.01'))).toBe(true);
    expect(finds('money:>90071992547409930.01', money('90071992547409930.01'))).toBe(false);
  });

  it('looks at the money in every currency', () => {
    const moreMoneyAtRisk = [{ currency: 'JPY', amount: '7000', direction: 'under-billed' }];
    expect(finds('money:>5000')).toBe(false);
    expect(finds('money:>5000', { moreMoneyAtRisk })).toBe(true);
    expect(finds('currency:jpy', { moreMoneyAtRisk })).toBe(true);
  });

  it('does not find a finding without money by its money', () => {
    expect(finds('money:>=0', { moneyAtRisk: null })).toBe(false);
    expect(finds('-money:>=0', { moneyAtRisk: null })).toBe(true);
  });

  it('finds what has none of a field by the word none', () => {
    expect(finds('org:none', { orgs: [] })).toBe(true);
    expect(finds('sku:none', { sku: null })).toBe(true);
    expect(finds('cause:none', { rootCause: 'bundle-ignored' })).toBe(false);
  });

  it('tells what is new since the last run', () => {
    const history = { runs: [{ id: 'r', startedAt: '' }], fresh: 0, persisting: 0, fixed: 0, unseen: 0 };
    const index = (of: Record<string, string>) => buildIndex([finding], { ...history, of });
    expect(index({}).rowsOf(parseQuery('status:new'))[0]).toBe(1);
    expect(index({ [finding.id]: 'w' }).rowsOf(parseQuery('status:new'))[0]).toBe(1);
    expect(index({ [finding.id]: 'm' }).rowsOf(parseQuery('status:new'))[0]).toBe(0);
    expect(finds('status:new')).toBe(false);
  });

  it('answers alike whether or not it was warmed', () => {
    const [cold, warm] = [buildIndex(findings), buildIndex(findings)];
    while (warm.warm());
    for (const text of ['overage', 'org:acme', 'cause:none', 'status:waived money:>1', 'region:eu -rule:currency']) {
      expect(warm.rowsOf(parseQuery(text))).toEqual(cold.rowsOf(parseQuery(text)));
    }
  });

  it('says what it did not understand, and searches for unknown fields as text', () => {
    expect(parseQuery('money:lots colour:red rule:x').misread).toEqual(['money:lots', 'colour:red']);
    expect(finds('colour:red')).toBe(false);
    expect(finds('a:b')).toBe(true);
  });

  it('knows when it names a status', () => {
    expect(namesStatus(parseQuery('status:waived'))).toBe(true);
    expect(namesStatus(parseQuery('waived'))).toBe(false);
  });

  it('takes any text without failing', () => {
    const index = buildIndex(findings);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(index.rowsOf(parseQuery(text))).toHaveLength(findings.length);
      }),
    );
  });
});
