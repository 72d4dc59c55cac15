/** Which causes are named for what: for each hypothesis what shows it, what only looks like it, and what it shares with others. */
import { describe, expect, it } from 'vitest';
import type { PlanItem } from '../../domain/contract-side.ts';
import type { UsageKind } from '../../domain/line.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { NO_REREADING } from '../rereading/rereading-context.ts';
import { date, number, type Told } from '../testing/figures.ts';
import {
  APRIL,
  type ChargeFacts,
  contractSide,
  type Figures,
  legacySide,
  policy,
  product,
  row,
  span,
  subscription,
} from '../testing/sides.ts';
import { PERIOD_DATES, QUANTITIES, RATES, TERM_DATES } from '../testing/studied.ts';
import { causesTable } from '../testing/tell.ts';

type Options = Parameters<typeof policy>[0];
/** What legacy says of each of the organisations that one charge joins, and what the contract side says of them. */
interface Case {
  readonly legacy: readonly Figures[];
  readonly contract: Figures;
}

const PLAIN: Figures = { committed: '10', actual: '15', committedRate: '20', overageRate: '23.74', currency: 'USD' };
const one = (legacy: Figures, contract: Figures): Case => ({
  legacy: [{ ...PLAIN, ...legacy }],
  contract: { ...PLAIN, ...legacy, ...contract },
});
const joint = (a: Figures, b: Figures, contract: Figures): Case => ({
  legacy: [a, b].map((figures) => ({ ...PLAIN, ...figures })),
  contract: { ...PLAIN, ...contract },
});

function judge(cases: readonly Case[], options: Options = {}): Judgement {
  const idsOf = (index: number) => cases[index]?.legacy.map((_, member) => `o${index}${'ab'[member]}`) ?? [];
  return compare(
    legacySide(
      cases.flatMap(({ legacy }, index) =>
        legacy.map((figures, member) => {
          const id = idsOf(index)[member] ?? '';
          return subscription(id, [row(id, 'P1', figures)]);
        }),
      ),
    ),
    contractSide(
      cases.map(({ contract: { bundle: _, ...figures } }, index) => ({
        id: `c${index}`,
        periods: [{ span: APRIL, charges: [{ ...figures, orgs: idsOf(index), sku: 'P1' }] }],
      })),
    ),
    policy(options),
  );
}

const thrice = (legacy: Figures, contract: Figures): Judgement =>
  judge(Array.from({ length: 3 }, () => one(legacy, contract)));
const jointly = (a: Figures, b: Figures, contract: Figures): Judgement =>
  judge(Array.from({ length: 3 }, () => joint(a, b, contract)));
type Row = readonly [string | readonly string[], Judgement];
const ARITHMETIC = [...QUANTITIES, 'overage-arithmetic', 'charge-arithmetic'] as const;
const PRICES = [...RATES, 'overage-charge', 'charge-arithmetic', 'plan-charge-agreement'] as const;
const DATES = [...TERM_DATES, ...PERIOD_DATES] as const;
const PRODUCTS = [
  'product-missing-in-contract',
  'product-missing-in-legacy',
  'duplicate-charge',
  ...ARITHMETIC,
] as const;
const expectTable = (rules: readonly RuleId[], rows: readonly Row[], file: string) =>
  expect(causesTable({ rules }, rows)).toMatchFileSnapshot(`causes.${file}.txt`);

