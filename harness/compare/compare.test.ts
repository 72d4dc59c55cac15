import { describe, expect, it } from 'vitest';
import { decimal } from '../domain/decimal.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import { ratio } from '../domain/ratio.ts';
import { compare } from './compare.ts';
import { cellOf, deviations, mismatches } from './testing/cells.ts';
import { at } from './testing/figures.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  org,
  policy,
  product,
  row,
  span,
  subscription,
  TYPICAL,
} from './testing/sides.ts';

const judge = (legacy: Figures, changes: Figures, options: Parameters<typeof policy>[0] = {}) => {
  const sides = onePair(legacy, changes);
  return compare(sides.legacy, sides.contract, policy(options));
};

const failed = (subject: LegacySide['failures'][number]['subject'], side: 'legacy' | 'contract' = 'legacy') => ({
  side,
  source: side === 'legacy' ? ('usage-api' as const) : ('contract-api' as const),
  subject,
  code: 'http-status' as const,
  message: 'GET /x answered 503 after 5 tries',
  at: at('f'),
});

describe('a clean pair', () => {
  it('is at parity, and every rule has its cell', () => {
    const judgement = judge(TYPICAL, {});
    expect(deviations(judgement)).toEqual([]);
    expect(judgement.verdict).toBe('parity');
    expect(judgement.gate.met).toBe(true);
    expect(judgement.orgs).toEqual({ expected: 1, compared: 1, atParity: 1, unreachable: 0 });
    expect(judgement.parityPercent).toBe('100');
    expect(judgement.coveragePercent).toBe('100');
    const rules = judgement.cells.filter((cell) => cell.scope.side === null).map((cell) => cell.rule);
    expect(rules).toEqual([
      'org-missing-in-contract',
      'org-missing-in-legacy',
      'product-missing-in-contract',
      'product-missing-in-legacy',
      'committed-quantity',
      'included-quantity',
      'actual-quantity',
      'unit-of-measure',
      'overage-quantity',
      'overage-charge',
      'committed-rate',
      'overage-rate',
      'currency',
      'contract-start',
      'contract-end',
      'ramp-start',
      'ramp-end',
      'period-start',
      'period-end',
      'contract-status',
    ]);
  });
});

describe('one difference', () => {
  it.each<[string, Figures, Figures, string[], string]>([
    [
      'committed',
      TYPICAL,
      { committed: '11', overageQuantity: '5', overageCharge: '118.7' },
      ['committed-quantity'],
      'legacy says 10, contract says 11 (1 more)',
    ],
    [
      'included',
      { ...TYPICAL, included: '3' },
      { included: '4' },
      ['included-quantity'],
      'legacy says 3, contract says 4 (1 more)',
    ],
    [
      'included left out',
      { ...TYPICAL, included: '3' },
      { included: null },
      ['included-quantity'],
      'legacy says 3, contract says nothing (3 less)',
    ],
    [
      'actual',
      TYPICAL,
      { actual: '14', overageQuantity: '5', overageCharge: '118.7' },
      ['actual-quantity'],
      'legacy says 15, contract says 14 (1 less)',
    ],
    [
      'actual left out',
      TYPICAL,
      { actual: null, overageQuantity: '5', overageCharge: '118.7' },
      ['actual-quantity'],
      'legacy says 15, contract states no actual quantity',
    ],
    [
      'a millionth',
      TYPICAL,
      { actual: '15.000001', overageQuantity: '5', overageCharge: '118.7' },
      ['actual-quantity'],
      'legacy says 15, contract says 15.000001 (0.000001 more)',
    ],
    [
      'overage',
      TYPICAL,
      { overageQuantity: '4', overageCharge: '118.7' },
      ['overage-quantity'],
      'legacy says 5 (15 − 10), contract says 4 (1 less)',
    ],
    [
      'overage left out',
      TYPICAL,
      { overageQuantity: null, overageCharge: '118.7' },
      ['overage-quantity'],
      'legacy says 5 (15 − 10), contract says nothing (5 less)',
    ],
    [
      'charge',
      TYPICAL,
      { overageCharge: '118.75' },
      ['overage-charge'],
      'legacy says 118.7 (5 × 23.74), contract says 118.75 (0.05 more)',
    ],
    [
      'committed rate',
      TYPICAL,
      { committedRate: '21.5' },
      ['committed-rate'],
      'legacy says 20, contract says 21.5 (1.5 more)',
    ],
    [
      'overage rate',
      TYPICAL,
      { overageRate: '25', overageCharge: '118.7' },
      ['overage-rate'],
      'legacy says 23.74, contract says 25 (1.26 more)',
    ],
    ['currency', TYPICAL, { currency: 'EUR' }, ['currency'], 'legacy says USD, contract says EUR'],
    [
      'unit',
      { ...TYPICAL, unit: 'minute' },
      { unit: 'Hour' },
      ['unit-of-measure'],
      'legacy says minute, contract says Hour (60 minute is 1 Hour)',
    ],
  ])('in %s is reported under its rule alone', (_, legacy, changes, rules, sentence) => {
    const judgement = judge(legacy, changes);
    const twoSided = judgement.cells.filter((cell) => cell.status === 'mismatch' && cell.scope.side === null);
    expect(twoSided.map((cell) => cell.rule)).toEqual(rules);
    expect(twoSided[0]?.reason).toBe(sentence);
    expect(judgement.verdict).toBe('mismatch');
  });
});

