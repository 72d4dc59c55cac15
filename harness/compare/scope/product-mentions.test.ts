import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  policy,
  product,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { productMentions } from './product-mentions.ts';
import { productsOf } from './products.ts';

const NOTHING: Figures = { committed: '0', actual: '0' };
const legacyOf = (count: number, figures: Figures = TYPICAL): LegacySide =>
  legacySide(
    Array.from({ length: count }, (_, index) => subscription(`o${index}`, [row(`o${index}`, 'PC-P1', figures)])),
  );
const contractOf = (count: number, sku = 'PC-P1', figures: Figures = TYPICAL): ContractSide =>
  contractSide(
    Array.from({ length: count }, (_, index) => ({
      id: `c${index}`,
      periods: [{ span: APRIL, charges: [{ ...figures, orgs: [`o${index}`], sku }] }],
    })),
  );

const products = productsOf(policy({ products: [product('PC-P1')] }));
const [group] = products.groups;
if (group === undefined) throw new Error('no group');
const ask = (legacy: LegacySide, contract: ContractSide) =>
  productMentions(legacy, contract, products, () => true).question(group);
const count = (legacy: LegacySide, contract: ContractSide) => {
  const mentions = productMentions(legacy, contract, products, () => true);
  return [mentions.legacy(group), mentions.contract(group)];
};

describe('where the sides mention a product', () => {
  it('is a question from three organisations on, if the other side mentions it nowhere', () => {
    expect(ask(legacyOf(3), contractOf(3, 'OTHER'))).toContain('legacy states PC-P1 for 3 organisations');
    expect(ask(legacyOf(2), contractOf(2, 'OTHER'))).toBeNull();
    expect(ask(legacySide([]), contractOf(3))).toContain('the contract side states PC-P1 for 3 organisations');
    expect(ask(legacySide([]), contractOf(2))).toBeNull();
    expect(ask(legacySide([]), contractSide([]))).toBeNull();
  });

  it('counts organisations in scope alone', () => {
    const inScope = (ids: readonly string[]) =>
      productMentions(legacySide([]), contractOf(5), products, (id) => ids.includes(id)).question(group);
    expect(inScope(['o0', 'o1'])).toBeNull();
    expect(inScope(['o0', 'o1', 'o4'])).toContain('for 3 organisations');
  });

  it('is none where the other side names it for anyone, be it with nothing', () => {
    expect(ask(legacyOf(5), contractOf(1))).toBeNull();
    expect(ask(legacyOf(5), contractOf(1, 'PC-P1', NOTHING))).toBeNull();
    expect(ask(legacyOf(1, NOTHING), contractOf(5))).toBeNull();
  });

  it('counts organisations of which something is stated, once each', () => {
    const twice = legacySide([
      subscription('o0', [row('o0', 'PC-P1'), row('o0', 'pc-p1 ')]),
      subscription('o1', [row('o1', 'PC-P1', NOTHING)]),
    ]);
    expect(count(twice, contractSide([]))).toEqual([
      { known: true, orgs: 1 },
      { known: false, orgs: 0 },
    ]);
    expect(ask(legacyOf(3, NOTHING), contractSide([]))).toBeNull();
  });

  it('takes a plan, an invoice line, a breakdown or another prefix for a mention', () => {
    const side = contractOf(1);
    const plansAlone = { ...side, lines: [], details: [] };
    expect(count(legacySide([]), plansAlone)[1]).toEqual({ known: true, orgs: 0 });
    expect(count(legacySide([]), { ...plansAlone, contracts: [] })[1]?.known).toBe(true);
    expect(count(legacySide([]), contractOf(3, 'GC-P1'))[1]).toEqual({ known: true, orgs: 0 });
    expect(ask(legacyOf(3), contractOf(3, 'GC-P1'))).toBeNull();
    const [one] = legacyOf(1).subscriptions;
    if (one === undefined) throw new Error('no subscription');
    expect(count(legacySide([{ ...one, lines: [], breakdowns: one.lines }]), contractSide([]))[0]).toEqual({
      known: true,
      orgs: 0,
    });
  });
});
