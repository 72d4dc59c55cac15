/** Lines that stand for one another in other numbers: charges over several organisations, several charges, several rows. */
import { describe, expect, it } from 'vitest';
import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import { compare } from '../compare.ts';
import { at } from '../testing/figures.ts';
import {
  APRIL,
  type ChargeFacts,
  type ContractFacts,
  contractSide,
  type Figures,
  legacySide,
  org,
  policy,
  product,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { PRESENCE, QUANTITIES, RATES } from '../testing/studied.ts';
import { table } from '../testing/tell.ts';

const IDLE: Figures = { committed: '0', actual: '0', committedRate: '0', overageRate: '0', currency: 'USD' };
const one = (id: string, figures: Figures = TYPICAL, period: BillingPeriod = APRIL): LegacySubscription =>
  subscription(id, [row(id, 'P1', figures, { period })], { period });
const charge = (orgs: readonly string[], figures: Figures = TYPICAL, more: Partial<ChargeFacts> = {}): ChargeFacts => ({
  ...figures,
  orgs,
  sku: 'P1',
  ...more,
});
const contract = (charges: readonly ChargeFacts[], changes: Partial<ContractFacts> = {}): ContractFacts => ({
  id: 'c1',
  periods: [{ span: APRIL, charges }],
  ...changes,
});

const SUM: Figures = { ...TYPICAL, committed: '20', actual: '30', overageQuantity: '10', overageCharge: '237.4' };

const ONE_LESS: Figures = { ...SUM, actual: '29', overageQuantity: '9', overageCharge: '213.66' };

const unanswered = (id: string): CaptureFailure => ({
  side: 'legacy',
  source: 'partner-billing',
  subject: { kind: 'organisation', org: org(id), region: null },
  code: 'http-status',
  message: `partner billing answered 503 for ${id}`,
  at: at(`failure ${id}`),
});

describe('a charge over several organisations', () => {
  it('is compared with the sum of what each has', async () => {
    const ways: readonly (readonly [string, Figures, Figures?])[] = [
      ['alike', TYPICAL],
      ['idle', IDLE],
      ['with unused commitment', { ...TYPICAL, committed: '20', actual: '5' }],
      ['at other rates', { ...TYPICAL, committedRate: '21', overageRate: '24' }],
      [
        'at other rates, nothing used',
        { ...TYPICAL, committed: '0', actual: '0', committedRate: '21', overageRate: '24' },
      ],
      ['without rates', { ...TYPICAL, committedRate: null, overageRate: null }],
      ['in another currency', { ...TYPICAL, currency: 'EUR' }],
      ['without a currency', { ...TYPICAL, currency: null }],
      ['in another unit', { ...TYPICAL, unit: 'hour' }],
      ['with an allowance', { ...TYPICAL, included: '12' }],
      ['with use that is not told', { ...TYPICAL, actual: null }],
      ['with use that cannot be read', { ...TYPICAL, actual: { bad: 'N/A' } }],
    ];
    const short = ['alike', 'at other rates', 'with use that is not told'];
    const rows = ways.flatMap(([how, second]) =>
      [SUM, ...(short.includes(how) ? [ONE_LESS] : [])].map((figures, index) => {
        const legacy = legacySide([one('a', { ...TYPICAL, unit: 'seat' }), one('b', second)]);
        const contracts = contractSide([contract([charge(['a', 'b'], { ...figures, unit: 'User' })])]);
        return [
          [`the second ${how}`, `sums ${index === 0 ? 'right' : 'one less'}`],
          compare(legacy, contracts, policy()),
        ] as const;
      }),
    );
    await expect(table({ rules: [...QUANTITIES, 'unit-of-measure', ...RATES] }, rows)).toMatchFileSnapshot(
      'sharing.sums.txt',
    );
  });

  it('follows from differences that carry over, and not from others', async () => {
    const changes: readonly Figures[] = [
      { actual: '31', overageQuantity: '11', overageCharge: '261.14' },
      { actual: '31', overageQuantity: '12', overageCharge: '284.88' },
      { committed: '21', overageQuantity: '9', overageCharge: '213.66' },
      { committed: '21', overageQuantity: '11', overageCharge: '261.14' },
      { actual: '31', committed: '21', overageQuantity: '11', overageCharge: '261.14' },
      { actual: null, overageQuantity: '11', overageCharge: '261.14' },
      { overageQuantity: '0', overageCharge: '0' },
      { overageCharge: '237.41' },
      { overageCharge: '237.42' },
      { overageRate: '24', overageCharge: '240.02' },
      { overageRate: '24', overageCharge: '240.03' },
      { overageRate: '24', overageCharge: '240', currency: null },
      { overageRate: '24', overageCharge: { bad: '' } },
      { overageQuantity: { bad: '' }, overageRate: '24', overageCharge: '240' },
    ];
    const rows = changes.map((change) => {
      const legacy = legacySide([one('a'), one('b')]);
      return [
        JSON.stringify(change),
        compare(legacy, contractSide([contract([charge(['a', 'b'], { ...SUM, ...change })])]), policy()),
      ] as const;
    });
    await expect(table({ rules: [...QUANTITIES, 'overage-rate'] }, rows)).toMatchFileSnapshot('sharing.derived.txt');
  });

  it('with someone who cannot be compared keeps the others from it', async () => {
    const MARCH = span('2026-03-01', '2026-03-31', 'closed');
    const late = span('2026-04-03', '2026-05-02');
    const listed = [
      { id: 'a', region: 'us-east-1', name: 'Alpha' },
      { id: 'b', region: 'eu-west-1', name: null },
    ];
    const both = contractSide([contract([charge(['a', 'b'], SUM)])]);
    const spans = [APRIL, span('2026-05-01', '2026-05-31')];
    const months = contractSide([
      contract([], { periods: spans.map((each) => ({ span: each, charges: [charge(['a', 'b'], SUM)] })) }),
    ]);
    const three = contractSide([contract([charge(['a', 'b', 'c'], SUM)])]);
    const rows = [
      ['a stranger, discovered', compare(legacySide([one('a')]), both, policy())],
      ['a stranger that comes first', compare(legacySide([one('b')]), both, policy())],
      ['a stranger, not listed', compare(legacySide([one('a'), one('b')]), three, policy({ orgs: listed }))],
      ['two that are listed', compare(legacySide([one('a'), one('b')]), both, policy({ orgs: listed }))],
      ['one listed that legacy did not answer for', compare(legacySide([one('a')]), both, policy({ orgs: listed }))],
      ['a stranger, in two periods', compare(legacySide([one('a')]), months, policy())],
      [
        'one that legacy knows for another product, and a stranger',
        compare(
          legacySide([subscription('a', [row('a', 'P2')])]),
          both,
          policy({ products: [product('P1'), product('P2')] }),
        ),
      ],
      ['nobody of whom legacy knows', compare(legacySide([one('z')]), both, policy())],
      ['one in another period', compare(legacySide([one('a'), one('b', TYPICAL, MARCH)]), both, policy())],
      ['one in a period of a few days later', compare(legacySide([one('a'), one('b', TYPICAL, late)]), both, policy())],
      [
        'one in another period, and one that did not answer',
        compare(
          legacySide([one('a', TYPICAL, MARCH)], { failures: [unanswered('b')] }),
          both,
          policy({ orgs: listed }),
        ),
      ],
      [
        'a product that legacy lacks, of two of whom one was not read whole',
        compare(
          legacySide([one('a'), one('b')], { failures: [unanswered('b')] }),
          contractSide([contract([charge(['a', 'b'], SUM), charge(['a', 'b'], SUM, { sku: 'P2' })])]),
          policy(),
        ),
      ],
      [
        'two of three in another period',
        compare(legacySide([one('a', TYPICAL, MARCH), one('b'), one('c')]), three, policy()),
      ],
      ['all three', compare(legacySide([one('c'), one('b'), one('a')]), three, policy())],
    ] as const;
    await expect(table({ rules: [...PRESENCE, 'actual-quantity'], notes: true }, rows)).toMatchFileSnapshot(
      'sharing.strangers.txt',
    );
  });

  it('joins with others that share one of them', async () => {
    const legacy = legacySide([one('a'), one('b'), one('c'), one('d')]);
    const ways: readonly (readonly ChargeFacts[])[] = [
      [charge(['a', 'b'], SUM), charge(['c', 'd'], SUM)],
      [charge(['a', 'b'], SUM), charge(['b', 'c'], TYPICAL), charge(['d'])],
      [charge(['d', 'c'], TYPICAL), charge(['c', 'b'], TYPICAL), charge(['b', 'a'], SUM)],
      [charge(['a']), charge(['b']), charge(['c'])],
      [charge(['a']), charge(['b', 'd'], SUM)],
    ];
    const rows = ways.map((charges) => {
      const what = charges.map(({ orgs }) => orgs.join('+')).join(', ');
      return [what, compare(legacy, contractSide([contract(charges)]), policy())] as const;
    });
    await expect(table({ rules: [...PRESENCE, ...QUANTITIES] }, rows)).toMatchFileSnapshot('sharing.groups.txt');
  });
});

describe('several lines of one organisation', () => {
  const HALF: Figures = { ...TYPICAL, committed: '5', actual: '7.5', overageQuantity: '2.5', overageCharge: '59.35' };

  it('add up on the contract side, and their rates agree', async () => {
    const seconds: readonly Figures[] = [
      HALF,
      { ...HALF, committedRate: '21' },
      { ...HALF, overageRate: '25' },
      { ...HALF, overageRate: '0' },
      { ...HALF, overageRate: null },
      { ...HALF, currency: 'EUR' },
      { ...HALF, currency: null },
      { ...HALF, committed: '0', committedRate: '21' },
      { ...HALF, committed: null, committedRate: null },
      { ...HALF, actual: null },
      { ...HALF, actual: { bad: '?' } },
      { ...HALF, overageCharge: { bad: '?' } },
      { ...HALF, unit: 'Hour' },
      { ...HALF, actual: '8', overageQuantity: '9' },
      { ...HALF, overageQuantity: '3', overageCharge: '1' },
      { ...HALF, overageQuantity: '3', overageCharge: '71.22' },
      IDLE,
    ];
    const rows = seconds.map((second) => {
      const charges = [charge(['a'], { ...HALF, unit: 'User' }), charge(['a'], second)];
      return [
        JSON.stringify(second),
        compare(legacySide([one('a')]), contractSide([contract(charges)]), policy()),
      ] as const;
    });
    await expect(table({ rules: [...QUANTITIES, 'unit-of-measure', ...RATES] }, rows)).toMatchFileSnapshot(
      'sharing.charges.txt',
    );
  });

  it('add up on legacy too', async () => {
    const counts = [2, 4, 5];
    const rows = counts.flatMap((count) =>
      [TYPICAL, { ...TYPICAL, overageRate: '0' }, { ...TYPICAL, committedRate: null }, IDLE].map((last) => {
        const lines = Array.from({ length: count }, (_, index) =>
          row('a', 'P1', index === count - 1 ? last : TYPICAL, { name: `row ${index}` }),
        );
        const figures = { ...TYPICAL, committed: String(10 * count), actual: String(15 * count) };
        const side = contractSide([contract([charge(['a'], figures)])]);
        const judgement = compare(legacySide([subscription('a', lines)]), side, policy());
        return [`${count} rows, the last ${JSON.stringify(last)}`, judgement] as const;
      }),
    );
    await expect(table({ rules: [...QUANTITIES, ...RATES] }, rows)).toMatchFileSnapshot('sharing.rows.txt');
  });

  it('of two contracts side by side add up; of pieces of a period the kind decides', async () => {
    const pieces = [span('2026-04-01', '2026-04-14'), span('2026-04-15', '2026-04-30')];
    const kinds = ['user', 'sum', 'peak', 'site', null] as const;
    const ways: readonly (readonly [string, readonly ContractFacts[]])[] = [
      ['two contracts', [contract([charge(['a'], HALF)]), contract([charge(['a'], HALF)], { id: 'c2' })]],
      ['pieces alike', [contract([], { periods: pieces.map((each) => ({ span: each, charges: [charge(['a'])] })) })]],
      [
        'pieces that rise',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: [charge(['a'], index === 0 ? HALF : TYPICAL)],
            })),
          }),
        ],
      ],
      [
        'pieces of which one is idle',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: [charge(['a'], index === 0 ? IDLE : TYPICAL)],
            })),
          }),
        ],
      ],
      [
        'pieces with other organisations',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: index === 0 ? [charge(['a', 'b'], SUM)] : [charge(['a']), charge(['b'])],
            })),
          }),
        ],
      ],
      [
        'pieces of the same sets of organisations',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: [charge(['a', 'b'], SUM), charge(['a'], index === 0 ? HALF : TYPICAL)],
            })),
          }),
        ],
      ],
      [
        'pieces of which one has a set more',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: index === 0 ? [charge(['a', 'b'], SUM)] : [charge(['a', 'b'], SUM), charge(['a'])],
            })),
          }),
        ],
      ],
      [
        'pieces of which one has another set',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: index === 0 ? [charge(['a', 'b'], SUM)] : [charge(['b', 'c'], SUM)],
            })),
          }),
        ],
      ],
      [
        'pieces of several organisations each',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: [charge(['a', 'b'], index === 0 ? SUM : { ...SUM, actual: '28' })],
            })),
          }),
        ],
      ],
      [
        'pieces that cannot all be read',
        [
          contract([], {
            periods: pieces.map((each, index) => ({
              span: each,
              charges: [charge(['a'], index === 0 ? { ...TYPICAL, actual: { bad: '' } } : TYPICAL)],
            })),
          }),
        ],
      ],
    ];
    const rows = kinds.flatMap((kind) =>
      ways.map(([what, contracts]) => {
        const legacy = ['a', 'b', ...(what.includes('another set') ? ['c'] : [])].map((id) =>
          subscription(id, [row(id, 'P1', TYPICAL, { kind })]),
        );
        return [[kind ?? 'no kind', what], compare(legacySide(legacy), contractSide(contracts), policy())] as const;
      }),
    );
    const [rising] = ways.flatMap(([what, contracts]) => (what === 'pieces that rise' ? [contracts] : []));
    for (const [first, second] of [
      ['peak', null],
      ['peak', 'user'],
      ['peak', 'sum'],
      ['peak', 'peak'],
    ] as const) {
      const lines = [first, second].map((kind, index) => row('a', 'P1', HALF, { kind, name: `row ${index}` }));
      rows.push([
        [first, `pieces that rise, beside a row of ${second ?? 'no kind'}`],
        compare(legacySide([subscription('a', lines)]), contractSide(rising ?? []), policy()),
      ]);
    }
    await expect(table({ rules: QUANTITIES }, rows)).toMatchFileSnapshot('sharing.pieces.txt');
  });
});