describe('quantities', () => {
  it('in another unit', async () => {
    const factors: readonly (readonly [string, string])[] = [
      ['10', '120'],
      ['120', '10'],
      ['3', '180'],
      ['180', '3'],
      ['2', '2000'],
      ['2000', '2'],
      ['2', '2048'],
      ['2048', '2'],
      ['2', '200'],
      ['2', '2047'],
    ];
    const rows = factors.map(
      ([before, after]): Row => [
        `all ${before} as ${after}`,
        thrice(
          { committed: before, included: before, actual: before },
          { committed: after, included: after, actual: after },
        ),
      ],
    );
    for (const [before, after] of [factors[0], factors[1], factors[9]].flatMap((each) =>
      each === undefined ? [] : [each],
    ))
      rows.push(
        [
          `actual ${before} as ${after}, overage with it`,
          thrice({ actual: before, committed: '1' }, { actual: after }),
        ],
        [
          `actual ${before} as ${after}, overage right`,
          thrice({ actual: before, committed: '1' }, { actual: after, overageQuantity: String(Number(before) - 1) }),
        ],
        [`committed ${before} as ${after}`, thrice({ committed: before, actual: '1' }, { committed: after })],
        [
          `all but overage ${before} as ${after}`,
          thrice({ committed: '0', actual: before }, { actual: after, overageQuantity: before, overageCharge: '1' }),
        ],
      );
    await expectTable(ARITHMETIC, rows, 'unit-factor');
  });

  it('rounded', async () => {
    const values: readonly (readonly [string, readonly string[]])[] = [
      ['15.5', ['15', '16', '17']],
      ['16.5', ['16', '17']],
      ['15.45', ['15.4', '15.5']],
      ['15.445', ['15.44', '15.45']],
      ['15.4445', ['15.444', '15.445']],
      ['15.44445', ['15.4444', '15.4445']],
    ];
    const names = ['actual', 'committed', 'included', 'overageQuantity'] as const;
    const rows = names.flatMap((name) =>
      values.slice(0, name === 'actual' ? values.length : 2).flatMap(([exact, rounded]) =>
        rounded.map((value): Row => {
          const legacy: Figures =
            name === 'overageQuantity' ? { committed: '0', actual: exact } : { actual: '40', [name]: exact };
          return [[name, `${exact} as ${value}`], thrice(legacy, { [name]: value })];
        }),
      ),
    );
    await expectTable(ARITHMETIC, rows, 'rounded-quantities');
  });

  it('charges rounded', async () => {
    const currencies: readonly (readonly [string, readonly string[]])[] = [
      ['USD', ['8', '9', '8.3', '8.34', '8.33', '8.335', '8.337', '8.336', '8.3365', '8.3366', '8.33654']],
      ['JPY', ['8', '9', '8.3', '8.34']],
      ['KWD', ['8.33', '8.34', '8.336', '8.337', '8.3365', '8.3366']],
    ];
    const rows = currencies.flatMap(([currency, charges]) =>
      charges.flatMap((overageCharge): Row[] => {
        const legacy: Figures = { committed: '0', actual: '1.5', overageRate: '5.55769', currency };
        return [
          [[currency, `8.336535 as ${overageCharge}`], thrice(legacy, { overageCharge })],
          [
            [`${currency}, joint`, `8.336535 as ${overageCharge}`],
            jointly(legacy, legacy, {
              ...legacy,
              actual: '3',
              overageQuantity: '3',
              overageCharge: String(Number(overageCharge) * 2),
            }),
          ],
        ];
      }),
    );
    rows.push(['without a currency', thrice({ currency: null }, { overageCharge: '118' })]);
    rows.push(['without a rate', thrice({ overageRate: null }, { overageCharge: '118' })]);
    rows.push([
      'pooled before it is rounded',
      jointly(
        { actual: '10.5', overageRate: '3.33' },
        { actual: '10.5', overageRate: '3.33' },
        { committed: '20', actual: '21', overageRate: '3.33', overageQuantity: '1', overageCharge: '3.33' },
      ),
    ]);
    await expectTable(ARITHMETIC, rows, 'rounded-charges');
  });

  it('of two organisations swapped', async () => {
    const a = { committed: '10', actual: '15', included: '2' };
    const b = { committed: '30', actual: '44', included: '3' };
    const c = { committed: '30', actual: '44', included: '4' };
    const rows: Row[] = [
      ['two pairs of them', judge([one(a, b), one(b, a), one(a, b), one(b, a)])],
      [
        'overage of their own',
        judge([
          one(a, { ...b, overageQuantity: '5' }),
          one(b, { ...a, overageQuantity: '14' }),
          one(a, { ...b, overageQuantity: '5' }),
          one(b, { ...a, overageQuantity: '14' }),
        ]),
      ],
      ['one way only', judge([one(a, b), one(b, c), one(a, b), one(c, b)])],
      ['a ring of three', judge([one(a, b), one(b, c), one(c, a)])],
      ['joint charges', judge([joint(a, b, c), joint(b, c, a), one(a, b), one(b, a)])],
      [
        'groups of organisations',
        judge(
          [1, 2].flatMap(() => [
            joint(a, a, { committed: '60', actual: '88', included: '6' }),
            joint(b, b, { committed: '20', actual: '30', included: '4' }),
          ]),
        ),
      ],
      [
        'idle with busy',
        judge([
          one({ committed: '0', actual: '0' }, a),
          one(a, { committed: '0', actual: '0', included: '0' }),
          one({ committed: '0', actual: '0' }, a),
          one(a, { committed: '0', actual: '0', included: null }),
        ]),
      ],
    ];
    await expectTable(ARITHMETIC, rows, 'orgs-swapped');
  });

  it('under another reading of the bundle', async () => {
    const readings = ['multiplier', 'allowance', 'ignore'] as const;
    const changes: readonly Figures[] = [
      { committed: '10', included: null },
      { committed: '50' },
      { committed: '15' },
      { committed: '10', included: '15' },
      { committed: '10', included: '5' },
      { committed: '11' },
      { committed: '15', overageQuantity: '10' },
      { committed: '50', overageQuantity: '50', overageCharge: '1187' },
      { committed: '10', overageQuantity: '10' },
      { committed: '5' },
    ];
    const rows = readings.flatMap((bundleQuantity) =>
      changes.flatMap((change) =>
        (change.committed === '15' ? (['5', '0', null, { bad: 'x' }] as const) : (['5'] as const)).map(
          (bundle): Row => {
            const committed: Told = change.committed === '5' ? null : '10';
            const cases = Array.from({ length: 3 }, () => one({ bundle, committed, actual: '60' }, change));
            return [
              [bundleQuantity, `bundle ${JSON.stringify(bundle)}`, `contract ${JSON.stringify(change)}`],
              judge(cases, { bundleQuantity }),
            ];
          },
        ),
      ),
    );
    await expectTable(ARITHMETIC, rows, 'bundle');
  });
});

