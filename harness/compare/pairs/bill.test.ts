import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import { decimal } from '../../domain/decimal.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { ratio } from '../../domain/ratio.ts';
import { number } from '../testing/figures.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  policyForP1,
  product,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { align } from './align.ts';
import { readPair } from './read-pair.ts';

function billsOfOne(legacy: LegacySide, contract: ContractSide, options: Parameters<typeof policyForP1>[0] = {}) {
  const alignment = align(legacy, contract, policyForP1(options));
  const [material, ...others] = alignment.pairs;
  if (material === undefined || others.length > 0) throw new Error(`${alignment.pairs.length} pairs`);
  return readPair(material, alignment.readings).bills;
}
const bills = (legacy: Figures, changes: Figures = {}, options: Parameters<typeof policyForP1>[0] = {}) => {
  const sides = onePair(legacy, changes);
  return billsOfOne(sides.legacy, sides.contract, options);
};
const known = (currency: string, amount: string, borrowed = false) => ({ known: true, currency, amount, borrowed });

describe('what both sides would bill', () => {
  it('is committed units × price + the overage charge', () => {
    // 10 × 20 + 5 × 23.74
    expect(bills(TYPICAL)).toMatchObject({ legacy: known('USD', '318.7'), contract: known('USD', '318.7') });
  });

  it('is what the contract side states as its charge, not what its figures make', () => {
    expect(bills(TYPICAL, { overageCharge: '1' }).contract).toMatchObject(known('USD', '201'));
    expect(bills(TYPICAL, { overageQuantity: '0', overageCharge: '118.7' }).contract).toMatchObject(
      known('USD', '318.7'),
    );
  });

  it('rounds a pair’s fee once, unrounded parts added, and each overage charge by itself', () => {
    const part = { ...TYPICAL, committed: '1', committedRate: '0.335', actual: '2', overageRate: '0.335' };
    const rows = legacySide([subscription('a', [row('a', 'P1', part), row('a', 'P1', part), row('a', 'P1', part)])]);
    const charge = { ...part, committed: '3', actual: '6', orgs: ['a'], sku: 'P1' };
    const contract = contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge] }] }]);
    // 3 × 0.335 = 1.005 → 1.01, and three times 0.335 → 0.34; the contract side rounds its 1.005 once.
    expect(
      billsOfOne(rows, {
        ...contract,
        lines: contract.lines.map((line) => ({ ...line, overageCharge: number('1.02') })),
      }),
    ).toMatchObject({
      legacy: known('USD', '2.03'),
      contract: known('USD', '2.03'),
    });
  });

  it('knows the minor unit of each currency', () => {
    const of = (currency: string) =>
      bills({ ...TYPICAL, committed: '1', committedRate: '0.5555', actual: '1', currency }).legacy;
    expect(of('JPY')).toMatchObject(known('JPY', '1'));
    expect(of('KWD')).toMatchObject(known('KWD', '0.556'));
  });

  it('multiplies by the bundle, and converts by the factor', () => {
    expect(bills({ ...TYPICAL, bundle: '12', actual: '0' }, { committed: '120' }).legacy).toMatchObject(
      known('USD', '2400'),
    );
    const products = [product('P1', { factor: ratio(60) })];
    const contract = { committed: '600', actual: '900', committedRate: '0.5', overageRate: '1' };
    const hours = { ...TYPICAL, committedRate: '30', overageRate: '60' };
    expect(bills(hours, contract, { products })).toMatchObject({
      legacy: known('USD', '600'),
      contract: known('USD', '600'),
    });
  });

  it('adds charges in money over the pieces of a cut period, and takes the greatest licence’s fee', () => {
    const charge = { ...TYPICAL, orgs: ['a'], sku: 'P1' };
    const pieces = [
      { span: span('2026-04-01', '2026-04-14', 'closed'), charges: [{ ...charge, actual: '12' }] },
      { span: span('2026-04-15', '2026-04-30'), charges: [charge] },
    ];
    const legacy = legacySide([subscription('a', [row('a', 'P1')])]);
    const products = [product('P1', { kind: 'user' })];
    const { contract } = billsOfOne(legacy, contractSide([{ id: 'c', periods: pieces }]), { products });
    // 10 × 20 once, and 2 + 5 over.
    expect(contract).toMatchObject(known('USD', '366.18'));
  });
});

