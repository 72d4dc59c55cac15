import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { compare } from '../compare.ts';
import { cellOf, deviations, mismatches } from '../testing/cells.ts';
import { at } from '../testing/figures.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  org,
  policy,
  policyForP1,
  product,
  row,
  type SubscriptionFacts,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';

const charge = { ...TYPICAL, orgs: ['a'], sku: 'P1' };
const contract = contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge] }] }]);
const partner: SubscriptionFacts = { source: 'partner-billing' };
const unpriced: Figures = { ...TYPICAL, committedRate: null, overageRate: null, currency: null };

const failure = (source: 'usage-api' | 'partner-billing') => ({
  side: 'legacy' as const,
  source,
  subject: { kind: 'organisation' as const, org: org('a'), region: null },
  code: 'timeout' as const,
  message: `${source} timed out`,
  at: at('f'),
});

describe('both legacy sources', () => {
  it('partner billing fills in what the usage API lacks', () => {
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', unpriced)], { start: null }),
      subscription('a', [row('a', 'P1', { ...TYPICAL, actual: '99' }, { appId: null })], partner),
    ]);
    const judgement = compare(legacy, contract, policyForP1());
    expect(deviations(judgement).filter((each) => !each.startsWith('source-agreement'))).toEqual([]);
  });

  it('a figure that the usage API states but nobody can read stays unread', () => {
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', { ...TYPICAL, actual: { bad: 'N/A' } })]),
      subscription('a', [row('a', 'P1')], partner),
    ]);
    expect(cellOf(compare(legacy, contract, policyForP1()), 'actual-quantity').status).toBe('not-comparable');
  });

  it('a product that only partner billing lists is legacy’s too', () => {
    const both = contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge, { ...charge, sku: 'P2' }] }] }]);
    const legacy = legacySide([
      subscription('a', [row('a', 'P1')]),
      subscription('a', [row('a', 'P2', TYPICAL, { appId: null })], partner),
    ]);
    expect(mismatches(compare(legacy, both, policy()))).toEqual([]);
  });

  it('fills in nothing from another period', () => {
    const march = span('2026-03-01', '2026-03-31', 'closed');
    const legacy = legacySide([
      subscription('a', [row('a', 'P1', { ...unpriced, currency: 'USD' })]),
      subscription('a', [row('a', 'P1', TYPICAL, { period: march })], { ...partner, period: march }),
    ]);
    const judgement = compare(legacy, contract, policyForP1());
    expect(cellOf(judgement, 'overage-rate').status).toBe('not-comparable');
  });

  it('fills rows of the same part number by their names, or not at all', () => {
    const rows = [
      row('a', 'P1', { ...unpriced, currency: 'USD' }, { name: 'x' }),
      row('a', 'P1', { actual: '0', currency: 'USD' }, { name: 'y' }),
    ];
    const legacy = (names: readonly string[]) =>
      legacySide([
        subscription('a', rows),
        subscription(
          'a',
          names.map((name) => row('a', 'P1', TYPICAL, { name })),
          partner,
        ),
      ]);
    expect(cellOf(compare(legacy(['x', 'z']), contract, policyForP1()), 'overage-rate').status).toBe('match');
    expect(cellOf(compare(legacy(['v', 'w']), contract, policyForP1()), 'overage-rate').status).toBe('not-comparable');
  });

  it('goes on with the source that answered, but does not take what is missing for absent', () => {
    const legacy = legacySide([subscription('a', [row('a', 'P1', unpriced)])], {
      failures: [failure('partner-billing')],
    });
    const judgement = compare(legacy, contract, policyForP1());
    expect(cellOf(judgement, 'actual-quantity').status).toBe('match');
    expect(cellOf(judgement, 'overage-rate').reason).toContain('partner-billing timed out');
    expect(judgement.verdict).toBe('inconclusive');

    const two = contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge, { ...charge, sku: 'P2' }] }] }]);
    const missing = compare(
      legacySide([subscription('a', [row('a', 'P1')])], { failures: [failure('partner-billing')] }),
      two,
      policy(),
    );
    expect(mismatches(missing)).toEqual([]);
    expect(deviations(missing)).toContain('product-missing-in-legacy not-comparable');
  });
});