describe('overage', () => {
  it('worked out in another way', async () => {
    const base: Figures = { committed: '10', included: '12', actual: '20' };
    const overages = ['8', '10', '20', '9', '-8', '0'];
    const rows = overages.flatMap((overageQuantity): Row[] => [
      [['20 of 10 and 12', `is ${overageQuantity}`], thrice(base, { overageQuantity })],
      [['20 of 10', `is ${overageQuantity}`], thrice({ actual: '20' }, { overageQuantity })],
      [
        ['20 of 12 and 10', `is ${overageQuantity}`],
        thrice({ committed: '12', included: '10', actual: '20' }, { overageQuantity }),
      ],
      [
        ['20 of 10 and 12, charged as it was', `is ${overageQuantity}`],
        thrice(base, { overageQuantity, overageCharge: '189.92' }),
      ],
      [
        ['20 of 10 and 12, at a rate that the contract side does not tell', `is ${overageQuantity}`],
        thrice(base, {
          overageQuantity,
          overageRate: null,
          overageCharge: (Number(overageQuantity) * 23.74).toFixed(2),
        }),
      ],
      [['2 of 10', `is ${overageQuantity}`], thrice({ actual: '2' }, { overageQuantity })],
      [['2 of 10 and 9', `is ${overageQuantity}`], thrice({ actual: '2', included: '9' }, { overageQuantity })],
      [
        ['2 of 9 and 10', `is ${overageQuantity}`],
        thrice({ actual: '2', committed: '9', included: '10' }, { overageQuantity }),
      ],
      [['20 of nothing', `is ${overageQuantity}`], thrice({ committed: '0', actual: '20' }, { overageQuantity })],
      [
        ['20 of what cannot be read', `is ${overageQuantity}`],
        thrice({ committed: { bad: '?' }, actual: '20' }, { overageQuantity }),
      ],
      [
        ['20 at a rate that is not told', `is ${overageQuantity}`],
        thrice({ actual: '20', overageRate: null }, { overageQuantity }),
      ],
    ]);
    await expectTable(ARITHMETIC, rows, 'overage');
  });

  it('of several organisations worked out in another way', async () => {
    const under: Figures = { committed: '10', actual: '4' };
    const over: Figures = { committed: '10', included: '12', actual: '18' };
    const overages = ['0', '2', '6', '8', '12', '22', '-6', '-1', '3'];
    const rows = overages.flatMap((overageQuantity): Row[] => [
      [
        ['4 of 10 and 18 of 12', `is ${overageQuantity}`],
        jointly(under, over, { committed: '20', included: '12', actual: '22', overageQuantity }),
      ],
      [
        ['4 of 10 twice', `is ${overageQuantity}`],
        jointly(under, under, { committed: '20', actual: '8', overageQuantity }),
      ],
      [
        ['18 of 12 twice', `is ${overageQuantity}`],
        jointly(over, over, { committed: '20', included: '24', actual: '36', overageQuantity }),
      ],
      [
        ['4 of 10 and what is not told', `is ${overageQuantity}`],
        jointly(under, { actual: null }, { committed: '20', actual: '22', overageQuantity }),
      ],
      [
        ['4 of 10 and what cannot be read', `is ${overageQuantity}`],
        jointly(under, { committed: { bad: '?' } }, { committed: '20', actual: '22', overageQuantity }),
      ],
    ]);
    await expectTable(ARITHMETIC, rows, 'overage-jointly');
  });
});