describe('the same fact in other clothes', () => {
  it.each<[string, Figures, Figures]>([
    ['no commitment', { ...TYPICAL, committed: null }, { committed: '0' }],
    ['no overage rate', { ...TYPICAL, actual: '8', overageRate: null }, { overageRate: '0' }],
    ['no overage rate on both sides', { ...TYPICAL, actual: '8', overageRate: null }, {}],
    ['no overage figures', { ...TYPICAL, actual: '8' }, { overageQuantity: null, overageCharge: null }],
    ['no fair use', { ...TYPICAL, included: '0' }, { included: null }],
    ['words for seats', { ...TYPICAL, unit: 'seat' }, { unit: 'User' }],
    ['words for units', { ...TYPICAL, unit: 'unit' }, { unit: 'EA' }],
    ['words for messages', { ...TYPICAL, unit: 'message' }, { unit: 'Message' }],
    ['words for numbers', { ...TYPICAL, unit: 'number' }, { unit: 'PhoneNumber' }],
    ['nothing used', { committed: '0', actual: '0', currency: 'USD' }, {}],
  ])('%s', (_, legacy, changes) => {
    expect(deviations(judge(legacy, changes))).toEqual([]);
  });

  it('multiplies the commitment by the bundle', () => {
    const judgement = judge({ ...TYPICAL, committed: '10', bundle: '12', actual: '125' }, { committed: '120' });
    expect(deviations(judgement)).toEqual([]);
  });

  it('reads the bundle as an allowance if the scenario says so', () => {
    const facts = { ...TYPICAL, committed: '10', bundle: '4', actual: '15' };
    const judgement = judge(facts, { included: '14' }, { bundleQuantity: 'allowance' });
    expect(mismatches(judgement).filter((rule) => !rule.includes('arithmetic'))).toEqual([]);
  });

  it('ignores the bundle if the scenario says so', () => {
    expect(deviations(judge({ ...TYPICAL, bundle: '12' }, {}, { bundleQuantity: 'ignore' }))).toEqual([]);
  });

  it.each([
    ['zeros on the legacy side', row('a', 'P2', { committed: '0', actual: '0' }), null],
    ['zeros on the contract side', null, { committed: '0', actual: '0' }],
  ])('%s, absent on the other', (_, line, zero) => {
    const legacy = legacySide([subscription('a', [row('a', 'P1'), ...(line === null ? [] : [line])])]);
    const charges = [
      { ...TYPICAL, orgs: ['a'], sku: 'P1' },
      ...(zero === null ? [] : [{ ...zero, orgs: ['a'], sku: 'P2' }]),
    ];
    const judgement = compare(legacy, contractSide([{ id: 'c1', periods: [{ span: APRIL, charges }] }]), policy());
    expect(deviations(judgement)).toEqual([]);
    expect(
      judgement.cells.filter((cell) => cell.scope.sku === 'P2' && cell.scope.side === null).map((cell) => cell.rule),
    ).toEqual([line === null ? 'product-missing-in-legacy' : 'product-missing-in-contract']);
  });

  it('compares a charge over several organisations with the sum of their rows', () => {
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', { ...TYPICAL, committed: '10', actual: '15' })]),
      subscription('b', [row('b', 'P1', { ...TYPICAL, committed: '10', actual: '5' })]),
    ]);
    const charge = {
      ...TYPICAL,
      committed: '20',
      actual: '20',
      overageQuantity: '5',
      overageCharge: '118.7',
      orgs: ['b', 'a'],
      sku: 'P1',
    };
    const judgement = compare(
      legacy,
      contractSide([{ id: 'c1', periods: [{ span: APRIL, charges: [charge] }] }]),
      policy(),
    );
    expect(deviations(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').scope.orgs.map((each) => each.id)).toEqual(['a', 'b']);
  });

  it('shows a pooled overage as a difference in overage', () => {
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', { ...TYPICAL, committed: '10', actual: '15' })]),
      subscription('b', [row('b', 'P1', { ...TYPICAL, committed: '10', actual: '5' })]),
    ]);
    const charge = {
      ...TYPICAL,
      committed: '20',
      actual: '20',
      overageQuantity: '0',
      overageCharge: '0',
      orgs: ['a', 'b'],
      sku: 'P1',
    };
    const judgement = compare(
      legacy,
      contractSide([{ id: 'c1', periods: [{ span: APRIL, charges: [charge] }] }]),
      policy(),
    );
    expect(mismatches(judgement)).toEqual(['overage-quantity', 'overage-charge']);
    expect(judgement.moneyAtRisk).toEqual([{ currency: 'USD', overBilled: '0', underBilled: '118.7' }]);
  });

  it('adds several charges of one line', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')])]);
    const charges = [
      { ...TYPICAL, committed: '4', actual: '4', orgs: ['a'], sku: 'P1' },
      { ...TYPICAL, committed: '6', actual: '11', orgs: ['a'], sku: 'P1' },
    ];
    expect(
      deviations(compare(legacy, contractSide([{ id: 'c1', periods: [{ span: APRIL, charges }] }]), policy())),
    ).toEqual([]);
  });

  it('sets two SKUs against one part number, with a factor', () => {
    const products = [product('P1', { skus: ['V', 'W'], factor: ratio(60) })];
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', { ...TYPICAL, committedRate: '30', overageRate: '60' })]),
    ]);
    const charges = [
      { ...TYPICAL, committed: '200', actual: '200', committedRate: '0.5', overageRate: '1', orgs: ['a'], sku: 'V' },
      { ...TYPICAL, committed: '400', actual: '700', committedRate: '0.5', overageRate: '1', orgs: ['a'], sku: 'W' },
    ];
    const judgement = compare(
      legacy,
      contractSide([{ id: 'c1', periods: [{ span: APRIL, charges }] }]),
      policy({ products }),
    );
    expect(deviations(judgement)).toEqual([]);
  });

  it('keeps a charge exact where the rate divided by the factor is not', () => {
    const products = [product('P1', { factor: ratio(60) })];
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', { actual: '15', overageRate: '20.001', currency: 'USD' })]),
    ]);
    const charge = {
      actual: '900',
      overageRate: '0.33335',
      overageCharge: '300.02',
      currency: 'USD',
      orgs: ['a'],
      sku: 'P1',
    };
    const judgement = compare(
      legacy,
      contractSide([{ id: 'c1', periods: [{ span: APRIL, charges: [charge] }] }]),
      policy({ products }),
    );
    expect(cellOf(judgement, 'overage-charge').status).toBe('match');
    expect(cellOf(judgement, 'overage-rate').status).toBe('match');
  });
});

