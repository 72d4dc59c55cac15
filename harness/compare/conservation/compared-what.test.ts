import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { align } from '../pairs/align.ts';
import { at } from '../testing/figures.ts';
import { contractSide, onePair, policyForP1, TYPICAL } from '../testing/sides.ts';
import { comparedParts, comparedWhat } from './compared-what.ts';

function what(world: { readonly legacy: LegacySide | null; readonly contract: ContractSide }) {
  const { legacy, contract } = world;
  const policy = policyForP1();
  const sides = { legacy, contract, policy, alignment: legacy === null ? null : align(legacy, contract, policy) };
  return comparedWhat(sides, comparedParts(sides));
}

describe('what was compared', () => {
  it('is quantities and prices where both sides state them', () => {
    expect(what(onePair())).toMatchObject({ quantities: true, prices: true });
    expect(what(onePair()).because).not.toHaveProperty('prices');
  });

  it('is no price that legacy does not state, and says which product', () => {
    const { quantities, prices, because } = what(onePair({ ...TYPICAL, overageRate: null }, { overageRate: '23.74' }));
    expect([quantities, prices]).toEqual([true, false]);
    expect(because['prices']).toContain('legacy states no rate for P1');
  });

  it('is nothing where no pair has both sides, and says why', () => {
    const { legacy } = onePair();
    const lost = what({ legacy, contract: contractSide([]) });
    expect(lost).toMatchObject({ quantities: false, prices: false });
    expect(lost.because['quantities']).toMatch(/./);
  });

  it('claims no invoices that were not asked for', () => {
    const world = onePair();
    expect(what(world)).toMatchObject({ invoices: 'none', because: { invoices: 'no invoices were asked for' } });
    for (const invoicesAsked of ['period', 'all'] as const) {
      const asked = what({ ...world, contract: { ...world.contract, invoicesAsked } });
      expect(asked.invoices).toBe(invoicesAsked);
      expect(asked.because).toEqual({});
    }
  });

  it('counts contracts that were asked for by id apart from those taken from their listing', () => {
    const world = onePair();
    expect(what(world).listingDetail).toEqual({ asked: 1, of: 1 });
    const contracts = world.contract.contracts.map((one) => ({ ...one, at: at('listing', '/entities/0') }));
    const listed = what({ ...world, contract: { ...world.contract, contracts } });
    expect(listed.listingDetail).toEqual({ asked: 0, of: 1 });
    expect(listed.because['listingDetail']).toMatch(/not asked for/);
    const lost = what({ ...world, contract: { ...world.contract, contracts: [] } });
    expect(lost.because['listingDetail']).toMatch(/could not be read/);
  });

  it('is no price of the contract side alone', () => {
    const alone = what({ legacy: null, contract: onePair().contract });
    expect(alone).toMatchObject({ quantities: true, prices: false });
    expect(alone.because['prices']).toContain('alone');
  });
});