describe('rates', () => {
  const withItems = (
    legacy: Figures,
    contract: Figures,
    items: (item: PlanItem) => readonly PlanItem[],
    plan = {},
  ): Judgement => {
    const ids = ['a', 'b', 'c'];
    const side = contractSide(
      ids.map((id) => ({
        id: `c-${id}`,
        periods: [{ span: APRIL, charges: [{ ...PLAIN, ...contract, orgs: [id], sku: 'P1' }] }],
      })),
    );
    const contracts = side.contracts.map((each) => ({
      ...each,
      plans: each.plans.map((told) => ({ ...told, items: told.items.flatMap(items), ...plan })),
    }));
    const lines = ids.map((id) => subscription(id, [row(id, 'P1', { ...PLAIN, ...legacy })]));
    return compare(legacySide(lines), { ...side, contracts }, policy());
  };

  it('before discount, for a year, of another item', async () => {
    const discounts: readonly Told[] = [null, '0', '2.5', { bad: '?' }];
    const rows: Row[] = discounts.flatMap((discount) =>
      [
        { committedRate: '22.5' },
        { overageRate: '26.24' },
        { committedRate: '22.5', overageRate: '26.24' },
        { committedRate: '22.51' },
      ].map(
        (change): Row => [
          [`discount ${JSON.stringify(discount)}`, JSON.stringify(change)],
          withItems({}, change, (item) => [{ ...item, discountAmount: number(discount) }]),
        ],
      ),
    );
    const plans: readonly (readonly [string, object])[] = [
      ['of nobody', { orgs: [] }],
      ['of another', { orgs: [{ id: 'z', name: null }] }],
      ['of another and all of these', { orgs: ['z', 'a', 'b', 'c'].map((id) => ({ id, name: null })) }],
      ['of another SKU', { sku: 'P2' }],
      ['of no SKU', { sku: null }],
      ['of the SKU in other letters', { sku: ' p1 ' }],
    ];
    for (const [what, plan] of plans) {
      rows.push([
        `a plan ${what}`,
        withItems({}, { committedRate: '22.5' }, (item) => [{ ...item, discountAmount: number('2.5') }], plan),
      ]);
    }
    for (const committedRate of ['240', '1.6666666666666666666666666666666666666667', '241', '20.01']) {
      rows.push([`a year: 20 as ${committedRate}`, thrice({}, { committedRate })]);
    }
    rows.push(['a month: 240 as 20', thrice({ committedRate: '240' }, { committedRate: '20' })]);
    await expectTable(PRICES, rows, 'rates');
  });

  it('of an item that another replaced', async () => {
    const spans: readonly (readonly [Told, Told])[] = [
      ['2025-01-01', '2026-03-31'],
      ['2025-01-01', '2026-04-01'],
      ['2026-04-01', null],
      ['2026-04-02', null],
      [null, '2026-03-31'],
      [null, null],
      [{ bad: '?' }, '2026-03-31'],
    ];
    const rows = spans.flatMap(([start, end]) =>
      (
        [
          ['23.74', '21'],
          ['21', '23.74'],
          ['23.74', '23.74'],
          ['23.74', '0'],
          ['25', '21'],
        ] as const
      ).map(([now, replaced]): Row => {
        const judgement = withItems({}, { overageRate: '21' }, (item) => [
          { ...item, overagePrice: number(now) },
          { ...item, overagePrice: number(replaced), effectiveStart: date(start), effectiveEnd: date(end) },
        ]);
        const when = `the other from ${JSON.stringify(start)} to ${JSON.stringify(end)}`;
        return [[when, `in force ${now}, the other ${replaced}`], judgement];
      }),
    );
    rows.push(['legacy’s is not told', withItems({ overageRate: null }, { overageRate: '21' }, (item) => [item])]);
    await expectTable(PRICES, rows, 'superseded-rate');
  });

  it('in another currency', async () => {
    const rows: Row[] = [
      ['the same numbers', thrice({}, { currency: 'CAD' })],
      ['another rate', thrice({}, { currency: 'CAD', overageRate: '23.75' })],
      [
        'no rates, a charge',
        thrice({ committedRate: null, overageRate: null }, { currency: 'CAD', overageCharge: '0' }),
      ],
      [
        'nothing but zeros',
        thrice({ committed: '0', actual: '0', committedRate: '0', overageRate: '0' }, { currency: 'CAD' }),
      ],
      ['one rate only', thrice({ committedRate: null }, { currency: 'CAD', committedRate: '19' })],
      ['one rate only, another charge', thrice({ committedRate: null }, { currency: 'CAD', overageCharge: '19' })],
      ['no currency', thrice({}, { currency: null })],
    ];
    await expectTable(PRICES, rows, 'currency-swap');
  });
});