describe('a period that an amendment cut', () => {
  const first = span('2026-04-01', '2026-04-14', 'closed');
  const second = span('2026-04-15', '2026-04-30');
  const cut = (kind: 'sum' | 'user' | null, one: Figures, two: Figures) => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')])]);
    const contract = contractSide([
      {
        id: 'c1',
        periods: [
          { span: first, charges: [{ ...TYPICAL, ...one, orgs: ['a'], sku: 'P1' }] },
          { span: second, charges: [{ ...TYPICAL, ...two, orgs: ['a'], sku: 'P1' }] },
        ],
      },
    ]);
    return compare(legacy, contract, policy({ products: [product('P1', { kind })] }));
  };

  it('adds metered sums', () => {
    expect(deviations(cut('sum', { committed: '4', actual: '4' }, { committed: '6', actual: '11' }))).toEqual([]);
  });

  it('takes the maximum of licences', () => {
    expect(deviations(cut('user', { committed: '10', actual: '12' }, { committed: '10', actual: '15' }))).toEqual([]);
  });

  it('finds a licence that is counted by adding', () => {
    expect(mismatches(cut('user', { committed: '10', actual: '15' }, { committed: '10', actual: '16' }))).toContain(
      'actual-quantity',
    );
  });

  it('is not comparable where nothing says how usage adds up', () => {
    const judgement = cut(null, { committed: '4', actual: '4' }, { committed: '6', actual: '11' });
    expect(mismatches(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').reason).toContain('cut into 2 pieces');
    expect(judgement.verdict).toBe('inconclusive');
  });

  it('works across two contracts', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')], { start: '2026-01-01', end: '2026-12-31' })]);
    const contract = contractSide([
      {
        id: 'c1',
        end: '2026-04-14',
        status: 'Inactive',
        periods: [{ span: first, charges: [{ ...TYPICAL, committed: '4', actual: '4', orgs: ['a'], sku: 'P1' }] }],
      },
      {
        id: 'c2',
        start: '2026-04-15',
        periods: [{ span: second, charges: [{ ...TYPICAL, committed: '6', actual: '11', orgs: ['a'], sku: 'P1' }] }],
      },
    ]);
    expect(deviations(compare(legacy, contract, policy({ products: [product('P1', { kind: 'sum' })] })))).toEqual([]);
  });
});

