import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compareDecimals, decimal, maximum, ZERO } from '../../domain/decimal.ts';
import type { Figures } from '../world/facts.ts';
import { overageOf } from '../world/figures.ts';
import { repeat, type SplitShare, split } from './split.ts';

const whole = fc.integer({ min: 0, max: 1_000_000 }).map((units) => decimal(units));
const fraction = fc.integer({ min: 0, max: 9_000_000 }).map((units) => decimal(`${units}e-3`));
const figures: fc.Arbitrary<Figures> = fc.record({ committed: whole, included: fc.option(whole), actual: fraction });
const share: fc.Arbitrary<SplitShare> = fc.record({
  first: fc.integer({ min: 1, max: 99 }).map((percent) => decimal(`${percent}e-2`)),
  overageIn: fc.constantFrom('first', 'second'),
});

describe('split', () => {
  it('keeps all sums, the overage too', () => {
    fc.assert(
      fc.property(figures, share, (all, how) => {
        const [first, second] = split(all, how);
        expect(add(first.committed, second.committed)).toBe(all.committed);
        expect(add(first.included ?? ZERO, second.included ?? ZERO)).toBe(all.included ?? ZERO);
        expect(add(first.actual, second.actual)).toBe(all.actual);
        expect(add(overageOf(first), overageOf(second))).toBe(overageOf(all));
        for (const part of [first, second]) expect(compareDecimals(part.actual, ZERO)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('leaves all overage in one part, so that it is rounded once', () => {
    fc.assert(
      fc.property(figures, share, (all, how) => {
        const [first, second] = split(all, how);
        expect(overageOf(how.overageIn === 'first' ? second : first)).toBe(ZERO);
      }),
    );
  });
});

describe('repeat', () => {
  it('has the whole as the greater of its parts, and all overage in one of them', () => {
    fc.assert(
      fc.property(figures, share, (all, how) => {
        const [first, second] = repeat(all, how);
        expect(maximum(first.actual, second.actual)).toBe(all.actual);
        expect(add(overageOf(first), overageOf(second))).toBe(overageOf(all));
        expect([first.committed, second.committed]).toEqual([all.committed, all.committed]);
      }),
    );
  });
});