describe('time', () => {
  it('of the period before', async () => {
    const ids = ['a', 'b', 'c'];
    const told: readonly Figures[] = [
      { actual: '77' },
      { committed: '70', actual: '77' },
      { actual: '77', overageQuantity: '5' },
      { included: '9', actual: '77' },
      { actual: '78' },
      { actual: '77', overageRate: null, overageCharge: '1590.58' },
    ];
    const rows = told.flatMap((change) =>
      ['all', 'two of them', 'of another product', 'in two rows'].map((who): Row => {
        const before = { ...PLAIN, ...change, overageRate: PLAIN.overageRate, actual: '77' };
        const part = who === 'of another product' ? 'P2' : 'P1';
        const half = { ...before, committed: '5', actual: '38.5', included: null };
        const lines = (id: string) =>
          who === 'in two rows' ? [row(id, part, half), row(id, ' p1', half)] : [row(id, part, before)];
        const known = who === 'two of them' ? ids.slice(1) : ids;
        const earlier = new Map(known.map((id) => [id, subscription(id, lines(id))]));
        const contract = contractSide(
          ids.map((id) => ({
            id: `c-${id}`,
            periods: [{ span: APRIL, charges: [{ ...PLAIN, ...change, orgs: [id], sku: 'P1' }] }],
          })),
        );
        const legacy = legacySide(ids.map((id) => subscription(id, [row(id, 'P1', PLAIN)])));
        return [[JSON.stringify(change), who], compare(legacy, contract, policy(), { ...NO_REREADING, earlier })];
      }),
    );
    const jointly = (known: readonly string[], figures: Figures): Judgement => {
      const teams = [0, 1, 2].map((team) => [`a${team}`, `b${team}`]);
      const before = { ...PLAIN, ...figures };
      const legacy = teams.flat().map((id) => subscription(id, [row(id, 'P1', PLAIN)]));
      const contract = contractSide(
        teams.map((orgs, team) => ({
          id: `c${team}`,
          periods: [{ span: APRIL, charges: [{ ...PLAIN, committed: '20', actual: '77', orgs, sku: 'P1' }] }],
        })),
      );
      const earlier = new Map(
        teams
          .flat()
          .flatMap((id) =>
            known.includes(id.slice(0, 1)) ? [[id, subscription(id, [row(id, 'P1', before)])] as const] : [],
          ),
      );
      return compare(legacySide(legacy), contract, policy(), { ...NO_REREADING, earlier });
    };
    rows.push(
      ['jointly, of both', jointly(['a', 'b'], { actual: '38.5' })],
      ['jointly, of one', jointly(['a'], { actual: '38.5' })],
      ['jointly, of one, who has it all', jointly(['a'], { committed: '20', actual: '77' })],
    );
    await expectTable(ARITHMETIC, rows, 'period-shift');
  });

  it('added up over the pieces of a period', async () => {
    const kinds: readonly (UsageKind | null)[] = ['peak', 'user', 'sum', null];
    const pieces = [
      ['12', '18'],
      ['30', '30'],
      ['30', '12'],
      ['12', '17'],
    ];
    const rows = kinds.flatMap((kind) =>
      pieces.map((actuals): Row => {
        const facts = { ...PLAIN, committed: '40', actual: '30' };
        const ids = ['a', 'b', 'c'];
        const spans = [span('2026-04-01', '2026-04-14'), span('2026-04-15', '2026-04-30')];
        const judgement = compare(
          legacySide(ids.map((id) => subscription(id, [row(id, 'P1', facts, { kind: 'peak' })]))),
          contractSide(
            ids.map((id) => ({
              id: `c-${id}`,
              periods: spans.map((each, index) => ({
                span: each,
                charges: [
                  {
                    ...facts,
                    committed: index === 0 ? '40' : '0',
                    actual: actuals[index] ?? '',
                    orgs: [id],
                    sku: 'P1',
                  },
                ],
              })),
            })),
          ),
          policy({ products: [product('P1', { kind })] }),
        );
        return [[kind ?? 'no kind', `30 as ${actuals.join(' and ')}`], judgement];
      }),
    );
    await expectTable(ARITHMETIC, rows, 'sum-for-peak');
  });

  it('zones', async () => {
    const ids = ['a', 'b', 'c'];
    const shifts: readonly (readonly [string, Partial<Record<'start' | 'end' | 'rampStart' | 'rampEnd', string>>])[] = [
      ['early', { start: '2025-12-31', end: '2026-12-30' }],
      ['late', { start: '2026-01-02', end: '2027-01-01' }],
      ['apart', { start: '2025-12-31', end: '2027-01-01' }],
      ['ramps', { rampStart: '2026-01-31', rampEnd: '2026-03-02' }],
      ['two days', { start: '2025-12-30' }],
      ['periods', {}],
    ];
    const rows = shifts.map(([what, facts]): Row => {
      const month = what === 'periods' ? span('2026-03-31', '2026-04-29') : APRIL;
      const legacy = ids.map((id) =>
        subscription(id, [row(id, 'P1', PLAIN)], { rampStart: '2026-02-01', rampEnd: '2026-03-01' }),
      );
      const contract = contractSide(
        ids.map((id) => ({
          id: `c-${id}`,
          rampStart: '2026-02-01',
          rampEnd: '2026-03-01',
          ...facts,
          periods: [{ span: month, charges: [{ ...PLAIN, orgs: [id], sku: 'P1' }] }],
        })),
      );
      return [what, compare(legacySide(legacy), contract, policy())];
    });
    await expectTable(DATES, rows, 'timezone-shift');
  });
});

