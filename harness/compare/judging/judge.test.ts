import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import type { ComparisonPolicy, Tolerance, Waiver } from '../../domain/policy.ts';
import { compare } from '../compare.ts';
import { cellOf, mismatches } from '../testing/cells.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  policy,
  product,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';

const judge = (changes: Figures, options: Partial<ComparisonPolicy> = {}, legacy = TYPICAL) => {
  const sides = onePair(legacy, changes);
  return compare(sides.legacy, sides.contract, policy(options));
};

const tolerance = (changes: Partial<Tolerance>): Tolerance => ({
  absolute: null,
  relative: null,
  when: null,
  ...changes,
});
const waiver = (changes: Partial<Waiver>): Waiver => ({
  rule: 'overage-rate',
  cause: null,
  org: null,
  sku: null,
  appId: null,
  period: null,
  reason: 'renegotiated',
  owner: 'billing@example.com',
  ticket: null,
  expires: isoDate('2026-07-31'),
  maxMoney: null,
  delta: null,
  ...changes,
});
const OFF: Figures = { actual: '14.9', overageQuantity: '5', overageCharge: '118.7' };

describe('tolerances', () => {
  it.each<[string, Partial<Tolerance>, string]>([
    ['absolute, just enough', { absolute: decimal('0.1') }, 'tolerated'],
    ['absolute, not enough', { absolute: decimal('0.09') }, 'mismatch'],
    [
      'relative to the greater value, just enough',
      { relative: decimal('0.00666666666666666666666666666666666667') },
      'tolerated',
    ],
    ['relative, not enough', { relative: decimal('0.006') }, 'mismatch'],
    ['one of the two suffices', { absolute: decimal(0), relative: decimal('0.01') }, 'tolerated'],
    ['while open', { absolute: decimal(1), when: 'open' }, 'tolerated'],
    ['when closed', { absolute: decimal(1), when: 'closed' }, 'mismatch'],
  ])('%s', (_, changes, status) => {
    const judgement = judge(OFF, { tolerances: { 'actual-quantity': tolerance(changes) } });
    expect(cellOf(judgement, 'actual-quantity').status).toBe(status);
    expect(judgement.moneyAtRisk).toEqual([]);
  });

  it('say so in the reason', () => {
    const judgement = judge(OFF, { tolerances: { 'actual-quantity': tolerance({ relative: decimal('0.01') }) } });
    expect(cellOf(judgement, 'actual-quantity').reason).toBe(
      'legacy says 15, contract says 14.9 (0.1 less), within the tolerance of 1 %',
    );
    expect(judgement.verdict === 'mismatch').toBe(judgement.counts.mismatch > 0);
  });

  it('count days for dates and nothing for words', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')], { end: '2026-12-30' })]);
    const { contract } = onePair();
    const days = {
      'contract-end': tolerance({ absolute: decimal(1) }),
      currency: tolerance({ absolute: decimal(100) }),
    };
    expect(cellOf(compare(legacy, contract, policy({ tolerances: days })), 'contract-end').status).toBe('tolerated');
    expect(cellOf(judge({ currency: 'EUR' }, { tolerances: days }), 'currency').status).toBe('mismatch');
  });
});

