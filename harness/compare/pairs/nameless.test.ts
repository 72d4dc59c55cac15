import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { mismatches } from '../testing/cells.ts';
import { APRIL, contractSide, legacySide, policy, row, subscription, TYPICAL } from '../testing/sides.ts';

const legacy = legacySide([subscription('a', [row('a', 'P1'), row('a', 'P2')])]);
/** P2 of the organisation is missing, and a charge of this SKU names nobody. */
const judged = (sku: string) =>
  compare(
    legacy,
    contractSide([
      {
        id: 'c',
        orgs: ['a'],
        periods: [
          {
            span: APRIL,
            charges: [
              { ...TYPICAL, orgs: ['a'], sku: 'P1' },
              { ...TYPICAL, orgs: [], sku, id: 'ch9' },
            ],
          },
        ],
      },
    ]),
    policy(),
  );

describe('a charge that names no organisation', () => {
  it.each(['P2', ''])('may be a missing one of its product (%j)', (sku) => {
    const [cell] = judged(sku).cells.filter(
      ({ rule, scope }) => rule === 'product-missing-in-contract' && scope.sku === 'P2',
    );
    expect(cell?.status).toBe('not-comparable');
    expect(cell?.reason).toContain('charge ch9 of contract c names no');
  });

  it.each(['P1', 'P7'])('is none of another product (%s): that one is missing all the same', (sku) => {
    expect(mismatches(judged(sku))).toContain('product-missing-in-contract');
  });
});
