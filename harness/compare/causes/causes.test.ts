/** Each hypothesis alone: named where it makes three pairs agree to the last digit, and not where a digit is off. */
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { NO_REREADING } from '../rereading/rereading-context.ts';
import {
  APRIL,
  type ContractFacts,
  contractSide,
  type Figures,
  legacySide,
  policy,
  product,
  row,
  span,
  subscription,
} from '../testing/sides.ts';
import { HYPOTHESES } from './registry.ts';

/** What legacy says of one organisation, and what the contract side says differently. */
type Case = readonly [legacy: Figures, change: Figures];

const PLAIN: Figures = { committed: '10', actual: '15', committedRate: '20', overageRate: '23.74', currency: 'USD' };

/** One organisation and contract a case. */
function judge(cases: readonly Case[], choice: Parameters<typeof policy>[0] = {}): Judgement {
  const ids = cases.map((_, index) => `org-${index}`);
  return compare(
    legacySide(cases.map(([legacy], index) => subscription(ids[index] ?? '', [row(ids[index] ?? '', 'P1', legacy)]))),
    contractSide(
      cases.map(([{ bundle: _, ...legacy }, change], index): ContractFacts => {
        const charges = [{ ...legacy, ...change, orgs: [ids[index] ?? ''], sku: 'P1' }];
        return { id: `c${index}`, periods: [{ span: APRIL, charges }] };
      }),
    ),
    policy(choice),
  );
}

const causesOf = (judgement: Judgement): string[] => judgement.rootCauses.map(({ id }) => id).sort();
const times = (count: number, one: (index: number) => Case): Case[] => Array.from({ length: count }, (_, n) => one(n));
const more = (base: number, index: number): string => String(base + index * 7);

/** Cause, three pairs that show it, and the same with a digit off. */
const SHOWN: readonly (readonly [string, (index: number) => Case, (index: number) => Case])[] = [
  [
    'bundle-ignored',
    (n) => [
      { ...PLAIN, bundle: '5', actual: '60' },
      { committed: '10', actual: more(60, n) === '60' ? '60' : '60' },
    ],
    () => [{ ...PLAIN, bundle: '5', actual: '60' }, { committed: '11' }],
  ],
  [
    'bundle-as-allowance',
    () => [
      { ...PLAIN, bundle: '5', actual: '60' },
      { committed: '10', included: '15' },
    ],
    () => [
      { ...PLAIN, bundle: '5', actual: '60' },
      { committed: '12', included: '16' },
    ],
  ],
  [
    'unit-factor',
    (n) => [{ ...PLAIN, actual: more(5, n) }, { actual: String(Number(more(5, n)) * 60) }],
    (n) => [{ ...PLAIN, actual: more(5, n) }, { actual: String(Number(more(5, n)) * 60 + 1) }],
  ],
  [
    'committed-ignored',
    (n) => [{ ...PLAIN, actual: more(15, n) }, { overageQuantity: more(15, n) }],
    (n) => [{ ...PLAIN, actual: more(15, n) }, { overageQuantity: more(14, n) }],
  ],
  [
    'included-ignored',
    (n) => [{ ...PLAIN, included: '12', actual: more(20, n) }, { overageQuantity: more(10, n) }],
    (n) => [{ ...PLAIN, included: '12', actual: more(20, n) }, { overageQuantity: more(11, n) }],
  ],
  [
    'negative-overage',
    (n) => [{ ...PLAIN, committed: more(30, n), actual: '15' }, { overageQuantity: `-${more(15, n)}` }],
    (n) => [{ ...PLAIN, committed: more(30, n), actual: '15' }, { overageQuantity: `-${more(16, n)}` }],
  ],
  [
    'annual-for-monthly',
    (n) => [{ ...PLAIN, committedRate: more(20, n) }, { committedRate: String(Number(more(20, n)) * 12) }],
    (n) => [{ ...PLAIN, committedRate: more(20, n) }, { committedRate: String(Number(more(20, n)) * 12 + 1) }],
  ],
  ['currency-swap', () => [PLAIN, { currency: 'CAD' }], () => [PLAIN, { currency: 'CAD', overageRate: '23.75' }]],
  [
    'rounding',
    (n) => [{ ...PLAIN, actual: `${more(15, n)}.4` }, { actual: more(15, n) }],
    (n) => [{ ...PLAIN, actual: `${more(15, n)}.4` }, { actual: more(17, n) }],
  ],
];

