import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { APRIL, contractSide, type Figures, legacySide, policy, row, subscription, TYPICAL } from './testing/sides.ts';

/** One organisation, of which usage API, partner billing and contract side each say something. */
function reasonOf(usage: Figures, partner: Figures, contract: Figures): string | null | undefined {
  const judgement = compare(
    legacySide([
      subscription('a', [row('a', 'P1', { ...TYPICAL, ...usage })]),
      subscription('a', [{ ...row('a', 'P1', { ...TYPICAL, ...partner }), source: 'partner-billing' }], {
        source: 'partner-billing',
      }),
    ]),
    contractSide([
      { id: 'c', periods: [{ span: APRIL, charges: [{ ...TYPICAL, ...contract, orgs: ['a'], sku: 'P1' }] }] },
    ]),
    policy(),
  );
  return judgement.cells.find(({ rule, status }) => rule === 'source-agreement' && status === 'mismatch')?.reason;
}

describe('where the two legacy APIs disagree', () => {
  it.each([
    ['actual', '15', '14', '15', 'the contract side agrees with the usage API: partner billing stands alone'],
    ['actual', '15', '14', '14', 'the contract side agrees with partner billing: the usage API stands alone'],
    ['actual', '15', '14', '13', 'the contract side agrees with neither'],
    ['committed', '10', '9', '9', 'the contract side agrees with partner billing: the usage API stands alone'],
    [
      'overageRate',
      '23.74',
      '25',
      '23.74',
      'the contract side agrees with the usage API: partner billing stands alone',
    ],
    ['committedRate', '20', '21', '21', 'the contract side agrees with partner billing: the usage API stands alone'],
    ['currency', 'USD', 'EUR', 'EUR', 'the contract side agrees with partner billing: the usage API stands alone'],
  ])('%s: %s, %s and %s', (field, usage, partner, contract, vote) => {
    expect(reasonOf({ [field]: usage }, { [field]: partner }, { [field]: contract })).toContain(`; ${vote}`);
  });

  it('nothing votes where they agree', () => {
    expect(reasonOf({}, {}, { actual: '14' })).toBeUndefined();
  });
});
