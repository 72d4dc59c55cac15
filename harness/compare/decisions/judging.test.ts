/** Tolerances, waivers and gates of every kind, and what becomes of what follows from a difference that is accepted. */
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import type { ComparisonPolicy, Tolerance, Waiver } from '../../domain/policy.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { NO_REREADING } from '../rereading/rereading-context.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  policy,
  product,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { QUANTITIES, RATES } from '../testing/studied.ts';
import { type Study, table } from '../testing/tell.ts';

type Row = readonly [string | readonly string[], Judgement];
const judge = (change: Figures, options: Partial<ComparisonPolicy>, legacy = TYPICAL): Judgement => {
  const sides = onePair(legacy, change);
  return compare(sides.legacy, sides.contract, policy(options));
};
const waiver = (rule: string, changes: Partial<Waiver> = {}): Waiver => ({
  rule,
  cause: null,
  org: null,
  sku: null,
  appId: null,
  period: null,
  reason: 'agreed',
  owner: `owner of ${rule}`,
  ticket: null,
  expires: isoDate('2026-07-31'),
  maxMoney: null,
  delta: null,
  ...changes,
});
const expectTable = (study: Study, rows: readonly Row[], file: string) =>
  expect(table(study, rows)).toMatchFileSnapshot(`judging.${file}.txt`);

/** Use, overage and charge differ, one from the other; or overage and rate, and the charge from both. */
const USE: Figures = { actual: '16' };
const BOTH: Figures = { overageQuantity: '6', overageRate: '25', overageCharge: '150' };

describe('waivers', () => {
  it('of a difference, and what follows from it', async () => {
    const sets: readonly (readonly string[])[] = [
      [],
      ['actual-quantity'],
      ['overage-quantity'],
      ['overage-charge'],
      ['actual-quantity', 'overage-quantity'],
      ['overage-rate'],
      ['overage-quantity', 'overage-rate'],
      ['overage-quantity', 'overage-rate', 'overage-charge'],
      ['committed-quantity'],
    ];
    const rows = sets.flatMap((rules): Row[] => {
      const waivers = rules.map((rule) => waiver(rule));
      return [
        [['use differs', `waived: ${rules.join(' and ')}`], judge(USE, { waivers })],
        [['overage and rate differ', `waived: ${rules.join(' and ')}`], judge(BOTH, { waivers })],
      ];
    });
    await expectTable({ rules: [...QUANTITIES, 'overage-rate'], notes: true }, rows, 'waivers');
  });

  it('of every scope', async () => {
    const scopes: readonly (readonly [string, Partial<Waiver>])[] = [
      ['the organisation', { org: 'A' }],
      ['another organisation', { org: 'b' }],
      ['the SKU', { sku: ' p1' }],
      ['another SKU', { sku: 'P2' }],
      ['the app', { appId: 'app' }],
      ['another app', { appId: 'other' }],
      ['the period', { period: isoDate('2026-04-30') }],
      ['another period', { period: isoDate('2026-05-01') }],
      ['the delta', { delta: decimal('1') }],
      ['another delta', { delta: decimal('2') }],
      ['today', { expires: isoDate('2026-04-20') }],
      ['yesterday', { expires: isoDate('2026-04-19') }],
      ['yesterday, another organisation', { expires: isoDate('2026-04-19'), org: 'b' }],
    ];
    const rows = scopes.flatMap(([what, scope]): Row[] => [
      [['a waiver', what], judge(USE, { waivers: [waiver('actual-quantity', scope)] })],
      [['a waiver of words', what], judge({ currency: 'EUR' }, { waivers: [waiver('currency', scope)] })],
    ]);
    for (const [what, scope] of scopes.slice(0, 2)) {
      const waivers = [waiver('actual-quantity', { expires: isoDate('2026-01-01') }), waiver('actual-quantity', scope)];
      rows.push([['a waiver after one that is expired', what], judge(USE, { waivers })]);
    }
    await expectTable({ rules: ['actual-quantity', 'currency'], notes: true }, rows, 'scopes');
  });
});

describe('a waiver of one of several', () => {
  it('holds for a charge over it and others, and for a product of several SKUs', async () => {
    const legacy = legacySide(['a', 'b'].map((id) => subscription(id, [row(id, 'P1')])));
    const charge = { ...TYPICAL, committed: '20', actual: '31', orgs: ['a', 'b'], sku: 'S1' };
    const contract = contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge] }] }]);
    const products = [product('P1', { skus: ['S1', 'S2'] })];
    const scopes: readonly Partial<Waiver>[] = [
      { org: 'b' },
      { org: 'c' },
      { sku: 'S1' },
      { sku: 'S2' },
      { sku: 'S3' },
    ];
    const rows = scopes.map((scope): Row => {
      const waivers = [waiver('actual-quantity', scope)];
      return [JSON.stringify(scope), compare(legacy, contract, policy({ products, waivers }))];
    });
    await expectTable({ rules: ['actual-quantity'], notes: true }, rows, 'waivers-of-several');
  });
});

