import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleContext } from '../../testing/sample.ts';
import { matches, namesStatus, parseQuery } from './query.ts';
import { buildIndex } from './search-index.ts';

const [first, ...others] = buildIndex(sampleContext({ out: '' }).findings);
if (first === undefined) throw new Error('the sample has findings');
const entry = {
  ...first,
  all: 'overage-rate 9d75 example org mismatch pc-170-nv-wallb us-east-1',
  fields: {
    ...first.fields,
    rule: 'overage-rate',
    org: '9d75 example org',
    status: 'mismatch',
    sku: 'pc-170-nv-wallb',
    region: 'us-east-1',
  },
  amounts:
    buildIndex([{ ...first.finding, moneyAtRisk: { currency: 'USD', amount: '100.50', direction: 'over-billed' } }])[0]
      ?.amounts ?? [],
};

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
  ])('%j: %s', (text, expected) => {
    expect(matches(parseQuery(text), entry)).toBe(expected);
  });

  it('compares amounts exactly', () => {
    const amounts = buildIndex([
      { ...first.finding, moneyAtRisk: { currency: 'USD', amount: '90071992547409930.01', direction: 'over-billed' } },
    ])[0]?.amounts;
    expect(matches(parseQuery('money:>90071992547409930'), { ...entry, amounts: amounts ?? [] })).toBe(true);
  });

  it('does not find a finding without money by its money', () => {
    expect(matches(parseQuery('money:>=0'), { ...entry, amounts: [] })).toBe(false);
  });

  it('says what it did not understand, and searches for unknown fields as text', () => {
    expect(parseQuery('money:lots colour:red rule:x').misread).toEqual(['money:lots', 'colour:red']);
    expect(matches(parseQuery('colour:red'), entry)).toBe(false);
    expect(matches(parseQuery('a:b'), { ...entry, all: 'a:b' })).toBe(true);
  });

  it('knows when it names a status', () => {
    expect(namesStatus(parseQuery('status:waived'))).toBe(true);
    expect(namesStatus(parseQuery('waived'))).toBe(false);
  });

  it('takes any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const query = parseQuery(text);
        for (const other of others.slice(0, 3)) matches(query, other);
      }),
    );
  });
});
