import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  policy,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';

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

  it.each([
    ['two rows and one', ['10', '10'], ['10'], '20', 'the usage API: partner billing stands alone'],
    ['one row and two', ['10'], ['10', '10'], '20', 'partner billing: the usage API stands alone'],
    ['two rows and two', ['10', '10'], ['5', '10'], '15', 'partner billing: the usage API stands alone'],
  ])('rows of one product are added up before they vote: %s', (_, usage, partner, contract, vote) => {
    const rows = (all: readonly string[]) => all.map((actual) => row('a', 'P1', { ...TYPICAL, actual }));
    const judgement = compare(
      legacySide([
        subscription('a', rows(usage)),
        subscription(
          'a',
          rows(partner).map((line) => ({ ...line, source: 'partner-billing' as const })),
          {
            source: 'partner-billing',
          },
        ),
      ]),
      contractSide([
        { id: 'c', periods: [{ span: APRIL, charges: [{ ...TYPICAL, actual: contract, orgs: ['a'], sku: 'P1' }] }] },
      ]),
      policy(),
    );
    const cell = judgement.cells.find(({ rule, scope }) => rule === 'source-agreement' && scope.subject === 'actual');
    expect(cell?.reason).toContain(`the contract side agrees with ${vote}`);
  });

  it('nothing but the period that is compared votes', () => {
    const MARCH = span('2026-03-01', '2026-03-31', 'closed');
    const of = (actual: string, period = APRIL) => {
      const line = row('a', 'P1', { ...TYPICAL, actual }, { period });
      return subscription('a', [{ ...line, source: 'partner-billing' }], { period, source: 'partner-billing' });
    };
    const judgement = compare(
      legacySide([of('15', MARCH), subscription('a', [row('a', 'P1')]), of('14')]),
      contractSide([
        { id: 'c', periods: [{ span: APRIL, charges: [{ ...TYPICAL, actual: '14', orgs: ['a'], sku: 'P1' }] }] },
      ]),
      policy(),
    );
    const [cell] = judgement.cells.filter(({ rule, status }) => rule === 'source-agreement' && status === 'mismatch');
    expect(cell?.reason).toContain('agrees with partner billing: the usage API stands alone');
  });

  const partnerSays = (orgId: string, actual: string) =>
    subscription(orgId, [{ ...row(orgId, 'P1', { ...TYPICAL, actual }), source: 'partner-billing' }], {
      source: 'partner-billing',
    });
  const usageSays = (orgId: string) => subscription(orgId, [row(orgId, 'P1')]);
  const charges = (...all: readonly (readonly [string, readonly string[]])[]) =>
    contractSide([
      {
        id: 'c',
        periods: [{ span: APRIL, charges: all.map(([actual, orgs]) => ({ ...TYPICAL, actual, orgs, sku: 'P1' })) }],
      },
    ]);
  const disagreements = (...sides: readonly [Parameters<typeof legacySide>[0], ReturnType<typeof charges>]) =>
    compare(legacySide(sides[0]), sides[1], policy())
      .cells.filter(({ rule, status }) => rule === 'source-agreement' && status === 'mismatch')
      .map(({ reason }) => reason);

  it('each organisation votes for itself', () => {
    const legacy = [usageSays('a'), usageSays('b'), partnerSays('a', '14'), partnerSays('b', '13')];
    expect(disagreements(legacy, charges(['14', ['a']], ['15', ['b']]))).toEqual([
      expect.stringContaining('agrees with partner billing: the usage API stands alone'),
      expect.stringContaining('agrees with the usage API: partner billing stands alone'),
    ]);
  });

  it('a charge over several organisations does not vote on one of them', () => {
    const legacy = [usageSays('a'), usageSays('b'), partnerSays('a', '14')];
    const [reason, ...more] = disagreements(legacy, charges(['29', ['a', 'b']]));
    expect(more).toEqual([]);
    expect(reason).not.toContain('agrees');
  });

  it('nothing votes where they agree', () => {
    expect(reasonOf({}, {}, { actual: '14' })).toBeUndefined();
  });
});