describe('products', () => {
  const ids = ['a', 'b', 'c'];
  const prefixed = (
    charges: (id: string) => readonly ChargeFacts[],
    skus = ['PC-1'],
    more: Parameters<typeof product>[1] & { readonly part?: string } = {},
  ): Judgement =>
    compare(
      legacySide(
        ids.map((id) =>
          subscription(id, [row(id, 'PC-1', PLAIN), ...(more.part === undefined ? [] : [row(id, more.part, PLAIN)])]),
        ),
      ),
      contractSide(ids.map((id) => ({ id: `c-${id}`, orgs: [id], periods: [{ span: APRIL, charges: charges(id) }] }))),
      policy({
        products: [product('PC-1', { skus }), ...(more.part === undefined ? [] : [product(more.part, more)])],
        orgs: ids.map((id) => ({ id, region: 'us-east-1', name: null })),
      }),
    );
  const charge = (id: string, sku: string, change: Figures = {}): ChargeFacts => ({
    ...PLAIN,
    ...change,
    orgs: [id],
    sku,
  });
  const MARCH = span('2026-03-01', '2026-03-31', 'closed');

  it('under another prefix', async () => {
    const half = { committed: '5', actual: '7.5', overageQuantity: '2.5', overageCharge: '59.35' };
    const jointCharge: ChargeFacts = {
      ...PLAIN,
      committed: '30',
      actual: '45',
      overageQuantity: '15',
      overageCharge: '356.1',
      orgs: ids,
      sku: 'GC-1',
    };
    const rows: Row[] = [
      ['GC-1', prefixed((id) => [charge(id, 'GC-1')])],
      ['gc-1 in small letters', prefixed((id) => [charge(id, 'gc-1')])],
      ['a name without a prefix', prefixed((id) => [charge(id, '1')])],
      ['a prefix too long', prefixed((id) => [charge(id, 'LONGERS-1')])],
      ['other figures', prefixed((id) => [charge(id, 'GC-1', { actual: '16' })])],
      ['another rate', prefixed((id) => [charge(id, 'GC-1', { overageRate: '24' })])],
      ['two of them', prefixed((id) => [charge(id, 'GC-1', half), charge(id, 'XC-1', half)])],
      ['beside another product', prefixed((id) => [charge(id, 'GC-1'), charge(id, 'GC-2')])],
      ['GC-WALL for PC-WALL', prefixed((id) => [charge(id, 'GC-WALL')], ['PC-WALL'])],
      ['GC-WALL for PC-HALL', prefixed((id) => [charge(id, 'GC-WALL')], ['PC-HALL'])],
      ['one name for another, both without a prefix', prefixed((id) => [charge(id, 'WALL')], ['HALL'])],
      [
        'one that another product has',
        prefixed((id) => [charge(id, 'GC-1')], ['PC-1'], { part: 'P9', skus: ['GC-1'] }),
      ],
      [
        'beside a product that both have',
        prefixed((id) => [charge(id, 'GC-1'), charge(id, 'P9')], ['PC-1'], { part: 'P9', skus: ['P9'] }),
      ],
      [
        'one of an organisation that is not asked for',
        prefixed((id) => [charge(id, 'GC-1'), charge(`${id}z`, 'GC-1', { actual: '1' })]),
      ],
      ['of a product of several SKUs', prefixed((id) => [charge(id, 'GC-2')], ['PC-1', 'PC-2'])],
      ['with the product there too', prefixed((id) => [charge(id, 'GC-1'), charge(id, 'PC-1', half)])],
      ['a joint charge', prefixed((id) => (id === 'a' ? [jointCharge] : []))],
      [
        'of the month before',
        compare(
          legacySide(ids.map((id) => subscription(id, [row(id, 'PC-1', PLAIN)]))),
          contractSide(
            ids.map((id) => ({
              id: `c-${id}`,
              orgs: [id],
              periods: [
                { span: MARCH, charges: [charge(id, 'GC-1')] },
                { span: APRIL, charges: [] },
              ],
            })),
          ),
          policy({ products: [product('PC-1')], orgs: ids.map((id) => ({ id, region: 'us-east-1', name: null })) }),
        ),
      ],
    ];
    await expectTable(PRODUCTS, rows, 'sku-prefix');
  });

  it('counted twice', async () => {
    const P1 = (id: string, change: Figures = {}, chargeId?: string): ChargeFacts => ({
      ...charge(id, 'P1', change),
      ...(chargeId === undefined ? {} : { id: chargeId }),
    });
    const world = (charges: (id: string) => readonly ChargeFacts[]): Judgement =>
      compare(
        legacySide(ids.map((id) => subscription(id, [row(id, 'P1', PLAIN)]))),
        contractSide(ids.map((id) => ({ id: `c-${id}`, periods: [{ span: APRIL, charges: charges(id) }] }))),
        policy(),
      );
    const rows: Row[] = [
      ['all alike', world((id) => [P1(id), P1(id)])],
      ['three times', world((id) => [P1(id), P1(id), P1(id)])],
      ['by id, other figures', world((id) => [P1(id, {}, 'same'), P1(id, { actual: '16' }, 'same')])],
      ['not alike', world((id) => [P1(id), P1(id, { actual: '16' })])],
      ['alike, with a third that is not', world((id) => [P1(id), P1(id), P1(id, { actual: '1', committed: '1' })])],
    ];
    await expectTable(PRODUCTS, rows, 'counted-twice');
  });
});

