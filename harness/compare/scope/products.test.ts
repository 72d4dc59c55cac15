import { describe, expect, it } from 'vitest';
import { decimal } from '../../domain/decimal.ts';
import { ratio } from '../../domain/ratio.ts';
import { policy, product, row } from '../testing/sides.ts';
import { productsOf } from './products.ts';

const groups = (...products: ReturnType<typeof product>[]) => productsOf(policy({ products })).groups;

describe('product groups', () => {
  it('stand alone where nothing is shared', () => {
    expect(groups(product('B'), product('A')).map((group) => [group.partNumber, group.sku])).toEqual([
      ['A', 'A'],
      ['B', 'B'],
    ]);
  });

  it('join what shares a SKU, step by step, without regard to case and space', () => {
    const joined = groups(
      product('A', { skus: ['X'] }),
      product('B', { skus: [' x ', 'Y'] }),
      product('C', { skus: ['y'] }),
      product('D'),
    );
    expect(joined.map((group) => [group.partNumber, group.sku])).toEqual([
      ['A, B, C', 'X, Y'],
      ['D', 'D'],
    ]);
  });

  it('are found by part number and by SKU', () => {
    const products = productsOf(policy({ products: [product('A', { skus: ['X', 'Y'] })] }));
    expect(products.byPartNumber('a ')).toBe(products.groups[0]);
    expect(products.bySku('y')).toBe(products.groups[0]);
    expect(products.bySku('A')).toBeUndefined();
  });

  it('know the factor of each row, by app where two share a part number', () => {
    const [group] = groups(
      product('A', { skus: ['X'], factor: ratio(60) }),
      product('A', { appId: 'bpp', skus: ['X'], factor: ratio(2) }),
      product('B', { skus: ['X'] }),
    );
    expect(group?.factorOf(row('o', 'A'))).toEqual(ratio(60));
    expect(group?.factorOf(row('o', 'A', {}, { appId: 'bpp' }))).toEqual(ratio(2));
    expect(group?.factorOf(row('o', 'b'))).toEqual(ratio(1));
  });

  it('take kind and rate card only where their entries agree', () => {
    const card = { currency: 'USD', committedRate: null, overageRate: decimal(2) };
    const [agreed] = groups(product('A', { skus: ['X'], kind: 'sum', expected: card }), product('B', { skus: ['X'] }));
    expect(agreed).toMatchObject({ kind: 'sum', expected: card, expectedConflict: false });
    const [split] = groups(
      product('A', { skus: ['X'], kind: 'sum', expected: card }),
      product('B', { skus: ['X'], kind: 'user', expected: { ...card, overageRate: decimal(3) } }),
    );
    expect(split).toMatchObject({ kind: null, expected: null, expectedConflict: true });
  });
});
