/** Tolerances, waivers and gates of every kind, and what becomes of what follows from a difference that is accepted. */
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import { decimal } from '../../domain/decimal.ts';
import type { ComparisonPolicy, GateLimits, Tolerance, Waiver } from '../../domain/policy.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { NO_HINDSIGHT } from '../hindsight.ts';
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
import { table } from '../testing/tell.ts';

type Row = readonly [string, Judgement];
const judge = (change: Figures, options: Partial<ComparisonPolicy>, legacy = TYPICAL): Judgement => {
  const sides = onePair(legacy, change);
  return compare(sides.legacy, sides.contract, policy(options));
};
const waiver = (rule: string, changes: Partial<Waiver> = {}): Waiver => ({
  rule,
  org: null,
  sku: null,
  appId: null,
  period: null,
  reason: 'agreed',
  owner: `owner of ${rule}`,
  ticket: null,
  expires: isoDate('2026-07-31'),
  delta: null,
  ...changes,
});
const expectTable = (rows: readonly Row[], file: string) =>
  expect(table(rows)).toMatchFileSnapshot(`judging.${file}.txt`);

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
        [`use differs; waived: ${rules.join(', ')}`, judge(USE, { waivers })],
        [`overage and rate differ; waived: ${rules.join(', ')}`, judge(BOTH, { waivers })],
      ];
    });
    await expectTable(rows, 'waivers');
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
      [what, judge(USE, { waivers: [waiver('actual-quantity', scope)] })],
      [
        `${what}, after one that is expired`,
        judge(USE, {
          waivers: [waiver('actual-quantity', { expires: isoDate('2026-01-01') }), waiver('actual-quantity', scope)],
        }),
      ],
      [`${what}, of words`, judge({ currency: 'EUR' }, { waivers: [waiver('currency', scope)] })],
    ]);
    await expectTable(rows, 'scopes');
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
    await expectTable(rows, 'waivers-of-several');
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
      ...changes.flatMap((change): Row[] => [
        [JSON.stringify(change), judge(change, {})],
        [`in yen ${JSON.stringify(change)}`, judge(change, {}, yen)],
      ]),
      ...rates.flatMap((change): Row[] => [
        [`rate card, contract ${JSON.stringify(change)}`, judge(change, { products })],
        [`rate card, legacy ${JSON.stringify(change)}`, judge(TYPICAL, { products }, { ...TYPICAL, ...change })],
        [`rate card, both ${JSON.stringify(change)}`, judge(change, { products }, { ...TYPICAL, ...change })],
      ]),
    ];
    await expectTable(rows, 'derived');
  });
});

describe('tolerances and gates', () => {
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
      [`use, ${JSON.stringify(each)}`, judge(USE, { tolerances: { 'actual-quantity': each } })],
      [
        `use that is not told, ${JSON.stringify(each)}`,
        judge({ actual: null }, { tolerances: { 'actual-quantity': each } }),
      ],
      [
        `commitment of nothing, ${JSON.stringify(each)}`,
        judge(
          { committed: '1', actual: '0' },
          { tolerances: { 'committed-quantity': each } },
          { ...TYPICAL, committed: '0', actual: '0' },
        ),
      ],
    ]);
    await expectTable(rows, 'tolerances');
  });

  it('are met or not', async () => {
    const gate = (changes: Partial<GateLimits>): Partial<ComparisonPolicy> => ({
      gate: { ...policy().gate, ...changes },
    });
    const limits: readonly (readonly [string, Partial<GateLimits>])[] = [
      ['strict', {}],
      ['report only', { mode: 'report' }],
      ['parity of 90', { minParity: decimal('90') }],
      ['parity and coverage of 90', { minParity: decimal('90'), minCoverage: decimal('90') }],
      ['no money', { minParity: decimal('0'), maxMoneyAtRisk: {} }],
      ['money enough', { minParity: decimal('0'), maxMoneyAtRisk: { USD: decimal('1000'), EUR: decimal('1000') } }],
      ['money of another currency', { minParity: decimal('0'), maxMoneyAtRisk: { JPY: decimal('5') } }],
      ['just the money', { minParity: decimal('0'), maxMoneyAtRisk: { USD: decimal('23.74') } }],
    ];
    const changes: readonly Figures[] = [{}, USE, { currency: 'EUR' }, { actual: { bad: '?' } }, { committed: '9' }];
    const rows = limits.flatMap(([what, limit]) =>
      changes.map((change): Row => [`${what}: ${JSON.stringify(change)}`, judge(change, gate(limit))]),
    );
    await expectTable(rows, 'gates');
  });
});