describe('what follows from what', () => {
  it('is told under it, and from nothing that could not be read', async () => {
    const bad = { bad: '?' };
    const yen: Figures = { ...TYPICAL, currency: 'JPY' };
    const changes: readonly Figures[] = [
      { actual: '16' },
      { actual: '16', overageQuantity: '7' },
      { actual: '16', committed: bad, overageQuantity: '6' },
      { actual: '16', included: bad, overageQuantity: '6' },
      { actual: '16', overageQuantity: bad },
      { overageQuantity: '4', overageCharge: '95' },
      { overageQuantity: '4', overageCharge: '94.96' },
      { overageQuantity: '4', overageRate: bad, overageCharge: '94.96' },
      { overageQuantity: '4', overageCharge: bad },
      { overageQuantity: '4', overageRate: null, overageCharge: '0' },
      { overageQuantity: '4', currency: null, overageCharge: '94.96' },
    ];
    const card = { currency: 'USD', committedRate: decimal('20'), overageRate: decimal('23.74') };
    const products = [product('P1', { expected: card })];
    const rates: readonly Figures[] = [
      { committedRate: '21' },
      { overageRate: '24' },
      { currency: 'EUR' },
      { committedRate: '21', overageRate: '24', currency: 'EUR' },
    ];
    const rows = [
      ...changes.map((change): Row => [['in dollars', JSON.stringify(change)], judge(change, {})]),
      ...changes
        .filter(({ overageCharge }) => overageCharge !== undefined)
        .map((change): Row => [['in yen', JSON.stringify(change)], judge(change, {}, yen)]),
    ];
    await expectTable({ rules: ['actual-quantity', 'overage-quantity', 'overage-charge'] }, rows, 'derived');
    const carded = rates.flatMap((change): Row[] => [
      [['contract', JSON.stringify(change)], judge(change, { products })],
      [['legacy', JSON.stringify(change)], judge(TYPICAL, { products }, { ...TYPICAL, ...change })],
      [['both', JSON.stringify(change)], judge(change, { products }, { ...TYPICAL, ...change })],
    ]);
    await expectTable({ rules: [...RATES, 'rate-card'] }, carded, 'derived.rate-card');
  });
});

describe('tolerances', () => {
  it('let pass what they let pass', async () => {
    const tolerance = (changes: Partial<Tolerance>): Tolerance => ({
      absolute: null,
      relative: null,
      when: null,
      ...changes,
    });
    const kinds: readonly Tolerance[] = [
      tolerance({}),
      tolerance({ absolute: decimal('1') }),
      tolerance({ absolute: decimal('0.9') }),
      tolerance({ relative: decimal('0.0625') }),
      tolerance({ relative: decimal('0.06') }),
      tolerance({ absolute: decimal('1'), when: 'open' }),
      tolerance({ absolute: decimal('1'), when: 'closed' }),
    ];
    const rows = kinds.flatMap((each): Row[] => [
      [['use', JSON.stringify(each)], judge(USE, { tolerances: { 'actual-quantity': each } })],
      [
        ['use that is not told', JSON.stringify(each)],
        judge({ actual: null }, { tolerances: { 'actual-quantity': each } }),
      ],
      [
        ['commitment of nothing', JSON.stringify(each)],
        judge(
          { committed: '1', actual: '0' },
          { tolerances: { 'committed-quantity': each } },
          { ...TYPICAL, committed: '0', actual: '0' },
        ),
      ],
    ]);
    await expectTable({ rules: ['committed-quantity', 'actual-quantity'] }, rows, 'tolerances');
  });
});

describe('figures that are read twice', () => {
  it('moved, stood, came and went', async () => {
    const world = (legacy: Figures, contract: Figures, period = APRIL) => ({
      legacy: legacySide([subscription('a', [row('a', 'P1', { ...TYPICAL, ...legacy }, { period })], { period })]),
      contract: contractSide([
        { id: 'c', periods: [{ span: period, charges: [{ ...TYPICAL, ...contract, orgs: ['a'], sku: 'P1' }] }] },
      ]),
    });
    const told: readonly Figures[] = [
      {},
      { actual: '16' },
      { actual: '17' },
      { actual: null },
      { actual: { bad: '?' } },
      { committed: '11' },
    ];
    const rows = told.flatMap((first) =>
      told
        .filter(({ actual }) => actual !== '17')
        .flatMap((second): Row[] => {
          const twice = (period = APRIL, orgs = ['a']): Judgement => {
            const now = world({}, second, period);
            return compare(now.legacy, now.contract, policy(), {
              ...NO_REREADING,
              before: { ...world({}, first, period), orgs: new Set(orgs) },
            });
          };
          const closed = span('2026-04-01', '2026-04-30', 'closed');
          const name = [`first ${JSON.stringify(first)}`, `then ${JSON.stringify(second)}`];
          return [
            [['open', ...name], twice()],
            [['closed', ...name], twice(closed)],
            [['of another', ...name], twice(APRIL, ['b'])],
          ];
        }),
    );
    await expectTable({ rules: ['committed-quantity', 'actual-quantity'] }, rows, 'twice');
  });
});
