import { describe, expect, it } from 'vitest';
import type { UsageKind } from '../../domain/line.ts';
import { productsOf } from '../scope/products.ts';
import { APRIL, contractSide, org, policy, product, row, TYPICAL } from '../testing/sides.ts';
import { type PairMaterial, PLAIN } from './pair.ts';
import { usageKindOf } from './usage-kind.ts';

const material = (
  legacy: readonly (readonly [string | null, UsageKind | null])[],
  contract: string | null,
  kind: UsageKind | null = null,
): PairMaterial => {
  const [group] = productsOf(policy({ products: [product('P1', { kind })] })).groups;
  if (group === undefined) throw new Error('no group');
  const charge = { ...TYPICAL, unit: contract, orgs: ['a'], sku: 'P1' };
  return {
    ...PLAIN,
    key: 'k',
    product: group,
    orgs: [org('a')],
    region: null,
    period: APRIL,
    legacyLines: legacy.map(([unit, grouping]) => row('a', 'P1', { ...TYPICAL, unit }, { kind: grouping })),
    contractLines: contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge] }] }]).lines,
    notComparableReason: null,
    unreadSource: null,
  };
};

describe('how use adds up', () => {
  it.each<[string, PairMaterial, UsageKind | null]>([
    ['as the scenario says, before all else', material([['minute', 'user']], 'Minute', 'peak'), 'peak'],
    ['by a unit of licences', material([['seat', null]], 'User'), 'user'],
    ['by a unit of licences on one side alone', material([[null, null]], 'Person'), 'user'],
    ['by a unit of amounts', material([['minute', null]], 'Minute'), 'sum'],
    ['by the unit before the grouping', material([['minute', 'user']], null), 'sum'],
    ['by the grouping where the unit decides nothing', material([['unit', 'peak']], 'Each'), 'peak'],
    ['by the grouping where there is no unit', material([[null, 'user']], null), 'user'],
    ['not at all where nothing says it', material([[null, null]], null), null],
    ['not at all by Unit and Each', material([['unit', null]], 'Each'), null],
    ['not at all by what may be held as well as used up', material([['phonenumber', null]], 'Port'), null],
    ['not at all where units contradict each other', material([['seat', null]], 'GB'), null],
    [
      'not at all where groupings contradict each other',
      material(
        [
          [null, 'user'],
          [null, 'sum'],
        ],
        null,
      ),
      null,
    ],
  ])('%s', (_, of, kind) => {
    expect(usageKindOf(of)).toBe(kind);
  });
});
