import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { Charge } from '../../domain/contract-side.ts';
import { overageArithmeticRule } from './invariant-arithmetic.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  beside,
  charge,
  contract,
  contractSide,
  detail,
  failure,
  kinds,
  listing,
  period,
  plan,
  policy,
  TRUE_CHARGE,
} from './testing/sides.ts';

describe('what is looked at', () => {
  const wrong = charge({ ...TRUE_CHARGE, overageQuantity: 4 });
  const details = [detail([wrong])];

  it('names organisation, region, product and period as the scenario does', () => {
    const sides = { ...alone({ details }, { orgs: listing(ACME) }) };
    const [found] = overageArithmeticRule.examine(sides);
    expect(found?.pair).toBe('contract:ch1');
    expect(found?.scope).toEqual({
      orgs: [ACME],
      region: 'us-east-1',
      appId: 'wallboard',
      sku: 'PC-WALL',
      partNumber: 'PC-WALL',
      period: { start: isoDate('2026-04-01'), end: isoDate('2026-04-30'), status: 'closed' },
      side: 'contract',
      subject: 'ch1',
    });
  });

  it('passes over organisations that the scenario does not list', () => {
    expect(kinds(overageArithmeticRule, alone({ details }, { orgs: listing(BYTE) }))).toEqual([]);
    expect(kinds(overageArithmeticRule, alone({ details }, { orgs: listing(ACME, BYTE) }))).toEqual(['different']);
  });

  it('passes over products that the scenario does not map, but only beside a legacy side', () => {
    const other = [detail([{ ...wrong, sku: 'OTHER' }])];
    expect(kinds(overageArithmeticRule, beside({}, { details: other }))).toEqual([]);
    expect(kinds(overageArithmeticRule, alone({ details: other }))).toEqual(['different']);
    expect(kinds(overageArithmeticRule, beside({}, { details: [detail([{ ...wrong, sku: ' pc-wall ' }])] }))).toEqual([
      'different',
    ]);
  });

  it('tells two charges with one id apart, the same way in any order', () => {
    const twin = charge({ prepaid: 1, actual: 2, overageQuantity: 7 }, { at: at('/charges/1') });
    const subjects = (charges: readonly Charge[]): unknown[] =>
      [...overageArithmeticRule.examine(alone({ details: [detail(charges)] }))].map(({ scope, pair, outcome }) => [
        scope.subject,
        pair,
        outcome.kind === 'different' ? outcome.delta : null,
      ]);
    expect(subjects([wrong, twin])).toEqual(subjects([twin, wrong]));
    expect(subjects([wrong, twin]).map((each) => (each as unknown[])[0])).toEqual(['ch1', 'ch1 (2)']);
  });

  it('says of a billing period that could not be read why its charges were not checked', () => {
    const failures = [failure({ kind: 'period', contractId: 'c1', periodId: 'p1' })];
    const [found, ...others] = overageArithmeticRule.examine(alone({ failures }));
    expect(others).toEqual([]);
    expect(found?.scope).toMatchObject({ orgs: [ACME], period: { start: '2026-04-01' } });
    expect(found?.outcome).toMatchObject({
      kind: 'not-comparable',
      reason: 'its charges could not be read: GET /x answered 503',
    });
    expect(kinds(overageArithmeticRule, alone({ failures }, { orgs: listing(BYTE) }))).toEqual([]);
  });

  it('looks at the charges of a contract whose own body is missing', () => {
    expect(kinds(overageArithmeticRule, alone({ details, contracts: [], listed: [] }))).toEqual(['different']);
  });

  it('gives one region only to organisations that share one', () => {
    const both = charge(TRUE_CHARGE, { orgs: [ACME, BYTE] });
    const orgs = [
      { ...ACME, region: 'us-east-1' },
      { ...BYTE, region: 'eu-west-1' },
    ];
    const sides = { legacy: null, contract: contractSide({ details: [detail([both])] }), policy: policy({ orgs }) };
    expect([...overageArithmeticRule.examine(sides)].map(({ scope }) => scope.region)).toEqual([null]);
    const contracts = [contract({ plans: [plan({ orgs: [ACME, BYTE] })], periods: [period()] })];
    const failures = [failure({ kind: 'period', contractId: 'c1', periodId: 'p1' })];
    const [found] = overageArithmeticRule.examine({ ...sides, contract: contractSide({ contracts, failures }) });
    expect(found?.scope.region).toBeNull();
  });
});
