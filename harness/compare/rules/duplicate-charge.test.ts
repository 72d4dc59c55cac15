import { describe, expect, it } from 'vitest';
import { APRIL, type ChargeFacts, contractSide, legacySide, policy, span, TYPICAL } from '../testing/sides.ts';
import { duplicateCharge } from './duplicate-charge.ts';

const one: ChargeFacts = { ...TYPICAL, orgs: ['a'], sku: 'P1', id: 'x' };

/** The same again, which no plan commits to. */
const again = (id: string): ChargeFacts => ({ ...one, id, unplanned: true });

const examine = (charges: readonly ChargeFacts[], options: Parameters<typeof policy>[0] = {}, oneSided = false) => [
  ...duplicateCharge.examine({
    legacy: oneSided ? null : legacySide([]),
    contract: contractSide([{ id: 'c', periods: [{ span: APRIL, charges }] }]),
    policy: policy(options),
  }),
];
const kinds = (...args: Parameters<typeof examine>) => examine(...args).map(({ outcome }) => outcome.kind);

describe('duplicate-charge', () => {
  it.each<[string, ChargeFacts[], string[]]>([
    ['one', [one], ['equal']],
    ['two that differ', [one, { ...one, id: 'y', actual: '16' }], ['equal', 'equal']],
    ['two of different organisations', [one, { ...one, id: 'y', orgs: ['b'] }], ['equal', 'equal']],
    ['the same id twice', [one, { ...one, actual: '16' }], ['different']],
    ['all else alike', [one, again('y')], ['different']],
    ['all else alike, and a plan that commits to both', [one, { ...one, id: 'y' }], ['equal']],
    ['the same id, whatever the plan commits to', [one, one], ['different']],
    ['three', [one, again('y'), again('z')], ['different']],
    [
      'a SKU that the scenario does not map',
      [
        { ...one, sku: 'OTHER' },
        { ...one, sku: 'OTHER' },
      ],
      [],
    ],
  ])('%s', (_, charges, expected) => {
    expect(kinds(charges)).toEqual(expected);
    expect(kinds([...charges].reverse())).toEqual(expected);
  });

  it('looks at every SKU of the contract side alone', () => {
    expect(
      kinds(
        [
          { ...one, sku: 'OTHER' },
          { ...one, sku: 'OTHER' },
        ],
        {},
        true,
      ),
    ).toEqual(['different']);
  });

  it('leaves organisations out that the scenario does not list', () => {
    const orgs = [{ id: 'b', region: 'us-east-1', name: null }];
    expect(kinds([one, one], { orgs })).toEqual([]);
  });

  it('says which', () => {
    const [same] = examine([one, one]);
    const [alike] = examine([one, again('y')]);
    expect(same?.outcome).toMatchObject({
      sentence: 'the billing period has 2 charges with the same id (x)',
      delta: '1',
    });
    expect(alike?.outcome).toMatchObject({
      sentence: 'the billing period has 2 charges alike in all but their ids (x, y)',
    });
  });

  it('takes the plans of its organisations for no account of a second charge over all of them', () => {
    const shared: ChargeFacts = { ...one, orgs: ['a', 'b'], unplanned: true };
    const plans = ['a', 'b'];
    const seen = (charges: readonly ChargeFacts[]) =>
      [
        ...duplicateCharge.examine({
          legacy: null,
          contract: contractSide([{ id: 'c', orgs: plans, periods: [{ span: APRIL, charges }] }]),
          policy: policy(),
        }),
      ].map(({ outcome }) => outcome.kind);
    expect(seen([shared])).toEqual(['equal']);
    expect(seen([shared, { ...shared, id: 'y' }])).toEqual(['different']);
  });

  it('allows the same charge in two periods', () => {
    const contract = contractSide([
      {
        id: 'c',
        periods: [
          { span: APRIL, charges: [one] },
          { span: span('2026-05-01', '2026-05-31'), charges: [one] },
        ],
      },
    ]);
    const observations = [...duplicateCharge.examine({ legacy: null, contract, policy: policy() })];
    expect(observations.map(({ outcome }) => outcome.kind)).toEqual(['equal', 'equal']);
  });
});
