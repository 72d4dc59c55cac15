import { describe, expect, it } from 'vitest';
import type { Charge } from '../../domain/contract-side.ts';
import { examinedCharges, observeCharges } from './invariant-charges.ts';
import { planRule } from './invariant-plan.ts';
import { examinationOf } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  beside,
  charge,
  contract,
  detail,
  failure,
  item,
  kinds,
  lineOf,
  listing,
  number,
  period,
  plan,
  TRUE_CHARGE,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const ids = (sides: ReturnType<typeof alone>) =>
  examinedCharges(examinationOf(sides)).map(({ charge: { ref } }) => ref.chargeId);
const named = (id: string, rest: Partial<Charge> = {}): Charge =>
  charge(TRUE_CHARGE, { ref: { contractId: 'c1', periodId: 'p1', chargeId: id }, at: at(`/charges/${id}`), ...rest });

describe('the charges that are looked at', () => {
  it('come in one order, whatever the order of the answers', () => {
    const charges = [named('b'), named('a'), named('c')];
    expect(ids(alone({ details: [detail(charges)] }))).toEqual(['a', 'b', 'c']);
    expect(ids(alone({ details: [detail([...charges].reverse())] }))).toEqual(['a', 'b', 'c']);
  });

  it('are those without a product or an organisation, too: they may be anyone’s', () => {
    const details = [
      detail([
        named('a', { sku: null }),
        named('b', { orgs: [] }),
        named('c', { sku: 'OTHER' }),
        named('d', { orgs: [BYTE] }),
      ]),
    ];
    expect(ids(beside({}, { details }, { orgs: listing(ACME) }))).toEqual(['a', 'b']);
  });

  it('know those beside them: of the same period, SKU and organisations', () => {
    const charges = [
      named('a'),
      named('b', { sku: 'pc-wall' }),
      named('c', { orgs: [BYTE] }),
      named('d', { sku: 'OTHER' }),
    ];
    const examined = examinedCharges(examinationOf(alone({ details: [detail(charges)] })));
    expect(examined.map((one) => one.beside().length)).toEqual([2, 2, 1, 1]);
  });

  it('take the organisations of their plan where they name none', () => {
    const own = named('a', { orgs: [] });
    const [one] = examinedCharges(
      examinationOf(alone({ details: [detail([own])], lines: [lineOf(own, { orgs: [ACME] })] })),
    );
    expect(one?.orgs).toEqual([ACME]);
    expect(one?.scope.orgs).toEqual([ACME]);
  });
});

describe('a billing period whose charges could not be read', () => {
  const failures = [failure({ kind: 'period', contractId: 'c1', periodId: 'p1' })];
  const seen = (side: Parameters<typeof alone>[0], more: Parameters<typeof alone>[1] = {}) =>
    [...observeCharges(alone({ failures, ...side }, more), () => EQUAL)].map(({ outcome, scope }) => [
      outcome.kind,
      scope.subject,
    ]);
  const told = ['not-comparable', 'period p1 of contract c1'];

  it('has a cell of its own, of a contract that was never read, too', () => {
    expect(seen({})).toEqual([told]);
    expect(seen({ contracts: [], listed: [] })).toEqual([told]);
  });

  it('is passed over only where its contract says that it concerns others alone', () => {
    expect(seen({}, { orgs: listing(BYTE) })).toEqual([]);
    const open = [contract({ plans: [plan({ orgs: [BYTE] }), plan({ orgs: [] })] })];
    expect(seen({ contracts: open }, { orgs: listing(ACME) })).toEqual([told]);
  });
});

describe('plan-charge-agreement, of one charge', () => {
  const against = (rest: Partial<Charge>, ...items: readonly ReturnType<typeof item>[]) =>
    alone({
      contracts: [contract({ plans: [plan({ items })], periods: [period()] })],
      details: [detail([charge(TRUE_CHARGE, rest)])],
    });
  const euro = (rest: Parameters<typeof item>[2] = {}) => item('20', '23.74', { currency: text('EUR'), ...rest });

  it('compares the currency with that of every item in force', () => {
    expect(words(planRule, against({}, euro()))).toEqual(['the charge’s currency is USD, its plan says EUR']);
    const over = { effectiveEnd: { ...item('1', null).effectiveStart } };
    expect(kinds(planRule, against({}, item('20', '23.74'), euro(over)))).toEqual(['equal']);
    expect(kinds(planRule, against({}, item('20', '23.74', { currency: unreadable() })))).toEqual(['not-comparable']);
  });

  it('compares the quantity, and tells what differs before what cannot be said', () => {
    const nine = item('20', '23.74', { quantity: number(9) });
    expect(words(planRule, against({}, nine))).toEqual([
      'the charge states 10 prepaid, the plan commits to 9 on 2026-04-01',
    ]);
    expect(kinds(planRule, against({ overageRate: unreadable() }, nine))).toEqual(['different']);
  });

  it('is held against the plan of its own organisations, not against one of another that would fit', () => {
    const sides = (own: string, other: string) =>
      alone({
        contracts: [
          contract({
            plans: [plan({ items: [item('20', own)] }), plan({ orgs: [BYTE], items: [item('20', other)] })],
          }),
        ],
        details: [detail([charge(TRUE_CHARGE)])],
      });
    expect(kinds(planRule, sides('23.74', '9'))).toEqual(['equal']);
    expect(kinds(planRule, sides('9', '23.74'))).toEqual(['different']);
  });

  it('cannot be told of a charge that names nobody, as nobody’s plan does', () => {
    const nobodys = charge(TRUE_CHARGE, { orgs: [] });
    const sides = alone({ contracts: [contract({ plans: [plan({ orgs: [] })] })], details: [detail([nobodys])] });
    expect(kinds(planRule, sides)).toEqual(['not-comparable']);
  });
});
