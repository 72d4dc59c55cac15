import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { cellOf, deviations } from '../testing/cells.ts';
import { text } from '../testing/figures.ts';
import { APRIL, contractSide, legacySide, onePair, policyForP1, row, subscription, TYPICAL } from '../testing/sides.ts';

const METERED = { ...TYPICAL, included: '12', unit: 'minute' };

/** A metered product whose `fair-use` row states its allowance in a unit of its own; the contract side says what legacy does. */
function judged(allowanceUnit: string | null, options: Parameters<typeof policyForP1>[0] = {}) {
  const { contract } = onePair({ ...METERED, unit: 'Minute' });
  const line = { ...row('a', 'P1', METERED), includedUnit: text(allowanceUnit) };
  return compare(legacySide([subscription('a', [line])]), contract, policyForP1(options));
}

describe('an allowance', () => {
  it.each([['minute'], ['Min'], [null]])('of the unit of the use (%s) is taken off', (unit) => {
    expect(deviations(judged(unit))).toEqual([]);
  });

  it.each([['hour'], ['message']])('of another unit (%s) is not comparable, and so is the overage', (unit) => {
    const judgement = judged(unit);
    expect(deviations(judgement)).toEqual([
      'included-quantity not-comparable',
      'overage-quantity not-comparable',
      'overage-charge not-comparable',
    ]);
    expect(cellOf(judgement, 'included-quantity').reason).toContain(
      `its fair-use row counts in ${unit} and the usage row in minute`,
    );
    expect(judgement.verdict).toBe('inconclusive');
  });

  it('is taken off where the scenario says that both words mean the same', () => {
    expect(deviations(judged('number', { units: { number: ['minute'] } }))).toEqual([]);
  });

  it('keeps its unit where partner billing fills it in', () => {
    const partner = { ...row('a', 'P1', METERED), includedUnit: text('hour'), source: 'partner-billing' as const };
    const { included: _, ...silent } = METERED;
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', silent)]),
      subscription('a', [partner], { source: 'partner-billing' }),
    ]);
    const contract = contractSide([
      { id: 'c', periods: [{ span: APRIL, charges: [{ ...METERED, orgs: ['a'], sku: 'P1' }] }] },
    ]);
    expect(cellOf(compare(legacy, contract, policyForP1()), 'included-quantity').status).toBe('not-comparable');
  });
});