describe('a run that compared nothing', () => {
  it('is never at parity, however little is asked', async () => {
    const lenient = { gate: { ...policy().gate, minParity: decimal('0'), minCoverage: decimal('0') } };
    const bad = { bad: '?' };
    const unread: Figures = {
      committed: bad,
      included: bad,
      actual: bad,
      overageQuantity: bad,
      overageCharge: bad,
      committedRate: bad,
      overageRate: bad,
      currency: bad,
      unit: bad,
    };
    const { legacy, contract } = onePair();
    const failed: CaptureFailure = {
      side: 'contract',
      source: 'contract-api',
      subject: { kind: 'contracts' },
      code: 'http-status',
      message: 'contracts answered 500',
      at: { exchange: 'x', pointer: '' },
    };
    const nothing = contractSide([]);
    const body = { side: 'contract', source: 'contract-api', type: 'BillingContract', exchange: 'x' } as const;
    const rows: Row[] = [
      ['nothing on either side', compare(legacySide([]), nothing, policy(lenient))],
      ['nothing on legacy', compare(legacySide([]), contract, policy(lenient))],
      ['nothing on the contract side', compare(legacy, nothing, policy(lenient))],
      ['the listing failed', compare(legacy, { ...nothing, failures: [failed] }, policy(lenient))],
      [
        'the product is missing',
        compare(
          legacy,
          contractSide([{ id: 'c', orgs: ['a'], periods: [{ span: APRIL, charges: [] }] }]),
          policy(lenient),
        ),
      ],
      [
        'the product is on the contract side alone',
        compare(legacySide([subscription('a', [])]), contract, policy(lenient)),
      ],
      ['no figure can be read', judge(unread, lenient, { ...TYPICAL, unit: 'seat' })],
      ['one figure can be read', judge({ ...unread, committed: '10' }, lenient, { ...TYPICAL, unit: 'seat' })],
      ['the contract side alone, nothing of it', compare(null, nothing, policy(lenient))],
      [
        'the contract side alone, its listing failed',
        compare(null, { ...nothing, failures: [failed] }, policy(lenient)),
      ],
      [
        'the contract side alone, a contract that failed',
        compare(null, { ...nothing, listed: contract.listed, failures: [failed] }, policy(lenient)),
      ],
      ['the contract side alone, one body', compare(null, { ...nothing, documents: [body] }, policy(lenient))],
      [
        'the contract side alone, one body and a listing that failed',
        compare(null, { ...nothing, documents: [body], failures: [failed] }, policy(lenient)),
      ],
    ];
    for (const [what, { verdict }] of rows.slice(0, 7))
      expect({ what, verdict }).not.toEqual({ what, verdict: 'parity' });
    await expectTable(rows, 'nothing');
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
      told.flatMap((second): Row[] => {
        const twice = (period = APRIL, orgs = ['a']): Judgement => {
          const now = world({}, second, period);
          return compare(now.legacy, now.contract, policy(), {
            ...NO_HINDSIGHT,
            before: { ...world({}, first, period), orgs: new Set(orgs) },
          });
        };
        const closed = span('2026-04-01', '2026-04-30', 'closed');
        const name = `${JSON.stringify(first)}, then ${JSON.stringify(second)}`;
        return [
          [name, twice()],
          [`${name}, closed`, twice(closed)],
          [`${name}, of another`, twice(APRIL, ['b'])],
        ];
      }),
    );
    await expectTable(rows, 'twice');
  });
});