describe('several products', () => {
  it('share a cause, and are counted together', async () => {
    const world = (skus: readonly string[], twice: boolean): Judgement => {
      const ids = ['a', 'b', 'c'];
      const charge = (id: string, index: number): ChargeFacts => ({
        ...PLAIN,
        actual: '900',
        overageQuantity: '5',
        overageCharge: '118.7',
        orgs: [id],
        sku: skus[index] ?? 'P1',
      });
      const partOf = (index: number) => (skus[index] === 'P2' ? 'P2' : 'P1');
      return compare(
        legacySide(ids.map((id, index) => subscription(id, [row(id, partOf(index), PLAIN)]))),
        contractSide(
          ids.map((id, index) => ({
            id: `c-${id}`,
            periods: [{ span: APRIL, charges: twice ? [charge(id, index), charge(id, index)] : [charge(id, index)] }],
          })),
        ),
        policy({ products: [product('P1', { skus: ['P1', 'P3'] }), product('P2')] }),
      );
    };
    const rows: Row[] = [
      ['all of one', world(['P1', 'P1', 'P1'], false)],
      ['of two SKUs of one', world(['P1', 'P3', 'P3'], false)],
      ['of two', world(['P1', 'P2', 'P2'], false)],
      ['of two SKUs of one, twice', world(['P1', 'P3', 'P3'], true)],
      ['of two, twice', world(['P1', 'P2', 'P3'], true)],
    ];
    await expectTable(PRODUCTS, rows, 'products');
  });
});

