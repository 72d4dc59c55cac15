import { describe, expect, it } from 'vitest';
import { decimal } from './decimal.ts';
import { isParcel, partitions } from './partition.ts';

const parcels = (...quantities: readonly number[]) =>
  quantities.map((quantity) => ({ quantity: decimal(quantity), owners: [0, 1] }));
const totals = (...values: readonly number[]) => values.map((value) => decimal(value));
const owners = (found: ReturnType<typeof partitions>) => found?.map((one) => [...one].sort().join('')) ?? null;

describe('quantities that several owners share', () => {
  it('go to the only owner whose total they make', () => {
    expect(owners(partitions(parcels(100, 30, 30), totals(100, 60)))).toEqual(['0', '1', '1']);
    expect(owners(partitions(parcels(40, 60, 60), totals(100, 60)))).toEqual(['0', '01', '01']);
  });

  it('go nowhere where no way makes all totals', () => {
    expect(partitions(parcels(100, 61), totals(100, 60))).toBeNull();
    expect(partitions([{ quantity: decimal(100), owners: [1] }, ...parcels(60)], totals(100, 60))).toBeNull();
  });

  it('agree as they are asked to', () => {
    const near = (sum: string, total: string) => Math.abs(Number(sum) - Number(total)) < 1;
    expect(owners(partitions(parcels(100, 60), totals(100.4, 60), near))).toEqual(['0', '1']);
  });

  it('are left alone where there are too many ways to try', () => {
    expect(partitions(parcels(...Array.from({ length: 40 }, () => 1)), totals(20, 20))).toBeNull();
  });

  it('are quantities above zero', () => {
    expect([decimal(1), decimal(0), decimal(-1)].map(isParcel)).toEqual([true, false, false]);
  });
});