describe('waivers', () => {
  const RATE: Figures = { overageRate: '25', overageCharge: '118.7' };

  it.each<[string, Partial<Waiver>, string]>([
    ['any', {}, 'waived'],
    ['this organisation, in capitals', { org: 'A' }, 'waived'],
    ['this product, in lower case', { sku: 'p1' }, 'waived'],
    ['this app', { appId: 'app' }, 'waived'],
    ['this period', { period: isoDate('2026-04-30') }, 'waived'],
    ['this delta', { delta: decimal('1.26') }, 'waived'],
    ['until today', { expires: isoDate('2026-04-20') }, 'waived'],
    ['another organisation', { org: 'b' }, 'mismatch'],
    ['another product', { sku: 'P2' }, 'mismatch'],
    ['another app', { appId: 'other' }, 'mismatch'],
    ['another period', { period: isoDate('2026-05-01') }, 'mismatch'],
    ['another delta', { delta: decimal('1.25') }, 'mismatch'],
    ['another rule', { rule: 'committed-rate' }, 'mismatch'],
    ['until yesterday', { expires: isoDate('2026-04-19') }, 'mismatch'],
  ])('for %s', (_, changes, status) => {
    const judgement = judge(RATE, { waivers: [waiver(changes)] });
    const cell = cellOf(judgement, 'overage-rate');
    expect(cell.status).toBe(status);
    expect(cell.waiver === null).toBe(status === 'mismatch');
  });

  it('are counted: used, unused, expired', () => {
    const waivers = [waiver({}), waiver({ rule: 'currency' }), waiver({ expires: isoDate('2026-01-01') })];
    const judgement = judge(RATE, { waivers });
    expect(judgement.waivers).toEqual({ used: 1, unused: 1, expired: 1 });
    expect(judgement.notes.join()).toContain('expired on 2026-01-01');
    expect(judgement.notes.join()).toContain('was not needed');
    expect(judgement.gate.checks.find((check) => check.name === 'expiredWaivers')?.met).toBe(false);
  });

  it('whose delta no longer fits say so', () => {
    const judgement = judge(RATE, { waivers: [waiver({ delta: decimal('1.25') })] });
    expect(cellOf(judgement, 'overage-rate').reason).toBe(
      'legacy says 23.74, contract says 25 (1.26 more); the waiver of billing@example.com accepts 1.25, and it is 1.26 now',
    );
    expect(judgement.waivers).toEqual({ used: 0, unused: 1, expired: 0 });
  });

  it('hold for what follows from what they accept, to the last digit', () => {
    const follows = judge({ overageRate: '25', overageCharge: '125' }, { waivers: [waiver({})] });
    expect(cellOf(follows, 'overage-charge').status).toBe('waived');
    expect(mismatches(follows)).toEqual([]);
    expect(follows.moneyAtRisk).toEqual([]);
    const more = judge({ overageRate: '25', overageCharge: '125.01' }, { waivers: [waiver({})] });
    expect(cellOf(more, 'overage-charge').status).toBe('mismatch');
    expect(more.moneyAtRisk).toEqual([{ currency: 'USD', overBilled: '6.31', underBilled: '0' }]);
  });

  it('do not hold for what also follows from something else', () => {
    const judgement = judge({ actual: '16', overageRate: '25' }, { waivers: [waiver({})] });
    expect(cellOf(judgement, 'overage-charge').status).toBe('mismatch');
  });
});

describe('what follows from what', () => {
  it('overage from actual, charge from overage', () => {
    const judgement = judge({ actual: '16' });
    expect(mismatches(judgement).sort()).toEqual(['actual-quantity', 'overage-charge', 'overage-quantity']);
    const [actual, overage, charge] = ['actual-quantity', 'overage-quantity', 'overage-charge'].map((rule) =>
      cellOf(judgement, rule),
    );
    expect(actual?.derivedFrom).toBeNull();
    expect(overage?.derivedFrom).toBe(actual?.id);
    expect(charge?.derivedFrom).toBe(overage?.id);
    expect(actual?.money).toEqual([{ currency: 'USD', amount: '23.74', direction: 'over-billed' }]);
    expect([...(overage?.money ?? []), ...(charge?.money ?? [])]).toEqual([]);
  });

  it('not where the contract side’s own figures do not add up', () => {
    const judgement = judge({ actual: '16', overageQuantity: '7', overageCharge: '200' });
    expect(cellOf(judgement, 'overage-quantity').derivedFrom).toBeNull();
    expect(cellOf(judgement, 'overage-charge').derivedFrom).toBeNull();
  });

  it('of a charge over two organisations: only what carries over one to one', () => {
    const legacy = legacySide(['a', 'b'].map((id) => subscription(id, [row(id, 'P1')])));
    const spanning = (changes: Figures) =>
      compare(
        legacy,
        contractSide([
          {
            id: 'c',
            periods: [
              {
                span: APRIL,
                charges: [{ ...TYPICAL, committed: '20', actual: '30', ...changes, orgs: ['a', 'b'], sku: 'P1' }],
              },
            ],
          },
        ]),
        policy(),
      );
    expect(cellOf(spanning({ actual: '31' }), 'overage-quantity').derivedFrom).not.toBeNull();
    expect(cellOf(spanning({ actual: '31', overageQuantity: '13' }), 'overage-quantity').derivedFrom).toBeNull();
  });

  it('the rate card’s finding from the rate’s', () => {
    const card = { currency: 'USD', committedRate: null, overageRate: decimal('23.74') };
    const judgement = judge({ overageRate: '25' }, { products: [product('P1', { expected: card })] });
    const found = judgement.cells.filter((cell) => cell.rule === 'rate-card' && cell.status === 'mismatch');
    expect(found.map((cell) => [cell.scope.side, cell.scope.subject, cell.delta])).toEqual([
      ['contract', 'overageRate', '1.26'],
    ]);
    expect(found[0]?.reason).toBe('contract says 25, the rate card of the scenario says 23.74 (1.26 more)');
    expect(found[0]?.derivedFrom).toBe(cellOf(judgement, 'overage-rate').id);
  });
});