describe('several at once', () => {
  it('are told apart, and what is left stays unexplained', async () => {
    const factor = one({}, { actual: '900', overageQuantity: '5', overageCharge: '118.7' });
    const year = one({}, { committedRate: '240' });
    const both = one({}, { actual: '900', overageQuantity: '5', overageCharge: '118.7', committedRate: '240' });
    const odd = one({}, { actual: '16' });
    const ignored = one({}, { overageQuantity: '15' });
    const bundled: Figures = { bundle: '12', actual: '60' };
    const left = one(bundled, { committed: '10' });
    const granted = one(bundled, { committed: '10', included: '22' });
    const grown = one({ actual: '5' }, { committed: '120' });
    const multiplied = one({ bundle: '12', actual: '5' }, { committed: '120' });
    const times = (count: number, each: Case): Case[] => Array.from({ length: count }, () => each);
    const rows: Row[] = [
      ['what explains more of a pair, though fewer pairs', judge([...times(5, left), ...times(3, granted)])],
      ['the same, the other way round', judge([...times(3, granted), ...times(5, left)])],
      [
        'what explains all, before what explains some',
        judge([...times(3, multiplied), ...times(2, grown)], { bundleQuantity: 'ignore' }),
      ],
      ['the same in other numbers', judge([...times(2, grown), ...times(4, multiplied)], { bundleQuantity: 'ignore' })],
      ['what is left with too few pairs', judge([...times(2, left), ...times(3, granted)])],
      [
        'without money',
        judge([
          ...times(3, one({ currency: null }, { actual: '900' })),
          ...times(4, one({ currency: null }, { committedRate: '240' })),
        ]),
      ],
      ['three and three', judge([factor, factor, factor, year, year, year])],
      ['three and two', judge([factor, factor, factor, year, year])],
      ['both in each', judge([both, both, both])],
      ['both in one', judge([both, factor, factor, year, year])],
      ['with odd ones', judge([odd, factor, odd, factor, factor])],
      ['odd ones alone', judge([odd, odd, odd])],
      ['four causes', judge([factor, factor, factor, year, year, year, ignored, ignored, ignored, odd])],
      ['reversed', judge([odd, ignored, ignored, ignored, year, year, year, factor, factor, factor])],
      ['two mismatches', judge([odd, odd])],
    ];
    await expectTable([...ARITHMETIC, 'committed-rate'], rows, 'several');
  });
});