describe.each(SHOWN)('%s', (cause, shown, off) => {
  it('is named where three pairs show it', () => {
    const judgement = judge(times(3, shown));
    expect(causesOf(judgement)).toEqual([cause]);
    const [named] = judgement.rootCauses;
    expect(named?.findings.length).toBe(named?.explains);
    expect(judgement.cells.filter(({ rootCause }) => rootCause === cause)).toHaveLength(named?.explains ?? -1);
  });

  it('is not named for two pairs', () => {
    const judgement = judge(times(2, shown));
    expect(judgement.rootCauses).toEqual([]);
    expect(judgement.unexplained).toBeGreaterThan(0);
  });

  it('is not named where a digit is off', () => {
    const judgement = judge(times(3, off));
    expect(causesOf(judgement)).not.toContain(cause);
    expect(judgement.unexplained).toBeGreaterThan(0);
  });
});

describe('rounding of charges', () => {
  it.each([
    ['down', '36.47', '0.5', '18.23', 'charges cut at the minor unit'],
    ['up', '36.43', '0.1', '3.65', 'charges rounded up at the minor unit'],
  ])('%s', (_, rate, over, charge, words) => {
    const legacy = { ...PLAIN, overageRate: rate, actual: `10${over.slice(1)}` };
    const judgement = judge(times(3, () => [legacy, { overageCharge: charge }]));
    const legacyCharge = judgement.cells.find(({ rule }) => rule === 'overage-charge')?.legacy?.value;
    if (legacyCharge === charge) throw new Error('nothing differs here');
    expect(judgement.rootCauses).toMatchObject([{ id: 'rounding', title: expect.stringContaining(words) }]);
  });
});

describe('bundle readings', () => {
  it('knows the bundle added to the commitment', () => {
    const judgement = judge(times(3, () => [{ ...PLAIN, bundle: '5', actual: '9' }, { committed: '15' }]));
    expect(judgement.rootCauses).toMatchObject([
      { id: 'bundle-as-allowance', title: expect.stringContaining('added to the commitment') },
    ]);
  });

  it.each(['allowance', 'ignore'] as const)('under the reading %s it can be a multiplier', (bundleQuantity) => {
    const legacy = { ...PLAIN, bundle: '5', actual: '9' };
    const judgement = judge(
      times(3, () => [legacy, { committed: '50' }]),
      { bundleQuantity },
    );
    expect(causesOf(judgement)).toContain('bundle-as-multiplier');
  });
});

describe('rates of plan items', () => {
  const worldWith = (
    item: Partial<ReturnType<typeof contractSide>['contracts'][number]['plans'][number]['items'][number]>,
    change: Figures,
  ) => {
    const ids = ['a', 'b', 'c'];
    const legacy = legacySide(ids.map((id) => subscription(id, [row(id, 'P1', PLAIN)])));
    const contract = contractSide(
      ids.map((id) => ({
        id: `c-${id}`,
        periods: [{ span: APRIL, charges: [{ ...PLAIN, ...change, orgs: [id], sku: 'P1' }] }],
      })),
    );
    const contracts = contract.contracts.map((one) => ({
      ...one,
      plans: one.plans.map((plan) => ({ ...plan, items: plan.items.flatMap((each) => [{ ...each, ...item }]) })),
    }));
    return { legacy, contract: { ...contract, contracts } };
  };
  const known = (value: string) => ({
    state: 'known' as const,
    value: value as never,
    raw: value,
    at: { exchange: 'x', pointer: '/' },
  });

  it('discount-ignored: the rate is legacy’s plus the discount of its plan item', () => {
    const { legacy, contract } = worldWith({ discountAmount: known('2.5') }, { committedRate: '22.5' });
    expect(causesOf(compare(legacy, contract, policy()))).toEqual(['discount-ignored']);
    const off = worldWith({ discountAmount: known('2.5') }, { committedRate: '22.51' });
    expect(causesOf(compare(off.legacy, off.contract, policy()))).toEqual([]);
  });

  it('superseded-rate: the rate is that of an item that is not in force, while the one in force says legacy’s', () => {
    const build = (charged: string) => {
      const { legacy, contract } = worldWith({}, { overageRate: charged });
      const contracts = contract.contracts.map((one) => ({
        ...one,
        plans: one.plans.map((plan) => ({
          ...plan,
          items: plan.items.flatMap((item) => [
            { ...item, overagePrice: known('23.74') },
            {
              ...item,
              overagePrice: known('21'),
              effectiveStart: known('2025-01-01'),
              effectiveEnd: known('2025-12-31'),
            },
          ]),
        })),
      }));
      return compare(legacy, { ...contract, contracts }, policy());
    };
    expect(causesOf(build('21'))).toEqual(['superseded-rate']);
    expect(causesOf(build('21.01'))).toEqual([]);
  });
});