describe('a rate that one side does not state', () => {
  it('is borrowed from the other, and marked', () => {
    const { legacy, contract } = bills(
      { ...TYPICAL, committedRate: null, overageRate: null },
      { committedRate: '20', overageRate: '23.74', overageCharge: '118.7' },
    );
    expect(legacy).toMatchObject(known('USD', '318.7', true));
    expect(contract).toMatchObject(known('USD', '318.7', false));
  });

  it('leaves the bill unknown where the other states none either: unknown is not zero', () => {
    const { legacy } = bills({ ...TYPICAL, committedRate: null }, { committedRate: null });
    expect(legacy).toMatchObject({ known: false, why: 'no committed rate is stated' });
  });

  it('is not needed where nothing is committed and nothing is over', () => {
    const nothing = { ...TYPICAL, committed: '0', actual: '0', committedRate: null, overageRate: null };
    expect(bills(nothing).legacy).toMatchObject(known('USD', '0', false));
  });
});

describe('a bill that is not known', () => {
  it.each<[string, Figures, Figures, 'legacy' | 'contract']>([
    ['a quantity that cannot be read', { ...TYPICAL, committed: { bad: 'N/A' } }, { committed: '10' }, 'legacy'],
    ['a price that cannot be read', { ...TYPICAL, committedRate: { bad: '?' } }, { committedRate: '20' }, 'legacy'],
    ['a charge that cannot be read', TYPICAL, { overageCharge: { bad: '?' } }, 'contract'],
    ['a currency that cannot be read', TYPICAL, { currency: { bad: '?' } }, 'contract'],
    ['no currency on either side', { ...TYPICAL, currency: null }, { currency: null }, 'legacy'],
  ])('for %s says why', (_, legacy, changes, side) => {
    const bill = bills(legacy, changes)[side];
    expect(bill.known).toBe(false);
    expect(bill).toHaveProperty('why', expect.stringMatching(/./));
  });

  it('is every bill of a pair that cannot be compared', () => {
    const may = span('2026-05-01', '2026-05-31');
    const { legacy } = onePair();
    const contract = contractSide([
      { id: 'c', periods: [{ span: may, charges: [{ ...TYPICAL, orgs: ['a'], sku: 'P1' }] }] },
    ]);
    const both = billsOfOne(legacy, contract);
    expect([both.legacy.known, both.contract.known]).toEqual([false, false]);
    // What can be said of it stands beside the tie-out.
    expect(both.legacy).toMatchObject({ currency: 'USD', amount: '318.7' });
  });

  it('still tells what both sides state', () => {
    const { stated } = bills(
      { ...TYPICAL, committedRate: { bad: '?' } },
      { committedRate: '20', overageCharge: '120' },
    );
    expect(stated).toEqual({ currency: 'USD', difference: '1.3' });
    expect(bills(TYPICAL, { currency: 'EUR' }).stated).toBeNull();
  });
});

describe('use that legacy may bill nothing for', () => {
  const trial = (contract: Figures, option: 'free' | 'charged' | 'unknown') => {
    const sides = onePair(TYPICAL, contract);
    const [own] = sides.legacy.subscriptions;
    if (own === undefined) throw new Error('no subscription');
    const type = { ...own.subscriptionType, state: 'known', value: 'FREE_TRIAL_MONTH_TO_MONTH', raw: '""' } as const;
    return billsOfOne(legacySide([{ ...own, subscriptionType: type }]), sides.contract, {
      products: [product('P1', { trial: option })],
    });
  };

  it('is not known while the contract side bills it, and nothing where it bills nothing', () => {
    expect(trial({}, 'unknown').legacy.known).toBe(false);
    expect(trial({ overageQuantity: '0', overageCharge: '0' }, 'unknown').legacy).toMatchObject(known('USD', '200'));
  });

  it('is as the scenario says', () => {
    expect(trial({}, 'charged').legacy).toMatchObject(known('USD', '318.7'));
    expect(trial({}, 'free').legacy).toMatchObject(known('USD', '200'));
  });
});

describe('the rounding of a conversion', () => {
  it('is no money: quantities and rates that agree converted are billed alike', () => {
    const products = [product('P1', { factor: ratio('1/17') })];
    // 100 minutes at 1.00 are 5.88 tokens at 17.
    const legacy = { committed: '100', committedRate: '1', actual: '100', overageRate: '1', currency: 'USD' };
    const contract = { committed: '5.88', committedRate: '17', actual: '5.88', overageRate: '17' };
    const both = bills(legacy, contract, { products });
    expect(both.legacy).toMatchObject(known('USD', '99.96'));
    expect(both.contract).toMatchObject(known('USD', '99.96'));
    const other = bills(legacy, { ...contract, committed: '5.9' }, { products });
    expect(other.legacy).toMatchObject(known('USD', '100'));
    expect(decimal(other.contract.amount ?? 0)).toBe('100.3');
  });
});