describe('missing', () => {
  const two = legacySide([subscription('a', [row('a', 'P1')]), subscription('b', [row('b', 'P1')])]);
  const onlyA = [{ id: 'c1', periods: [{ span: APRIL, charges: [{ ...TYPICAL, orgs: ['a'], sku: 'P1' }] }] }];

  it('organisation on the contract side: one mismatch with its whole legacy bill', () => {
    const judgement = compare(two, contractSide(onlyA), policy());
    expect(deviations(judgement)).toEqual(['org-missing-in-contract mismatch']);
    expect(judgement.cells[0]?.money).toEqual([{ currency: 'USD', amount: '318.7', direction: 'under-billed' }]);
    expect(judgement.cells[0]?.scope.orgs).toEqual([org('b')]);
  });

  it('organisation whose contracts ended before the period', () => {
    const march = span('2026-03-01', '2026-03-31', 'closed');
    const ended = {
      id: 'c0',
      end: '2026-03-31',
      periods: [{ span: march, charges: [{ ...TYPICAL, orgs: ['b'], sku: 'P1' }] }],
    };
    const judgement = compare(two, contractSide([...onlyA, ended]), policy());
    expect(deviations(judgement)).toEqual(['org-missing-in-contract mismatch']);
    expect(judgement.cells[0]?.reason).toContain('ended on 2026-03-31');
  });

  it('organisation is not comparable while the listing of contracts is not whole', () => {
    const broken = contractSide(onlyA, { failures: [failed({ kind: 'contracts' }, 'contract')] });
    const judgement = compare(two, broken, policy());
    expect(mismatches(judgement)).toEqual([]);
    expect(deviations(judgement)).toContain('org-missing-in-contract not-comparable');
    expect(judgement.verdict).toBe('inconclusive');
    const ofB = judgement.cells.filter((cell) => cell.scope.orgs[0]?.id === 'b');
    expect(ofB.every((cell) => cell.status === 'not-comparable')).toBe(true);
    expect(judgement.orgs.unreachable).toBe(1);
  });

  it('organisation on the legacy side', () => {
    const extra = { id: 'c2', periods: [{ span: APRIL, charges: [{ ...TYPICAL, orgs: ['z'], sku: 'P1' }] }] };
    const one = legacySide([subscription('a', [row('a', 'P1')])]);
    const judgement = compare(one, contractSide([...onlyA, extra]), policy());
    expect(deviations(judgement)).toEqual(['org-missing-in-legacy mismatch']);
    expect(judgement.cells[0]?.money).toEqual([{ currency: 'USD', amount: '318.7', direction: 'over-billed' }]);
  });

  it('organisation on the legacy side is nobody’s business for another vendor product, or when inactive', () => {
    const one = legacySide([subscription('a', [row('a', 'P1')])]);
    const other = { id: 'c2', periods: [{ span: APRIL, charges: [{ ...TYPICAL, orgs: ['z'], sku: 'OTHER' }] }] };
    const inactive = {
      id: 'c3',
      status: 'Inactive',
      periods: [{ span: APRIL, charges: [{ committed: '0', actual: '0', orgs: ['y'], sku: 'P1' }] }],
    };
    expect(deviations(compare(one, contractSide([...onlyA, other, inactive]), policy()))).toEqual([]);
  });

  it('organisation on the legacy side is not comparable while a region could not be listed', () => {
    const extra = { id: 'c2', periods: [{ span: APRIL, charges: [{ ...TYPICAL, orgs: ['z'], sku: 'P1' }] }] };
    const one = legacySide([subscription('a', [row('a', 'P1')])], {
      failures: [failed({ kind: 'region-listing', region: 'eu-west-1' })],
    });
    const judgement = compare(one, contractSide([...onlyA, extra]), policy());
    expect(mismatches(judgement)).toEqual([]);
    expect(deviations(judgement)).toContain('org-missing-in-legacy not-comparable');
  });

  it('listed organisation that legacy answers it does not know', () => {
    const listed = { orgs: [{ id: 'A', region: 'us-east-1', name: null }] };
    const none = legacySide([], { unknownOrgs: [{ org: org('a'), source: 'usage-api', at: at('u') }] });
    expect(deviations(compare(none, contractSide(onlyA), policy(listed)))).toEqual(['org-missing-in-legacy mismatch']);
    const neither = compare(none, contractSide([]), policy(listed));
    expect(mismatches(neither)).toEqual([]);
    expect(neither.verdict).toBe('inconclusive');
    expect(neither.counts.notComparable).toBeGreaterThan(10);
  });

  it('product on the contract side, also under another SKU', () => {
    const legacy = legacySide([
      subscription('a', [row('a', 'P1'), row('a', 'P2', { ...TYPICAL, committedRate: '1', overageRate: '2' })]),
    ]);
    const charges = [
      { ...TYPICAL, orgs: ['a'], sku: 'P1' },
      { ...TYPICAL, orgs: ['a'], sku: 'GC-P2' },
    ];
    const judgement = compare(legacy, contractSide([{ id: 'c1', periods: [{ span: APRIL, charges }] }]), policy());
    expect(deviations(judgement)).toEqual(['product-missing-in-contract mismatch']);
    expect(judgement.cells[0]?.money).toEqual([{ currency: 'USD', amount: '20', direction: 'under-billed' }]);
    expect(judgement.notes.join()).toContain('GC-P2');
  });

  it('product on the legacy side', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')])]);
    const charges = [
      { ...TYPICAL, orgs: ['a'], sku: 'P1' },
      { ...TYPICAL, orgs: ['a'], sku: 'P2' },
    ];
    const judgement = compare(legacy, contractSide([{ id: 'c1', periods: [{ span: APRIL, charges }] }]), policy());
    expect(deviations(judgement)).toEqual(['product-missing-in-legacy mismatch']);
    expect(judgement.cells[0]?.reason).toBe(
      'the contract side has 10 committed, 15 used, and legacy has no line for it',
    );
  });
});