describe('orgs-swapped', () => {
  it('is named where organisations carry each other’s figures', () => {
    const a = { ...PLAIN, committed: '10', actual: '15' };
    const b = { ...PLAIN, committed: '30', actual: '44' };
    const swapped = judge([
      [a, { committed: '30', actual: '44' }],
      [b, { committed: '10', actual: '15' }],
      [a, { committed: '30', actual: '44' }],
      [b, { committed: '10', actual: '15' }],
    ]);
    expect(causesOf(swapped)).toEqual(['orgs-swapped']);
    const oneWay = judge([
      [a, { committed: '30', actual: '44' }],
      [b, { committed: '11', actual: '15' }],
      [a, { committed: '30', actual: '44' }],
      [b, { committed: '11', actual: '16' }],
    ]);
    expect(causesOf(oneWay)).toEqual([]);
  });
});

describe('charges over several organisations', () => {
  const world = (overage: string) => {
    const ids = [0, 1, 2].map((n) => [`a${n}`, `b${n}`] as const);
    return compare(
      legacySide(
        ids.flatMap(([a, b]) => [
          subscription(a, [row(a, 'P1', { ...PLAIN, committed: '10', actual: '4' })]),
          subscription(b, [row(b, 'P1', { ...PLAIN, committed: '10', actual: '18' })]),
        ]),
      ),
      contractSide(
        ids.map(([a, b], n) => ({
          id: `c${n}`,
          periods: [
            {
              span: APRIL,
              charges: [{ ...PLAIN, committed: '20', actual: '22', overageQuantity: overage, orgs: [a, b], sku: 'P1' }],
            },
          ],
        })),
      ),
      policy(),
    );
  };

  it('pooled-overage is named where the pooled sums make the overage', () => {
    expect(causesOf(world('2'))).toEqual(['pooled-overage']);
    expect(causesOf(world('3'))).toEqual([]);
    expect(world('8').rootCauses).toEqual([]);
  });

  it('committed-ignored and negative-overage add up over them', () => {
    expect(causesOf(world('22'))).toEqual(['committed-ignored']);
    expect(causesOf(world('-6'))).toEqual([]);
  });
});

describe('sum-for-peak', () => {
  const world = (kind: 'peak' | 'sum' | null, first: string, second: string) => {
    const ids = ['a', 'b', 'c'];
    const facts = { ...PLAIN, committed: '40', actual: '30' };
    const half = (actual: string) => ({ ...facts, actual });
    return compare(
      legacySide(ids.map((id) => subscription(id, [row(id, 'P1', facts, { kind: 'peak' })]))),
      contractSide(
        ids.map((id) => ({
          id: `c-${id}`,
          periods: [
            { span: span('2026-04-01', '2026-04-14'), charges: [{ ...half(first), orgs: [id], sku: 'P1' }] },
            { span: span('2026-04-15', '2026-04-30'), charges: [{ ...half(second), orgs: [id], sku: 'P1' }] },
          ],
        })),
      ),
      policy({ products: [product('P1', { kind })] }),
    );
  };

  it('is named only where the scenario says the kind', () => {
    expect(causesOf(world('peak', '12', '18'))).toEqual(['sum-for-peak']);
    expect(causesOf(world('sum', '30', '30'))).toContain('sum-for-peak');
    expect(causesOf(world(null, '12', '18'))).toEqual([]);
    expect(causesOf(world('peak', '12', '17'))).toEqual([]);
  });
});

describe('counted-twice', () => {
  it('clears the figures and accounts for the duplicates', () => {
    const ids = ['a', 'b', 'c'];
    const judgement = compare(
      legacySide(ids.map((id) => subscription(id, [row(id, 'P1', PLAIN)]))),
      contractSide(
        ids.map((id) => {
          const charge = { ...PLAIN, orgs: [id], sku: 'P1' };
          return { id: `c-${id}`, periods: [{ span: APRIL, charges: [charge, charge] }] };
        }),
      ),
      policy(),
    );
    expect(judgement.rootCauses).toMatchObject([{ id: 'counted-twice', sku: 'P1' }]);
    const rules = judgement.cells.filter(({ rootCause }) => rootCause !== null).map(({ rule }) => rule);
    expect(rules).toContain('committed-quantity');
    expect(rules).toContain('actual-quantity');
  });
});

describe('sku-prefix', () => {
  const world = (change: Figures) => {
    const ids = ['a', 'b', 'c'];
    return compare(
      legacySide(ids.map((id) => subscription(id, [row(id, 'PC-1', PLAIN)]))),
      contractSide(
        ids.map((id) => ({
          id: `c-${id}`,
          periods: [{ span: APRIL, charges: [{ ...PLAIN, ...change, orgs: [id], sku: 'GC-1' }] }],
        })),
        {},
      ),
      policy({ products: [product('PC-1')], orgs: ids.map((id) => ({ id, region: 'us-east-1', name: null })) }),
    );
  };

  it('is named where the renamed charge makes every figure agree', () => {
    expect(world({}).rootCauses).toMatchObject([
      { id: 'sku-prefix', explains: 3, title: expect.stringContaining('GC-…') },
    ]);
    expect(causesOf(world({ actual: '16' }))).toEqual([]);
  });
});

