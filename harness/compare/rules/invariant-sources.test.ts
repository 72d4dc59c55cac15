import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { sourcesRule } from './invariant-sources.ts';
import type { Sides } from './rule.ts';
import {
  ACME,
  alone,
  BYTE,
  beside,
  date,
  failure,
  kinds,
  legacyLine,
  listing,
  none,
  number,
  subscription,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const both = (usage: Partial<Line>, partner: Partial<Line>, more: Parameters<typeof beside>[2] = {}) =>
  beside(
    {
      subscriptions: [
        subscription('usage-api', [legacyLine('usage-api', usage)]),
        subscription('partner-billing', [legacyLine('partner-billing', partner)]),
      ],
    },
    {},
    more,
  );
const differing = (sides: Sides) => [...sourcesRule.examine(sides)].filter(({ outcome }) => outcome.kind !== 'equal');
const MAY = { start: isoDate('2026-05-01'), end: isoDate('2026-05-31'), status: 'open' } as const;

const term = (end: string) => ({ contractStart: none, contractEnd: date(end), rampStart: none, rampEnd: none });

describe('source-agreement', () => {
  it('compares each figure that both state', () => {
    const found = [...sourcesRule.examine(both({}, {}))];
    expect(found.map(({ scope }) => scope.subject)).toEqual([
      'period start',
      'period end',
      'committed',
      'actual',
      'committedRate',
      'overageRate',
      'currency',
      'unit',
    ]);
    expect(found.every(({ outcome }) => outcome.kind === 'equal')).toBe(true);
    expect(found[2]?.scope).toMatchObject({
      orgs: [ACME],
      region: 'us-east-1',
      appId: 'wallboard',
      sku: 'PC-WALL',
      partNumber: 'PC-WALL',
      side: 'legacy',
      period: { start: '2026-04-01' },
    });
  });

  it.each([
    [
      'committed',
      { committed: number(9) },
      '-1',
      'committed quantity: the usage API says 10, partner billing says 9 (1 less)',
    ],
    [
      'actual',
      { actual: number('15.5') },
      '0.5',
      'actual quantity: the usage API says 15, partner billing says 15.5 (0.5 more)',
    ],
    [
      'committedRate',
      { committedRate: number(21) },
      '1',
      'committed rate: the usage API says 20, partner billing says 21 (1 more)',
    ],
    [
      'overageRate',
      { overageRate: number(25) },
      '1.26',
      'overage rate: the usage API says 23.74, partner billing says 25 (1.26 more)',
    ],
    ['currency', { currency: text('EUR') }, null, 'currency: the usage API says USD, partner billing says EUR'],
    ['unit', { unit: text('GB') }, null, 'unit: the usage API says User, partner billing says GB'],
  ])('finds a %s that differs', (subject, partner, delta, sentence) => {
    const found = [...sourcesRule.examine(both({}, partner))].filter(({ outcome }) => outcome.kind !== 'equal');
    expect(found).toHaveLength(1);
    expect(found[0]?.scope.subject).toBe(subject);
    expect(found[0]?.outcome).toMatchObject({ kind: 'different', contract: null, delta });
    expect(found[0]?.outcome).toHaveProperty('sentence', expect.stringContaining(sentence));
  });

  it('shows where either stands', () => {
    const [found] = differing(
      both({ committed: number(10, '/usages/0/prepayQuantity') }, { committed: number(9, '/usages/7/prepayQuantity') }),
    );
    expect(found?.outcome).toMatchObject({
      legacy: { value: '10', at: { pointer: '/usages/0/prepayQuantity' } },
      sentence:
        'committed quantity: the usage API says 10, partner billing says 9 (1 less) at /usages/7/prepayQuantity of its answer',
    });
  });

  it('compares allowances and bundles where both state them', () => {
    const subjects = (usage: Partial<Line>, partner: Partial<Line>) =>
      [...sourcesRule.examine(both(usage, partner))]
        .filter(({ outcome }) => outcome.kind === 'different')
        .map(({ scope }) => scope.subject);
    expect(subjects({ included: number(5), bundle: number(12) }, { included: number(6), bundle: number(10) })).toEqual([
      'included',
      'bundle',
    ]);
    expect(subjects({ included: number(5), bundle: number(12) }, {})).toEqual([]);
  });

  it('takes nothing that one leaves out for a disagreement', () => {
    const fields = (sides: Sides) => [...sourcesRule.examine(sides)].map(({ scope }) => scope.subject);
    expect(fields(both({ committedRate: none, overageRate: none }, {}))).toEqual([
      'period start',
      'period end',
      'committed',
      'actual',
      'currency',
      'unit',
    ]);
    expect(differing(both({}, { product: 'PC-OTHER' }))).toEqual([]);
    expect(
      kinds(sourcesRule, beside({ subscriptions: [subscription('usage-api', [legacyLine('usage-api')])] })),
    ).toEqual([]);
    expect(kinds(sourcesRule, alone({}))).toEqual([]);
  });

  it('takes words that mean the same unit for the same', () => {
    expect(differing(both({ unit: text('User') }, { unit: text('seat') }))).toEqual([]);
  });

  it('finds a product with figures that only one of them lists, if the other lists it for anyone', () => {
    const answers = (usage: readonly Line[], partner: readonly Line[], org = ACME) => [
      { ...subscription('usage-api', usage), org },
      { ...subscription('partner-billing', partner), org },
    ];
    const one = (of: 'usage-api' | 'partner-billing', rest: Partial<Line> = {}) => [legacyLine(of, rest)];
    const everyone = answers(one('usage-api'), one('partner-billing'), BYTE);
    const found = (subscriptions: LegacySide['subscriptions']) =>
      differing(beside({ subscriptions })).map(({ scope, outcome }) => [
        scope.orgs[0]?.id,
        scope.subject,
        outcome.kind === 'different' ? outcome.sentence : outcome.kind,
      ]);
    expect(found([...everyone, ...answers(one('usage-api'), [])])).toEqual([
      ['acme', 'listed', 'the usage API states figures for PC-WALL, partner billing does not list it'],
    ]);
    expect(found([...everyone, ...answers([], one('partner-billing'))])).toEqual([
      ['acme', 'listed', 'partner billing states figures for PC-WALL, the usage API does not list it'],
    ]);
    // Partner billing lists it for nobody: it may not carry the product at all.
    expect(found(answers(one('usage-api'), []))).toEqual([]);
    const nothing = { committed: number(0), actual: number(0) };
    expect(found([...everyone, ...answers(one('usage-api', nothing), [])])).toEqual([]);
  });

  it.each([
    ['subscription type', { subscriptionType: text('PREPAY') }, { subscriptionType: text('FREE_TRIAL') }],
    ['contract end', { term: term('2026-12-31') }, { term: term('2026-12-30') }],
    ['period end', {}, { periodEnd: date('2026-04-29') }],
  ])('compares the %s', (subject, usage, partner) => {
    const sides = beside({
      subscriptions: [
        subscription('usage-api', [legacyLine('usage-api')], usage),
        subscription('partner-billing', [legacyLine('partner-billing')], partner),
      ],
    });
    expect(differing(sides).map(({ scope, outcome }) => [scope.subject, outcome.kind])).toEqual([
      [subject, 'different'],
    ]);
  });

  it('cannot say where partner billing shows another billing period', () => {
    const sides = beside({
      subscriptions: [
        subscription('usage-api', [legacyLine('usage-api')]),
        subscription('partner-billing', [legacyLine('partner-billing', { period: MAY })], {
          periodStart: date(MAY.start),
          periodEnd: date(MAY.end),
        }),
      ],
    });
    expect(words(sourcesRule, sides)).toEqual([
      'partner billing shows 2026-05-01 to 2026-05-31, which is another billing period than the usage API’s: nothing of it can be held against that',
    ]);
  });

  it('adds up rows of one part number; a rate that one of the rows does not share differs', () => {
    const rows = [
      legacyLine('usage-api', { actual: number(5) }),
      legacyLine('usage-api', { actual: number(10), committed: number(0), overageRate: number(1) }),
    ];
    const sides = beside({
      subscriptions: [
        subscription('usage-api', rows),
        subscription('partner-billing', [legacyLine('partner-billing')]),
      ],
    });
    const found = [...sourcesRule.examine(sides)].map(({ scope, outcome }) => [scope.subject, outcome.kind]);
    expect(found).toEqual([
      ['period start', 'equal'],
      ['period end', 'equal'],
      ['committed', 'equal'],
      ['actual', 'equal'],
      ['committedRate', 'equal'],
      ['overageRate', 'different'],
      ['currency', 'equal'],
      ['unit', 'equal'],
    ]);
  });

  it.each([
    [{ actual: unreadable() }, {}, 'usage API: its actual quantity cannot be read: "N/A" is not a number'],
    [{}, { actual: unreadable() }, 'partner billing: its actual quantity cannot be read: "N/A" is not a number'],
  ])('cannot say with an unreadable figure %#', (usage, partner, reason) => {
    expect(words(sourcesRule, both(usage, partner))).toContain(reason);
  });

  it('looks at organisations and products in scope, whatever the spelling', () => {
    expect(kinds(sourcesRule, both({ product: 'pc-wall' }, { actual: number(1) }))).toContain('different');
    expect(kinds(sourcesRule, both({}, { actual: number(1) }, { orgs: listing(BYTE) }))).toEqual([]);
    expect(differing(both({}, { actual: number(1) }, { products: [] }))).toEqual([]);
  });

  it('says that nobody can say where one answered and the other could not be read', () => {
    const unread = (source: 'usage-api' | 'partner-billing', org = ACME, message = 'POST a answered 503') => ({
      ...failure({ kind: 'organisation', org, region: 'us-east-1' }, 'legacy'),
      source,
      message,
    });
    const usage = subscription('usage-api', [legacyLine('usage-api')]);
    const found = (failures: LegacySide['failures'], subscriptions = [usage], more = {}) =>
      [...sourcesRule.examine(beside({ subscriptions, failures }, {}, more))].map(({ scope, outcome }) => [
        scope.orgs[0]?.id,
        scope.subject,
        scope.region,
        outcome.kind === 'not-comparable' ? outcome.reason : outcome.kind,
      ]);
    const twice = [unread('partner-billing', ACME, 'POST a answered 504'), unread('partner-billing')];
    const told = ['acme', 'partner-billing', 'us-east-1', 'partner billing could not be read: POST a answered 503'];
    expect(found(twice)).toEqual([told]);
    expect(found([unread('usage-api')])).toEqual([]);
    expect(found([unread('partner-billing', BYTE)])).toEqual([]);
    expect(found([failure({ kind: 'regions' }, 'legacy')])).toEqual([]);
    expect(found(twice, [usage], { orgs: listing(BYTE) })).toEqual([]);
    const partner = subscription('partner-billing', [legacyLine('partner-billing')]);
    const both = [unread('usage-api'), unread('usage-api', BYTE)];
    expect(found(both, [partner, { ...partner, org: BYTE }])).toEqual([
      ['acme', 'usage-api', 'us-east-1', 'the usage API could not be read: POST a answered 503'],
      ['byte', 'usage-api', 'us-east-1', 'the usage API could not be read: POST a answered 503'],
    ]);
  });

  it('says, outside coverage, that one does not know an organisation which the other states', () => {
    const usage = subscription('usage-api', [legacyLine('usage-api')]);
    const unknown = (org = ACME) => ({ org, source: 'partner-billing', at: usage.at }) as const;
    const found = (unknownOrgs: LegacySide['unknownOrgs'], subscriptions = [usage]) =>
      [...sourcesRule.examine(beside({ subscriptions, unknownOrgs }))].map(({ scope, outcome }) => ({
        scope,
        outcome,
      }));
    expect(found([unknown()])).toMatchObject([
      {
        scope: { orgs: [ACME], region: 'us-east-1', subject: 'partner-billing' },
        outcome: {
          kind: 'not-comparable',
          expected: false,
          reason:
            'partner billing does not know the organisation (status 404), so that the usage API alone speaks for it',
        },
      },
    ]);
    expect(found([unknown(BYTE)])).toEqual([]);
    expect(found([unknown()], [])).toEqual([]);
  });
});
