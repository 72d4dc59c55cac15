import { describe, expect, it } from 'vitest';
import type { Wallet } from '../../domain/contract-side.ts';
import { walletRule } from './invariant-wallet.ts';
import {
  ACME,
  alone,
  BYTE,
  beside,
  detail,
  kinds,
  listing,
  period,
  unreadable,
  wallet,
  words,
} from './testing/sides.ts';

const withWallets = (...wallets: readonly Wallet[]) => ({ details: [detail([], { wallets })] });
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
