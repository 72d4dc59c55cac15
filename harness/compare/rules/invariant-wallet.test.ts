import { describe, expect, it } from 'vitest';
import type { Charge, Wallet } from '../../domain/contract-side.ts';
import { walletRules } from './invariant-wallet.ts';
import type { SideRule, Sides } from './rule.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  beside,
  charge,
  detail,
  kinds,
  listing,
  none,
  number,
  period,
  TRUE_CHARGE,
  text,
  unreadable,
  wallet,
  words,
} from './testing/sides.ts';

const withWallets = (...wallets: readonly Wallet[]) => ({ details: [detail([], { wallets })] });
const ruleOf = (id: string): SideRule => {
  const rule = walletRules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};
const [walletRule, arithmetic, agreement] = ['wallet-balance', 'wallet-arithmetic', 'wallet-charge-agreement'].map(
  ruleOf,
) as [SideRule, SideRule, SideRule];
const FULL = { starting: 1000, increase: 500, decrease: 20, consumption: 300, ending: 1180 } as const;

describe('wallet-balance', () => {
  it.each([
    ['all stated', FULL],
    ['movements left out', { starting: 100, ending: 100 }],
    ['drawn to nothing, the end left out', { starting: 100, consumption: 100 }],
    ['begun with nothing', { increase: '0.5', consumption: '0.125', ending: '0.375' }],
    ['use beyond the balance stands apart', { starting: 100, consumption: 100, ending: 0, overage: 40 }],
  ])('agrees: %s', (_, numbers) => {
    expect(kinds(walletRule, alone(withWallets(wallet(numbers))))).toEqual(['equal']);
  });

  it('says by how much the end is off', () => {
    const [found] = walletRule.examine(alone(withWallets(wallet({ ...FULL, ending: 1200 }))));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: '20',
      contract: { value: '1200' },
      sentence: '1000 + 500 − 20 − 300 make 1180, the wallet ends at 1200',
    });
    expect(found?.scope).toMatchObject({ orgs: [ACME], sku: 'PC-WALL', subject: 'w1', side: 'contract' });
  });

  it('takes an end that is left out for zero', () => {
    expect(words(walletRule, alone(withWallets(wallet({ starting: 5 }))))).toEqual([
      '5 + 0 − 0 − 0 make 5, the wallet ends at none',
    ]);
  });

  it('has nothing to say of a wallet that states nothing', () => {
    expect(kinds(walletRule, alone(withWallets(wallet())))).toEqual([]);
  });

  it.each(['starting', 'increase', 'decrease', 'consumption', 'ending'] as const)(
    'cannot say with an unreadable %s',
    (field) => {
      expect(kinds(walletRule, alone(withWallets({ ...wallet(FULL), [field]: unreadable() })))).toEqual([
        'not-comparable',
      ]);
    },
  );

  it('looks at wallets in scope only, by the contract where the wallet names nobody', () => {
    const broken = wallet({ ...FULL, ending: 1 });
    expect(kinds(walletRule, alone(withWallets(broken), { orgs: listing(BYTE) }))).toEqual([]);
    expect(kinds(walletRule, beside({}, withWallets({ ...broken, sku: 'OTHER' })))).toEqual([]);
    expect(kinds(walletRule, alone(withWallets({ ...broken, orgs: [] }), { orgs: listing(ACME) }))).toEqual([
      'different',
    ]);
  });

  it('keeps the same wallet of two periods, and two without an id, apart', () => {
    const next = detail([], { period: period('p2', '2026-05-01', '2026-05-31'), wallets: [wallet(FULL)] });
    const nameless = wallet(FULL, { id: null });
    const sides = alone({ details: [detail([], { wallets: [wallet(FULL), nameless, nameless] }), next] });
    const keys = [...walletRule.examine(sides)].map(({ scope }) => `${scope.period?.start} ${scope.subject}`);
    expect(new Set(keys).size).toBe(4);
  });
});

