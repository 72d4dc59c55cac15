import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { cellOf, deviations, mismatches } from '../testing/cells.ts';
import {
  APRIL,
  type ContractFacts,
  contractSide,
  legacySide,
  policyForP1,
  row,
  type SubscriptionFacts,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';

const charge = { ...TYPICAL, orgs: ['a'], sku: 'P1' };
const april = [{ span: APRIL, charges: [charge] }];

const judge = (facts: SubscriptionFacts, contracts: readonly Partial<ContractFacts>[]) =>
  compare(
    legacySide([subscription('a', [row('a', 'P1')], facts)]),
    contractSide(contracts.map((each, index) => ({ id: `c${index}`, periods: [], ...each }))),
    policyForP1(),
  );

describe('dates of one contract', () => {
  it.each<[string, SubscriptionFacts, Partial<ContractFacts>, string[], string | null]>([
    [
      'alike',
      { rampStart: '2026-01-01', rampEnd: '2026-02-28' },
      { rampStart: '2026-01-01', rampEnd: '2026-02-28' },
      [],
      null,
    ],
    ['no ramp', {}, {}, [], null],
    ['open-ended', { end: null }, { end: null }, [], null],
    ['start', { start: '2026-01-02' }, {}, ['contract-start'], '-1'],
    ['end', {}, { end: '2026-12-30' }, ['contract-end'], '-1'],
    ['end on one side only', {}, { end: null }, ['contract-end'], null],
    ['ramp start', { rampStart: '2026-01-01' }, { rampStart: '2026-01-02' }, ['ramp-start'], '1'],
    ['ramp left out', { rampStart: '2026-01-01', rampEnd: '2026-02-28' }, {}, ['ramp-start', 'ramp-end'], null],
    ['ramp added that runs in the period', {}, { rampEnd: '2026-05-31' }, ['ramp-end'], null],
    [
      'period start',
      {},
      { periods: [{ span: span('2026-04-02', '2026-04-30'), charges: [charge] }] },
      ['period-start'],
      '1',
    ],
    [
      'period end',
      {},
      { periods: [{ span: span('2026-04-01', '2026-05-01'), charges: [charge] }] },
      ['period-end'],
      '1',
    ],
    ['inactive', {}, { status: 'Inactive' }, ['contract-status'], null],
    [
      'inactive after the subscription ended',
      { end: '2026-04-19' },
      { status: 'Inactive', end: '2026-04-19' },
      [],
      null,
    ],
    ['active after the subscription ended', { end: '2026-04-19' }, { end: '2026-04-19' }, [], null],
  ])('%s', (_, legacy, contract, rules, delta) => {
    const judgement = judge(legacy, [{ periods: april, ...contract }]);
    expect(deviations(judgement)).toEqual(rules.map((rule) => `${rule} mismatch`));
    if (rules[0] !== undefined) expect(cellOf(judgement, rules[0]).delta).toBe(delta);
  });

  it('says how far apart dates are', () => {
    const judgement = judge({}, [{ periods: april, end: '2026-12-29' }]);
    expect(cellOf(judgement, 'contract-end').reason).toBe(
      'legacy says 2026-12-31, contract says 2026-12-29 (2 days earlier)',
    );
  });

  it.each<[string, SubscriptionFacts, Partial<ContractFacts>, string]>([
    ['a ramp added that is over', {}, { rampEnd: '2026-02-28' }, 'ramp-end'],
    ['a start that one side does not state', { start: null }, {}, 'contract-start'],
    ['an end that cannot be read', { end: { bad: 'soon' } }, {}, 'contract-end'],
    ['a status that cannot be judged', {}, { status: 'Suspended' }, 'contract-status'],
    ['a status that is left out', {}, { status: null }, 'contract-status'],
  ])('%s is not comparable', (_, legacy, contract, rule) => {
    const judgement = judge(legacy, [{ periods: april, ...contract }]);
    expect(cellOf(judgement, rule).status).toBe('not-comparable');
    expect(mismatches(judgement)).toEqual([]);
  });
});

describe('a chain of renewals', () => {
  const march = span('2026-03-01', '2026-03-31', 'closed');
  const chain: readonly Partial<ContractFacts>[] = [
    {
      id: 'old',
      start: '2025-04-01',
      end: '2026-03-31',
      status: 'Inactive',
      periods: [{ span: march, charges: [charge] }],
    },
    { id: 'new', start: '2026-04-01', end: '2027-03-31', periods: april },
  ];

  it.each<[string, SubscriptionFacts]>([
    ['the contract in force', { start: '2026-04-01', end: '2027-03-31' }],
    ['the whole chain', { start: '2025-04-01', end: '2027-03-31' }],
  ])('matches the dates of %s', (_, facts) => {
    expect(deviations(judge(facts, chain))).toEqual([]);
    expect(deviations(judge(facts, [...chain].reverse()))).toEqual([]);
  });

  it('does not match a date of neither', () => {
    expect(mismatches(judge({ start: '2025-05-01', end: '2027-03-31' }, chain))).toEqual(['contract-start']);
    expect(mismatches(judge({ start: '2026-04-01', end: '2026-03-31' }, chain))).toEqual(['contract-end']);
  });

  it('breaks where a day is missing', () => {
    const broken = [{ ...chain[0], end: '2026-03-30' }, { ...chain[1] }];
    expect(mismatches(judge({ start: '2025-04-01', end: '2027-03-31' }, broken))).toEqual(['contract-start']);
  });

  it('matches the dates of any of several contracts in force, and of no other', () => {
    const parallel = [
      { id: 'x', periods: april },
      { id: 'y', start: '2026-02-01', orgs: ['a'], periods: [{ span: APRIL, charges: [] }] },
    ];
    const starts = (start: string) =>
      judge({ start }, parallel)
        .cells.filter((cell) => cell.rule === 'contract-start')
        .map(({ status }) => status);
    expect(starts('2026-01-01')).toEqual(['match']);
    expect(starts('2026-02-01')).toEqual(['match']);
    expect(starts('2026-01-15')).toEqual(['mismatch']);
  });

  it('asks the contract in force at the end of the period for its status', () => {
    const cut = [
      {
        id: 'first',
        end: '2026-04-14',
        status: 'Inactive',
        periods: [{ span: span('2026-04-01', '2026-04-14'), charges: [{ ...charge, actual: '10' }] }],
      },
      { id: 'second', start: '2026-04-15', periods: [{ span: span('2026-04-15', '2026-04-30'), charges: [charge] }] },
    ];
    const judgement = compare(
      legacySide([subscription('a', [row('a', 'P1', TYPICAL, { kind: 'user' })])]),
      contractSide(cut),
      policyForP1(),
    );
    expect(deviations(judgement)).toEqual([]);
  });
});

describe('month ends', () => {
  it.each([
    ['2026-01-31', '2026-02-27'],
    ['2028-01-30', '2028-02-28'],
    ['2026-03-29', '2026-04-28'],
  ])('the period from %s to %s is the same on both sides', (start, end) => {
    const period = span(start, end);
    const dates = { start: '2020-01-31', end: '2030-01-30' };
    const legacy = legacySide([subscription('a', [row('a', 'P1', TYPICAL, { period })], { ...dates, period })]);
    const contract = contractSide([{ id: 'c', ...dates, periods: [{ span: period, charges: [charge] }] }]);
    expect(deviations(compare(legacy, contract, policyForP1()))).toEqual([]);
  });
});

describe('a renewal that begins before the contract that it renews ends', () => {
  const contracts = [
    { start: '2024-07-15', end: '2026-04-20', orgs: ['a'] },
    { start: '2026-04-15', end: '2027-04-14', periods: april },
  ];
  it('continues its chain: legacy may state the first start', () => {
    expect(mismatches(judge({ start: '2024-07-15', end: '2027-04-14' }, contracts))).toEqual([]);
  });

  it('lets no other start pass', () => {
    expect(mismatches(judge({ start: '2024-07-14', end: '2027-04-14' }, contracts))).toEqual(['contract-start']);
  });
});

describe('a ramp of the second of two contracts in force', () => {
  it('is a difference where legacy knows of none', () => {
    const contracts = [
      { start: '2025-04-06', end: '2026-04-05', orgs: ['a'] },
      { start: '2026-04-06', end: '2027-04-05', rampStart: '2026-04-06', rampEnd: '2026-05-05', periods: april },
    ];
    expect(mismatches(judge({ start: '2025-04-06', end: '2027-04-05' }, contracts))).toEqual([
      'ramp-start',
      'ramp-end',
    ]);
  });
});
