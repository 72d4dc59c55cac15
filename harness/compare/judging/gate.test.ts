import { describe, expect, it } from 'vitest';
import { decimal, ZERO } from '../../domain/decimal.ts';
import type { GateLimits } from '../../domain/policy.ts';
import { coveragePercent, type GateInput, parityPercent, passGate, type Tally } from './gate.ts';

/** Each cell about a subject of its own, unless `subjects` says otherwise. */
const tally = (counts: Partial<Tally['counts']>, rest: Partial<Omit<Tally, 'counts'>> = {}): Tally => {
  const all = { match: 0, tolerated: 0, mismatch: 0, waived: 0, unstable: 0, notComparable: 0, ...counts };
  const compared = all.match + all.tolerated + all.mismatch + all.waived;
  const subjects = { compared, mismatching: all.mismatch };
  return { counts: all, unexpected: 0, unstableClosed: 0, subjects, ...rest };
};
const limits = (changes: Partial<GateLimits> = {}): GateLimits => ({
  mode: 'enforce',
  minParity: decimal(100),
  minCoverage: decimal(100),
  maxMoneyAtRisk: null,
  maxWaivedMoney: null,
  failOnDrift: false,
  ...changes,
});
const input = (changes: Partial<GateInput>): GateInput => ({
  limits: limits(),
  tally: tally({ match: 10 }),
  money: [],
  waived: [],
  waivers: { used: 0, unused: 0, expired: 0 },
  drift: 0,
  anythingCompared: true,
  tieOut: [],
  unaccounted: 0,
  ...changes,
});
const usd = (over: string, under: string) => [
  { currency: 'USD', overBilled: decimal(over), underBilled: decimal(under) },
];

const residual = (amount: string): GateInput['tieOut'][number] => ({
  currency: 'USD',
  legacy: ZERO,
  contract: ZERO,
  difference: ZERO,
  findings: ZERO,
  residual: decimal(amount),
  notCompared: { legacy: ZERO, contract: ZERO },
});

describe('percentages', () => {
  it('are rounded down, so that only all is 100', () => {
    expect(parityPercent(tally({ match: 999_999, mismatch: 1 }))).toBe('99.9999');
    expect(parityPercent(tally({ match: 9_999_999, mismatch: 1 }))).toBe('99.9999');
    expect(coveragePercent(tally({ match: 2, notComparable: 1 }))).toBe('66.6666');
  });
  it('count what is tolerated or waived as agreeing, and leave unstable cells out', () => {
    expect(parityPercent(tally({ match: 1, tolerated: 1, waived: 1, mismatch: 1, unstable: 9 }))).toBe('75');
    expect(coveragePercent(tally({ match: 1, unstable: 9 }))).toBe('100');
  });
  it('leave out of coverage what nobody could expect', () => {
    expect(coveragePercent(tally({ match: 1, notComparable: 2 }, { unexpected: 2 }))).toBe('100');
  });
  it('count unstable cells of closed periods as not compared', () => {
    expect(coveragePercent(tally({ match: 1, unstable: 3 }, { unstableClosed: 1 }))).toBe('50');
  });
  it('of parity are of subjects: many agreeing cells do not hide a pair that differs', () => {
    expect(parityPercent(tally({ match: 999, mismatch: 1 }, { subjects: { compared: 2, mismatching: 1 } }))).toBe('50');
  });
  it('are nothing of nothing', () => {
    expect(parityPercent(tally({ notComparable: 3 }))).toBeNull();
    expect(coveragePercent(tally({}))).toBeNull();
  });
});

