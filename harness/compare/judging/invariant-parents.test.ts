import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { onePair, policy, TYPICAL } from '../testing/sides.ts';

const cellsOf = (...[legacy, change]: Parameters<typeof onePair>) => {
  const sides = onePair(legacy, change);
  const { cells } = compare(sides.legacy, sides.contract, policy());
  return new Map(cells.filter(({ status }) => status === 'mismatch').map((cell) => [cell.rule, cell]));
};

describe('a broken invariant of a charge', () => {
  it('stands under the difference of its pair that says the same', () => {
    const cells = cellsOf(TYPICAL, { overageQuantity: '15' });
    expect(cells.get('overage-arithmetic')?.derivedFrom).toBe(cells.get('overage-quantity')?.id);
    expect(cells.get('overage-arithmetic')?.derivedFrom).not.toBeUndefined();
    const charged = cellsOf(TYPICAL, { overageCharge: '1' });
    expect(charged.get('charge-arithmetic')?.derivedFrom).toBe(charged.get('overage-charge')?.id);
  });

  it('stands alone where the pair agrees in that figure', () => {
    // Legacy used 12 of 10; the contract side says 15 used, and an overage that is right for legacy alone.
    const cells = cellsOf({ ...TYPICAL, actual: '12' }, { actual: '15', overageQuantity: '2', overageCharge: '47.48' });
    expect(cells.has('overage-quantity')).toBe(false);
    expect(cells.get('overage-arithmetic')?.derivedFrom).toBeNull();
  });
});