describe('timezone-shift', () => {
  const world = (start: string, end: string) => {
    const ids = ['a', 'b', 'c'];
    return compare(
      legacySide(ids.map((id) => subscription(id, [row(id, 'P1', PLAIN)]))),
      contractSide(
        ids.map((id) => ({
          id: `c-${id}`,
          start,
          end,
          periods: [{ span: APRIL, charges: [{ ...PLAIN, orgs: [id], sku: 'P1' }] }],
        })),
      ),
      policy(),
    );
  };

  it.each([
    ['2025-12-31', '2026-12-30', 'a day early', 6],
    ['2026-01-02', '2027-01-01', 'a day late', 6],
    ['2025-12-31', '2026-12-31', 'a day early', 3],
  ])('%s to %s', (start, end, words, explains) => {
    expect(world(start, end).rootCauses).toMatchObject([
      { id: 'timezone-shift', title: expect.stringContaining(words), explains, sku: null },
    ]);
  });

  it('is not named for two days', () => {
    expect(world('2025-12-30', '2026-12-29').rootCauses).toEqual([]);
  });
});

describe('period-shift', () => {
  const ids = ['a', 'b', 'c'];
  const before = { ...PLAIN, committed: '10', actual: '77' };
  const legacy = legacySide(ids.map((id) => subscription(id, [row(id, 'P1', PLAIN)])));
  const contract = contractSide(
    ids.map((id) => ({
      id: `c-${id}`,
      periods: [{ span: APRIL, charges: [{ ...PLAIN, actual: '77', orgs: [id], sku: 'P1' }] }],
    })),
  );
  const earlier = (actual: string) =>
    new Map(ids.map((id) => [id, subscription(id, [row(id, 'P1', { ...before, actual })])]));

  it('is named only with the figures of the period before at hand', () => {
    expect(causesOf(compare(legacy, contract, policy()))).toEqual([]);
    const judge = (actual: string) =>
      compare(legacy, contract, policy(), { ...NO_REREADING, earlier: earlier(actual) });
    expect(causesOf(judge('77'))).toEqual(['period-shift']);
    expect(causesOf(judge('78'))).toEqual([]);
  });
});

describe('of several hypotheses', () => {
  it('each pair goes to the one that explains most of it', () => {
    const ignored: Case = [{ ...PLAIN, bundle: '5', actual: '60' }, { committed: '10' }];
    const allowance: Case = [
      { ...PLAIN, bundle: '5', actual: '60' },
      { committed: '10', included: '15' },
    ];
    const judgement = judge([...times(3, () => ignored), ...times(4, () => allowance)]);
    expect(causesOf(judgement)).toEqual(['bundle-as-allowance', 'bundle-ignored']);
    const explained = judgement.cells.filter(({ rootCause }) => rootCause === 'bundle-as-allowance');
    expect(new Set(explained.map(({ scope }) => scope.orgs[0]?.id)).size).toBe(4);
    expect(judgement.unexplained).toBe(0);
  });

  it('says how many stay unexplained, and what is like them', () => {
    const factor: Case = [PLAIN, { actual: '900' }];
    const odd: Case = [PLAIN, { actual: '16' }];
    const judgement = judge([factor, factor, factor, odd]);
    const [cause] = judgement.rootCauses;
    const like = judgement.cells.filter(({ rule, status }) => status === 'mismatch' && rule.endsWith('quantity'));
    expect(cause?.id).toBe('unit-factor');
    expect(cause?.of).toBeGreaterThan(cause?.explains ?? 0);
    expect(judgement.unexplained).toBe(like.filter(({ scope }) => scope.orgs[0]?.id === 'org-3').length + 1);
  });

  it('names none for what is tolerated or waived', () => {
    const judgement = judge(
      times(3, () => [PLAIN, { committed: '600' }]),
      { tolerances: { 'committed-quantity': { absolute: '590' as never, relative: null, when: null } } },
    );
    expect(judgement.rootCauses).toEqual([]);
  });
});

describe('the registry', () => {
  it('documents every hypothesis, each once', () => {
    expect(new Set(HYPOTHESES.map(({ id }) => id)).size).toBe(HYPOTHESES.length);
    for (const { title, doc, rules } of HYPOTHESES) {
      expect(title.length).toBeGreaterThan(10);
      expect(doc).toMatch(/\.$/);
      expect(rules.length).toBeGreaterThan(0);
    }
  });
});