describe('wallet-arithmetic', () => {
  const billing = (
    overage: string | null,
    rate: string | null,
    charge: string | null,
    currency: string | null = 'USD',
  ) =>
    alone(
      withWallets({
        ...wallet({ overage }),
        overageRate: rate === null ? none : number(rate),
        overageCharge: charge === null ? none : number(charge),
        currency: currency === null ? none : text(currency),
      }),
    );

  it.each([
    ['rounded half-up to the minor unit', billing('3', '0.335', '1.01')],
    ['without minor units', billing('3', '0.5', '2', 'JPY')],
    ['an overage at no price', billing('3', null, null)],
  ])('agrees: %s', (_, sides) => {
    expect(kinds(arithmetic, sides)).toEqual(['equal']);
  });

  it('says by how much the charge is off', () => {
    const [found] = arithmetic.examine(billing('50', '1', '250'));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: '200',
      contract: { value: '250' },
      sentence: '50 over × 1 make 50 USD, the wallet says 250',
    });
    expect(kinds(arithmetic, billing('50', '1', null))).toEqual(['different']);
    expect(kinds(arithmetic, billing('3', '0.335', '1.005'))).toEqual(['different']);
  });

  it.each([
    ['an overage', billing(null, '1', '5')],
    ['a rate', billing('5', null, '5')],
    ['a currency', billing('5', '1', '5', null)],
  ])('cannot say of a wallet that bills without %s', (_, sides) => {
    expect(kinds(arithmetic, sides)).toEqual(['not-comparable']);
  });

  it.each(['overage', 'overageRate', 'overageCharge', 'currency'] as const)(
    'cannot say with an unreadable %s',
    (field) => {
      const own = {
        ...wallet({ overage: 5 }),
        overageRate: number(1),
        overageCharge: number(5),
        [field]: unreadable(),
      };
      expect(kinds(arithmetic, alone(withWallets(own)))).toEqual(['not-comparable']);
    },
  );

  it('has nothing to say of a wallet that bills nothing', () => {
    expect(kinds(arithmetic, billing(null, '1', null))).toEqual([]);
  });
});

describe('wallet-charge-agreement', () => {
  /** 10 in the wallet, of which all is drawn, and 5 over. */
  const own: Wallet = {
    ...wallet({ starting: 8, increase: 3, decrease: 1, consumption: 10, overage: 5 }),
    overageRate: number('23.74'),
    overageCharge: number('118.70'),
    unit: text('seat'),
  };
  const pair = (changes: Partial<Wallet>, charges: readonly Charge[] = [charge(TRUE_CHARGE)]): Sides =>
    alone({ details: [detail(charges, { wallets: [{ ...own, ...changes }] })] });

  it('agrees with the charge of its SKU', () => {
    expect(kinds(agreement, pair({}))).toEqual(['equal']);
  });

  it('says nothing where no charge of its SKU and organisation stands beside it', () => {
    expect(kinds(agreement, pair({}, []))).toEqual([]);
    expect(kinds(agreement, pair({}, [charge(TRUE_CHARGE, { sku: 'OTHER' })]))).toEqual([]);
    expect(kinds(agreement, pair({}, [charge(TRUE_CHARGE, { orgs: [BYTE] })]))).toEqual([]);
  });

  it('is held against all charges of its SKU together, also those that name nobody', () => {
    const parts = [
      charge({ prepaid: 4, actual: 9, overageQuantity: 5, overageRate: '23.74', overageCharge: '118.70' }),
      charge({ prepaid: 6, actual: 6 }, { orgs: [], at: at('/charges/1') }),
    ];
    expect(kinds(agreement, pair({}, parts))).toEqual(['equal']);
    expect(kinds(agreement, pair({}, parts.slice(0, 1)))).toEqual(['different']);
  });

  it.each<[string, Partial<Wallet>, string]>([
    ['use', { consumption: number(9) }, 'use 14 against 15'],
    ['allowance', { starting: number(9) }, 'allowance 11 against 10'],
    ['overage', { overage: number(4), consumption: number(11) }, 'overage 4 against 5'],
    ['overage charge', { overageCharge: number(1187) }, 'overage charge 1187 against 118.7'],
    ['overage rate', { overageRate: number('2.374') }, 'overage rate 2.374 against 23.74'],
    ['currency', { currency: text('EUR') }, 'currency EUR against USD'],
    ['unit', { unit: text('GB') }, 'unit GB against User'],
  ])('finds another %s', (_, changes, words_) => {
    expect(words(agreement, pair(changes))).toEqual([`the wallet and the charge of PC-WALL differ: ${words_}`]);
  });

  it('holds the allowance against fair use where the charge states one', () => {
    const fair = charge({ ...TRUE_CHARGE, prepaid: 3, fairuse: 10 });
    expect(kinds(agreement, pair({}, [fair]))).toEqual(['equal']);
  });

  it('claims nothing of what the wallet leaves out', () => {
    const silent = { starting: none, increase: none, decrease: none, overageRate: none, currency: none, unit: none };
    expect(kinds(agreement, pair(silent))).toEqual(['equal']);
  });

  it.each(['consumption', 'overage', 'starting', 'overageRate', 'overageCharge', 'unit'] as const)(
    'cannot say with an unreadable %s',
    (field) => {
      expect(kinds(agreement, pair({ [field]: unreadable() }))).toEqual(['not-comparable']);
    },
  );

  it.each(['prepaid', 'fairuse', 'actual', 'overageQuantity', 'overageCharge'] as const)(
    'cannot say beside a charge whose %s cannot be read',
    (field) => {
      const unread = { ...charge(TRUE_CHARGE), [field]: unreadable() };
      expect(kinds(agreement, pair({}, [unread]))).toEqual(['not-comparable']);
    },
  );

  it('cannot say of a wallet that names no SKU: it may be any', () => {
    expect(kinds(agreement, pair({ sku: null }))).toEqual(['not-comparable']);
  });
});