describe('money at risk', () => {
  it.each<[string, Figures, Figures, object[]]>([
    [
      'rates differ: fees and charge',
      TYPICAL,
      { committedRate: '21', overageRate: '25' },
      [{ currency: 'USD', overBilled: '16.3', underBilled: '0' }],
    ],
    ['commitment differs', TYPICAL, { committed: '9' }, [{ currency: 'USD', overBilled: '3.74', underBilled: '0' }]],
    ['less', TYPICAL, { actual: '12' }, [{ currency: 'USD', overBilled: '0', underBilled: '71.22' }]],
    ['nothing that is billed', { ...TYPICAL, actual: '3' }, { actual: '4' }, []],
    ['yen have no places', { ...TYPICAL, currency: 'JPY', overageRate: '23' }, { committedRate: '20.04' }, []],
    [
      'dinars have three',
      { ...TYPICAL, currency: 'KWD' },
      { committedRate: '20.0001' },
      [{ currency: 'KWD', overBilled: '0.001', underBilled: '0' }],
    ],
    [
      'currencies differ: both bills, never set off',
      TYPICAL,
      { currency: 'EUR' },
      [
        { currency: 'EUR', overBilled: '318.7', underBilled: '0' },
        { currency: 'USD', overBilled: '0', underBilled: '318.7' },
      ],
    ],
    [
      'a rate that one side lacks is borrowed',
      { ...TYPICAL, committedRate: null },
      { committedRate: '20', committed: '11', actual: '10', overageQuantity: '0', overageCharge: '0' },
      [{ currency: 'USD', overBilled: '0', underBilled: '98.7' }],
    ],
  ])('%s', (_, legacy, changes, totals) => {
    const judgement = judge(changes, {}, legacy);
    expect(judgement.moneyAtRisk).toEqual(totals);
    expect(judgement.cells.filter((cell) => cell.money.length > 0).length).toBe(totals.length === 0 ? 0 : 1);
  });
});

describe('cells', () => {
  it('are ordered by money, then as rules are pinned', () => {
    const legacy = legacySide(['a', 'b'].map((id) => subscription(id, [row(id, 'P1'), row(id, 'P2')])));
    const charges = (id: string, actual: string) => [
      { ...TYPICAL, actual, orgs: [id], sku: 'P1' },
      { ...TYPICAL, unit: 'User', orgs: [id], sku: 'P2' },
    ];
    const contract = contractSide([
      { id: 'c1', periods: [{ span: APRIL, charges: charges('a', '16') }] },
      { id: 'c2', periods: [{ span: APRIL, charges: charges('b', '20') }] },
    ]);
    const judgement = compare(legacy, contract, policy());
    expect(judgement.cells.slice(0, 2).map((cell) => [cell.rule, cell.scope.orgs[0]?.id])).toEqual([
      ['actual-quantity', 'b'],
      ['actual-quantity', 'a'],
    ]);
    expect(new Set(judgement.cells.map((cell) => cell.id)).size).toBe(judgement.cells.length);
  });

  it('keep their id whatever the figures are', () => {
    expect(cellOf(judge({ actual: '16' }), 'actual-quantity').id).toBe(cellOf(judge({}), 'actual-quantity').id);
  });

  it('say how much in relation to legacy', () => {
    expect(cellOf(judge({ actual: '16' }), 'actual-quantity').relative).toBe('0.0667');
    expect(cellOf(judge({ actual: '4' }, {}, { ...TYPICAL, actual: '0' }), 'actual-quantity').relative).toBeNull();
  });
});