describe('the verdict', () => {
  it.each<[string, Partial<GateInput>, string]>([
    ['all agree', {}, 'parity'],
    ['a mismatch', { tally: tally({ match: 9, mismatch: 1 }) }, 'mismatch'],
    [
      'a mismatch that the gate allows',
      { tally: tally({ match: 99, mismatch: 1 }), limits: limits({ minParity: decimal(99) }) },
      'parity',
    ],
    [
      'a mismatch and things that were not compared',
      { tally: tally({ match: 9, mismatch: 1, notComparable: 1 }) },
      'mismatch',
    ],
    [
      'an allowed mismatch and things that were not compared',
      { tally: tally({ match: 99, mismatch: 1, notComparable: 1 }), limits: limits({ minParity: decimal(99) }) },
      'inconclusive',
    ],
    ['something not compared', { tally: tally({ match: 9, notComparable: 1 }) }, 'inconclusive'],
    [
      'something not compared that the gate allows',
      { tally: tally({ match: 99, notComparable: 1 }), limits: limits({ minCoverage: decimal(99) }) },
      'parity',
    ],
    ['nothing compared', { tally: tally({ notComparable: 3 }) }, 'inconclusive'],
    [
      'nothing compared, and a gate that asks for nothing',
      { tally: tally({ notComparable: 3 }), limits: limits({ minParity: decimal(0), minCoverage: decimal(0) }) },
      'inconclusive',
    ],
    ['only one-sided cells', { anythingCompared: false }, 'inconclusive'],
    [
      'too much money',
      {
        tally: tally({ match: 99, mismatch: 1 }),
        limits: limits({ minParity: decimal(0), maxMoneyAtRisk: { USD: decimal(5) } }),
        money: usd('5.01', '0'),
      },
      'mismatch',
    ],
    [
      'money within its limit',
      {
        tally: tally({ match: 99, mismatch: 1 }),
        limits: limits({ minParity: decimal(0), maxMoneyAtRisk: { USD: decimal(5) } }),
        money: usd('5', '5'),
      },
      'parity',
    ],
    [
      'under-billed beyond the limit',
      {
        tally: tally({ match: 99, mismatch: 1 }),
        limits: limits({ minParity: decimal(0), maxMoneyAtRisk: { USD: decimal(5) } }),
        money: usd('0', '6'),
      },
      'mismatch',
    ],
    [
      'a currency that is not listed',
      {
        tally: tally({ match: 99, mismatch: 1 }),
        limits: limits({ minParity: decimal(0), maxMoneyAtRisk: {} }),
        money: usd('0.01', '0'),
      },
      'mismatch',
    ],
    [
      'an expired waiver and a mismatch',
      {
        tally: tally({ match: 99, mismatch: 1 }),
        limits: limits({ minParity: decimal(0) }),
        waivers: { used: 0, unused: 0, expired: 1 },
      },
      'mismatch',
    ],
    ['an expired waiver alone', { waivers: { used: 0, unused: 0, expired: 1 } }, 'inconclusive'],
    [
      'drift that must not be',
      {
        limits: limits({ failOnDrift: true, minParity: decimal(0) }),
        drift: 1,
        tally: tally({ match: 9, mismatch: 1 }),
      },
      'mismatch',
    ],
    [
      'a residual beside a mismatch',
      { tieOut: [residual('0.01')], tally: tally({ match: 9, mismatch: 1 }) },
      'mismatch',
    ],
    [
      'a residual, whatever parity is asked for',
      {
        tieOut: [residual('0.00'), residual('-0.01')],
        tally: tally({ match: 9, mismatch: 1 }),
        limits: limits({ minParity: decimal(0) }),
      },
      'mismatch',
    ],
    ['all tied out', { tieOut: [residual('0')] }, 'parity'],
    ['a record in no account', { unaccounted: 1 }, 'inconclusive'],
    [
      'a record in no account and a mismatch that the gate allows',
      { unaccounted: 1, tally: tally({ match: 99, mismatch: 1 }), limits: limits({ minParity: decimal(99) }) },
      'inconclusive',
    ],
    ['drift that may be', { drift: 1, tally: tally({ match: 9, tolerated: 1 }) }, 'parity'],
  ])('%s', (_, changes, verdict) => {
    const outcome = passGate(input(changes));
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.gate.met).toBe(verdict === 'parity');
  });

  it('is the same in report mode, which only says what enforce would do', () => {
    const outcome = passGate(input({ tally: tally({ mismatch: 1 }), limits: limits({ mode: 'report' }) }));
    expect(outcome).toMatchObject({ verdict: 'mismatch', gate: { mode: 'report', met: false } });
  });

  it('shows limits and actual figures', () => {
    const { gate } = passGate(
      input({ limits: limits({ maxMoneyAtRisk: { USD: decimal(5) } }), money: usd('1.5', '2') }),
    );
    expect(gate.checks).toEqual([
      { name: 'minParity', limit: '100', actual: '100', met: true },
      { name: 'minCoverage', limit: '100', actual: '100', met: true },
      { name: 'maxMoneyAtRisk.USD', limit: '5.00', actual: '2.00', met: true },
      { name: 'expiredWaivers', limit: '0', actual: '0', met: true },
      { name: 'tieOut', limit: '0', actual: '0', met: true },
      { name: 'accounts', limit: '0', actual: '0', met: true },
    ]);
    const open = passGate(input({ tieOut: [residual('-0.01')], unaccounted: 2 })).gate.checks.slice(-2);
    expect(open).toEqual([
      { name: 'tieOut', limit: '0', actual: '-0.01 USD', met: false },
      { name: 'accounts', limit: '0', actual: '2', met: false },
    ]);
  });
});
