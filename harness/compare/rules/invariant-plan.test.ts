import { describe, expect, it } from 'vitest';
import type { Charge, Contract, Plan } from '../../domain/contract-side.ts';
import { planRule } from './invariant-plan.ts';
import {
  ACME,
  alone,
  BYTE,
  charge,
  contract,
  date,
  detail,
  failure,
  item,
  kinds,
  none,
  number,
  plan,
  TRUE_CHARGE,
  unreadable,
  words,
} from './testing/sides.ts';

const charged = (plans: readonly Plan[], rest: Partial<Charge> = {}, contracts?: readonly Contract[]) =>
  alone({ contracts: contracts ?? [contract({ plans })], details: [detail([charge(TRUE_CHARGE, rest)])] });
const none_ = item('20', null);

describe('plan-charge-agreement', () => {
  it.each([
    ['the item in force', [plan()], {}],
    [
      'an item that is superseded',
      [plan({ items: [item('20', '25'), item('18', '23.74', { effectiveEnd: date('2025-12-31') })] })],
      {},
    ],
    ['another spelling of the SKU', [plan({ sku: ' pc-wall ' })], {}],
    ['one of several plans', [plan({ orgs: [BYTE], items: [item('20', '9')] }), plan()], {}],
    ['no rate on the charge', [plan()], { overageRate: none }],
    ['zero against none', [plan({ items: [none_] })], { overageRate: number(0) }],
    ['zero, and no items at all', [plan({ items: [] })], { overageRate: number(0) }],
    ['a plan that names nobody', [plan({ orgs: [] })], {}],
    ['two organisations in plans of their own', [plan(), plan({ orgs: [BYTE] })], { orgs: [ACME, BYTE] }],
  ])('agrees: %s', (_, plans, rest) => {
    expect(kinds(planRule, charged(plans, rest))).toEqual(['equal']);
  });

  it.each([
    [[plan()], { overageRate: number('25') }, '1.26', 'the charge’s overage rate is 25, its plan says 23.74'],
    [
      [plan({ items: [item('20', '23.74'), item('20', '9')] })],
      { overageRate: number('25') },
      null,
      'the charge’s overage rate is 25, its plan knows only 23.74, 9',
    ],
    [[plan()], { overageRate: number(0) }, '-23.74', 'the charge’s overage rate is 0, its plan says 23.74'],
    [
      [plan({ items: [item('20', '23.74'), item('500', null, { oneTime: true })] })],
      { overageRate: number(0) },
      '-23.74',
      'the charge’s overage rate is 0, its plan says 23.74',
    ],
    [
      [plan({ items: [item('20', '23.74'), item('500', '9', { oneTime: true })] })],
      { overageRate: number(9) },
      '-14.74',
      'the charge’s overage rate is 9, its plan says 23.74',
    ],
    [
      [plan({ items: [item('20', '23.74'), none_] })],
      { overageRate: number(0) },
      '-23.74',
      'the charge’s overage rate is 0, its plan says 23.74',
    ],
    [[plan({ sku: 'OTHER' })], {}, null, 'the charge is for PC-WALL, and contract c1 has no plan for it'],
    [[plan({ orgs: [BYTE] })], {}, null, 'the charge names Acme, whom no plan for PC-WALL names'],
    [[plan()], { orgs: [ACME, BYTE] }, null, 'the charge names Byte, whom no plan for PC-WALL names'],
  ])('differs %#', (plans, rest, delta, sentence) => {
    const [found] = planRule.examine(charged(plans, rest));
    expect(found?.outcome).toMatchObject({ kind: 'different', delta, sentence });
  });

  it.each([
    ['a rate that cannot be read', charged([plan()], { overageRate: unreadable() })],
    ['prices that cannot be read', charged([plan({ items: [{ ...none_, overagePrice: unreadable() }] })])],
    ['plans that state no overage price', charged([plan({ items: [none_] })])],
    ['a charge without a SKU', charged([plan()], { sku: null })],
    ['a contract that is not there', alone({ contracts: [], listed: [], details: [detail([charge(TRUE_CHARGE)])] })],
    [
      'charges that could not be read',
      alone({ failures: [failure({ kind: 'period', contractId: 'c1', periodId: 'p1' })] }),
    ],
  ])('cannot say with %s', (_, sides) => {
    expect(kinds(planRule, sides)).toEqual(['not-comparable']);
  });

  it('takes the contract as listed where it could not be had by id', () => {
    const sides = alone({
      contracts: [],
      listed: [contract()],
      details: [detail([charge({ ...TRUE_CHARGE, overageRate: 9 })])],
    });
    expect(words(planRule, sides)).toEqual(['the charge’s overage rate is 9, its plan says 23.74']);
  });
});