describe('not comparable, never a match', () => {
  const onlyPairs = (judgement: ReturnType<typeof compare>) =>
    judgement.cells.filter((cell) => cell.scope.sku !== null && cell.scope.side === null);

  it('an organisation that legacy could not fetch: its pairs exist, none is compared', () => {
    const { contract } = onePair();
    const legacy = legacySide([], { failures: [failed({ kind: 'organisation', org: org('a'), region: 'us-east-1' })] });
    const judgement = compare(legacy, contract, policy());
    expect(onlyPairs(judgement).length).toBe(11);
    expect(judgement.cells.filter((cell) => cell.scope.side === null && cell.status !== 'not-comparable')).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').reason).toContain('answered 503 after 5 tries');
    expect(judgement.orgs).toMatchObject({ expected: 1, compared: 0, atParity: 0, unreachable: 1 });
    expect(judgement.verdict).toBe('inconclusive');
  });

  it('a period of the contract that could not be fetched', () => {
    const sides = onePair();
    const contract = {
      ...sides.contract,
      details: [],
      lines: [],
      failures: [failed({ kind: 'period', contractId: 'c1', periodId: 'c1-p1' }, 'contract')],
    };
    const judgement = compare(sides.legacy, contract, policy());
    expect(mismatches(judgement)).toEqual([]);
    expect(onlyPairs(judgement).every((cell) => cell.status === 'not-comparable')).toBe(true);
    expect(judgement.verdict).toBe('inconclusive');
  });

  it('a period that was never asked for', () => {
    const sides = onePair();
    const judgement = compare(sides.legacy, { ...sides.contract, details: [], lines: [] }, policy());
    expect(mismatches(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').reason).toContain('was not asked for');
  });

  it('a contract that could not be fetched by its id', () => {
    const sides = onePair();
    const contract = {
      ...sides.contract,
      contracts: [],
      details: [],
      lines: [],
      failures: [failed({ kind: 'contract', contractId: 'c1' }, 'contract')],
    };
    const judgement = compare(sides.legacy, contract, policy());
    expect(mismatches(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').status).toBe('not-comparable');
    expect(cellOf(judgement, 'contract-start').status).toBe('not-comparable');
  });

  it('no contract period that contains the legacy period', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')])]);
    const may = span('2026-05-01', '2026-05-31');
    const contract = contractSide([
      { id: 'c1', periods: [{ span: may, charges: [{ ...TYPICAL, orgs: ['a'], sku: 'P1' }] }] },
    ]);
    const judgement = compare(legacy, contract, policy());
    expect(mismatches(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').reason).toBe(
      'no contract period contains the legacy period 2026-04-01 to 2026-04-30',
    );
  });

  it('another period than the one asked for', () => {
    const sides = onePair();
    const judgement = compare(sides.legacy, sides.contract, policy({ period: { kind: 'last-closed' } }));
    expect(mismatches(judgement)).toEqual([]);
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.cells.find((cell) => cell.rule === 'actual-quantity')?.reason).toContain(
      'legacy shows 2026-04-01 to 2026-04-30 only',
    );
  });

  it('a charge that spans an organisation outside the scenario', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1')])]);
    const charge = { ...TYPICAL, orgs: ['a', 'x'], sku: 'P1' };
    const contract = contractSide([{ id: 'c1', periods: [{ span: APRIL, charges: [charge] }] }]);
    const listed = policy({ orgs: [{ id: 'a', region: 'us-east-1', name: null }] });
    const judgement = compare(legacy, contract, listed);
    expect(mismatches(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').reason).toContain('not in the scenario');
  });

  it.each<[string, Figures, Figures, string]>([
    [
      'actual that is no number',
      { ...TYPICAL, actual: { bad: 'N/A' } },
      { actual: '15', overageQuantity: '5', overageCharge: '118.7' },
      'actual-quantity',
    ],
    ['commitment that is no number', { ...TYPICAL, committed: { bad: '' } }, { committed: '10' }, 'committed-quantity'],
    ['rate that is no number', TYPICAL, { overageRate: { bad: 'N/A' }, overageCharge: '118.7' }, 'overage-rate'],
    ['actual on no side', { ...TYPICAL, actual: null, committed: '10' }, {}, 'actual-quantity'],
    ['units that nothing pairs', { ...TYPICAL, unit: 'seat' }, { unit: 'GB' }, 'unit-of-measure'],
  ])('%s', (_, legacy, changes, rule) => {
    const judgement = judge(legacy, changes);
    expect(cellOf(judgement, rule).status).toBe('not-comparable');
    expect(mismatches(judgement).filter((each) => !each.includes('arithmetic') && !each.includes('plan'))).toEqual([]);
    expect(judgement.verdict).toBe('inconclusive');
  });

  it('a rate that legacy does not carry, outside the coverage that is asked for', () => {
    const judgement = judge(
      { ...TYPICAL, committedRate: null, overageRate: null },
      { committedRate: '20', overageRate: '23.74', overageCharge: '118.7' },
    );
    expect(deviations(judgement).sort()).toEqual([
      'committed-rate not-comparable',
      'overage-charge not-comparable',
      'overage-rate not-comparable',
    ]);
    expect(judgement.coveragePercent).toBe('100');
    expect(judgement.verdict).toBe('parity');
  });

  it('unless the rate card supplies it', () => {
    const card = { currency: null, committedRate: decimal(20), overageRate: decimal('23.74') };
    const judgement = judge(
      { ...TYPICAL, committedRate: null, overageRate: null },
      { committedRate: '20', overageRate: '23.74', overageCharge: '118.7' },
      { products: [product('P1', { expected: card })] },
    );
    expect(deviations(judgement)).toEqual([]);
    expect(
      judgement.cells
        .filter((cell) => cell.rule === 'rate-card')
        .map((cell) => `${cell.scope.side} ${cell.scope.subject}`),
    ).toEqual(['contract committedRate', 'contract overageRate']);
  });

  it('nothing at all', () => {
    const judgement = compare(legacySide([]), contractSide([]), policy());
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.gate.met).toBe(false);
    expect(judgement.parityPercent).toBeNull();
  });
});