describe('which period legacy shows', () => {
  const march = span('2026-03-01', '2026-03-31', 'closed');
  const february = span('2026-02-01', '2026-02-28', 'closed');
  const legacy = legacySide(
    [february, march].map((period) => subscription('a', [row('a', 'P1', TYPICAL, { period })], { ...partner, period })),
  );
  const months = contractSide([
    { id: 'c', periods: [february, march, APRIL].map((period) => ({ span: period, charges: [charge] })) },
  ]);

  it.each<[string, Parameters<typeof policyForP1>[0], string]>([
    ['last-closed: the newest that has ended', { period: { kind: 'last-closed' } }, '2026-03-01'],
    ['a date', { period: { kind: 'date', date: isoDate('2026-02-10') } }, '2026-02-01'],
    ['open, though none is: the newest that it shows', {}, '2026-03-01'],
  ])('%s', (_, options, start) => {
    const judgement = compare(legacy, months, policyForP1(options));
    expect(deviations(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').scope.period?.start).toBe(start);
  });
});

describe('two answers of one source', () => {
  const answer = (exchange: string, actual: string, period = APRIL) => ({
    ...subscription('a', [row('a', 'P1', { ...TYPICAL, actual }, { period })], { period }),
    at: at(exchange),
  });
  const march = span('2026-03-01', '2026-03-31', 'closed');
  const short = span('2026-04-02', '2026-04-30');
  const shown = (answers: readonly ReturnType<typeof answer>[]) =>
    [answers, [...answers].reverse()].map((each) => {
      const cell = cellOf(compare(legacySide(each), contract, policyForP1()), 'actual-quantity');
      return `${cell.scope.period?.start} ${cell.legacy?.value ?? cell.agreed}`;
    });

  it.each([
    ['the newer period speaks', [answer('x-1', '14', march), answer('x-2', '15')], '2026-04-01 15'],
    ['though it came first', [answer('x-2', '14', march), answer('x-1', '15')], '2026-04-01 15'],
    ['though the older one was asked first', [answer('x-2', '15'), answer('x-1', '14', march)], '2026-04-01 15'],
    [
      'a period that ends before it starts does not speak',
      [answer('x-1', '15'), answer('x-2', '14', span('2026-05-31', '2026-05-01'))],
      '2026-04-01 15',
    ],
    [
      'the one that is called open, though another ends later',
      [answer('x-1', '15'), answer('x-2', '14', span('2026-04-05', '2026-05-04', 'closed'))],
      '2026-04-01 15',
    ],
    ['of one end the first answer', [answer('x-1', '15'), answer('x-2', '14')], '2026-04-01 15'],
    ['whatever their starts', [answer('x-1', '15'), answer('x-2', '14', short)], '2026-04-01 15'],
    ['whatever their starts, the other way round', [answer('x-2', '14'), answer('x-1', '15', short)], '2026-04-02 15'],
  ])('%s, in whichever order they come', (_, answers, first) => {
    expect(shown(answers)).toEqual([first, first]);
  });

  it('of which none is of the period that is asked for: what failed is told too', () => {
    const legacy = legacySide([answer('x-1', '15')], { failures: [failure('partner-billing')] });
    const date = { kind: 'date', date: isoDate('2026-01-10') } as const;
    const told = (failures: readonly ReturnType<typeof failure>[]) =>
      compare({ ...legacy, failures }, contract, policyForP1({ period: date }));
    const orgs = [{ id: 'a', region: 'us-east-1', name: null }];
    const judgement = compare(legacy, contract, policyForP1({ period: date, orgs }));
    const reasons = (each: typeof judgement) => each.cells.map(({ reason }) => reason).join('\n');
    expect(reasons(told([failure('partner-billing')]))).toContain('is asked for; partner-billing timed out');
    expect(reasons(told([]))).not.toContain('is asked for;');
    expect(told([failure('partner-billing')]).orgs.unreachable).toBe(1);
    expect(told([]).orgs.unreachable).toBe(0);
  });
});

describe('an organisation that is listed and then not answered', () => {
  const listing = { region: 'us-east-1', members: [{ org: org('a'), appIds: ['app'] }], at: at('l') };
  it.each([
    ['unknown', { unknownOrgs: [{ org: org('a'), source: 'usage-api' as const, at: at('u') }] }],
    ['silent', {}],
  ])('%s: not comparable, not missing', (_, changes) => {
    const judgement = compare(legacySide([], { regionListings: [listing], ...changes }), contract, policyForP1());
    expect(mismatches(judgement)).toEqual([]);
    expect(cellOf(judgement, 'actual-quantity').status).toBe('not-comparable');
    expect(judgement.orgs.unreachable).toBe(1);
  });
});

describe('an organisation that two regions list', () => {
  const listings = ['us-east-1', 'eu-west-1'].map((region, index) => ({
    region,
    members: [{ org: org('a'), appIds: [index === 0 ? 'app' : 'other'] }],
    at: at(`l-${region}`),
  }));
  const answers = ['us-east-1', 'eu-west-1'].map((region) => ({
    ...subscription('a', [row('a', 'P1', TYPICAL, { appId: region === 'us-east-1' ? 'app' : 'other' })]),
    region,
    at: at(`s-${region}`),
  }));
  const failures = ['us-east-1', 'eu-west-1'].map((region) => ({
    ...failure('usage-api'),
    subject: { kind: 'organisation' as const, org: org('a'), region },
  }));

  it.each([
    ['answered in both', { subscriptions: answers }],
    ['answered in none', {}],
    ['failed in both', { failures }],
  ])('%s: the same is said, its region too, in whichever order the regions come', (_, told) => {
    const judged = (turn: <T>(list: readonly T[]) => readonly T[]) =>
      compare(
        legacySide(turn('subscriptions' in told ? told.subscriptions : []), {
          regionListings: turn(listings),
          failures: turn('failures' in told ? told.failures : []),
        }),
        contract,
        policyForP1(),
      );
    const judgement = judged((list) => list);
    expect(judged((list) => [...list].reverse())).toEqual(judgement);
    expect(cellOf(judgement, 'actual-quantity').scope.region).toBe('eu-west-1');
  });

  it('is expected to have the apps of both listings', () => {
    const products = [
      product('P1', { appId: 'app' }),
      product('P2', { appId: 'other' }),
      product('P3', { appId: 'no' }),
    ];
    const judgement = compare(legacySide([], { regionListings: listings }), contractSide([]), policy({ products }));
    const expected = judgement.cells.filter(({ rule }) => rule === 'actual-quantity').map(({ scope }) => scope.sku);
    expect(expected).toEqual(['P1', 'P2']);
  });
});
