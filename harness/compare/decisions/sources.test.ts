/** Two legacy sources for one organisation: which speaks, what the other fills in, and what the third says where they disagree. */
import { describe, expect, it } from 'vitest';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import { compare } from '../compare.ts';
import { at } from '../testing/figures.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  policy,
  row,
  type SubscriptionFacts,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { RATES } from '../testing/studied.ts';
import { table, tables } from '../testing/tell.ts';

const FULL: Figures = { ...TYPICAL, included: '3', unit: 'seat', bundle: '1' };
const partner = (lines: readonly Line[], facts: SubscriptionFacts = {}): LegacySubscription =>
  subscription(
    'a',
    lines.map((line) => ({ ...line, source: 'partner-billing', appId: null })),
    {
      ...facts,
      source: 'partner-billing',
    },
  );
const usage = (lines: readonly Line[], facts: SubscriptionFacts = {}): LegacySubscription =>
  subscription('a', lines, facts);
const { bundle: _, ...SAME } = FULL;
const charged = (figures: Figures = {}) =>
  contractSide([
    { id: 'c1', periods: [{ span: APRIL, charges: [{ ...SAME, unit: 'User', ...figures, orgs: ['a'], sku: 'P1' }] }] },
  ]);

const FIELDS = [
  'committed',
  'included',
  'actual',
  'committedRate',
  'overageRate',
  'currency',
  'unit',
  'bundle',
] as const;
const OTHER: Readonly<Record<(typeof FIELDS)[number], string>> = {
  committed: '11',
  included: '12',
  actual: '16',
  committedRate: '21',
  overageRate: '24',
  currency: 'EUR',
  unit: 'Person',
  bundle: '2',
};

/** Where a field shows. */
const RULE_OF: Readonly<Record<(typeof FIELDS)[number], RuleId>> = {
  committed: 'committed-quantity',
  included: 'included-quantity',
  actual: 'actual-quantity',
  committedRate: 'committed-rate',
  overageRate: 'overage-rate',
  currency: 'currency',
  unit: 'unit-of-measure',
  bundle: 'committed-quantity',
};

describe('two legacy sources', () => {
  it('fill in for each other, field by field', async () => {
    const sections = FIELDS.map((name) => {
      const without = { ...FULL, [name]: null };
      const bad = { ...FULL, [name]: { bad: '?' } };
      const told: readonly (readonly [string, Figures, Figures])[] = [
        ['usage lacks', without, FULL],
        ['partner lacks', FULL, without],
        ['both lack', without, without],
        ['usage cannot be read', bad, FULL],
        ['partner cannot be read', FULL, bad],
      ];
      const rows = told.map(([what, mine, theirs]) => {
        const legacy = legacySide([partner([row('a', 'P1', theirs)]), usage([row('a', 'P1', mine)])]);
        return [what, compare(legacy, charged(), policy())] as const;
      });
      return [name, table({ rules: [RULE_OF[name], 'source-agreement'] }, rows)] as const;
    });
    await expect(tables(sections)).toMatchFileSnapshot('sources.filled.txt');
  });

  it('are voted on by the contract side where they disagree', async () => {
    const others: readonly string[] = ['committed', 'overageRate', 'currency'];
    const sections = FIELDS.map((name) => {
      const rows = [
        {},
        { [name]: OTHER[name] },
        ...(others.includes(name) ? [{ [name]: '7' }, { [name]: null }] : []),
      ].map((change) => {
        const legacy = legacySide([
          usage([row('a', 'P1', FULL)]),
          partner([row('a', 'P1', { ...FULL, [name]: OTHER[name] })]),
        ]);
        return [`contract ${JSON.stringify(change)}`, compare(legacy, charged(change), policy())] as const;
      });
      return [`partner says another ${name}`, table({ rules: [RULE_OF[name], 'source-agreement'] }, rows)] as const;
    });
    await expect(tables(sections)).toMatchFileSnapshot('sources.votes.txt');
  });

  it('are matched by name where a part number stands more than once', async () => {
    const named = (name: string, figures: Figures) => row('a', 'P1', figures, { name });
    const rowsOf = (mine: readonly Line[], theirs: readonly Line[]) =>
      compare(
        legacySide([usage(mine), partner(theirs)]),
        charged({ committed: '20', actual: '30', included: '3' }),
        policy(),
      );
    const lacking = { ...TYPICAL, overageRate: null };
    const rows = [
      ['one each, other names', rowsOf([named('x', lacking)], [named('y', TYPICAL)])],
      ['two and one', rowsOf([named('x', lacking), named('y', lacking)], [named('y', TYPICAL)])],
      ['two and two', rowsOf([named('x', lacking), named('y', lacking)], [named('y', TYPICAL), named('x', TYPICAL)])],
      ['twins', rowsOf([named('x', lacking)], [named('x', TYPICAL), named('x', { ...TYPICAL, overageRate: '25' })])],
      ['no names', rowsOf([row('a', 'P1', lacking), row('a', 'P1', lacking)], [row('a', 'P1'), row('a', 'P1')])],
      ['only the partner', rowsOf([row('a', 'P2')], [row('a', 'P1')])],
      ['another spelling', rowsOf([row('a', ' p1 ', lacking)], [row('a', 'P1')])],
    ] as const;
    await expect(
      table({ rules: ['overage-rate', 'overage-charge', 'product-missing-in-contract', 'source-agreement'] }, rows),
    ).toMatchFileSnapshot('sources.names.txt');
  });

  it('need the same period, and say so where one could not be read', async () => {
    const MARCH = span('2026-03-01', '2026-03-31', 'closed');
    const failed: CaptureFailure = {
      side: 'legacy',
      source: 'partner-billing',
      subject: { kind: 'organisation', org: { id: 'a', name: null }, region: 'eu-west-1' },
      code: 'http-status',
      message: 'POST a answered 503',
      at: at('failed'),
    };
    const lacking = { ...TYPICAL, overageRate: null, currency: null, unit: null };
    const march = (line: Line): Line => ({ ...line, period: MARCH });
    const rows = [
      [
        'partner of March',
        compare(
          legacySide([usage([row('a', 'P1', lacking)]), partner([march(row('a', 'P1'))], { period: MARCH })]),
          charged(),
          policy(),
        ),
      ],
      [
        'usage of March',
        compare(
          legacySide([usage([march(row('a', 'P1'))], { period: MARCH }), partner([row('a', 'P1')])]),
          charged(),
          policy(),
        ),
      ],
      ['partner alone', compare(legacySide([partner([row('a', 'P1')])]), charged(), policy())],
      [
        'partner failed',
        compare(legacySide([usage([row('a', 'P1', lacking)])], { failures: [failed] }), charged(), policy()),
      ],
      [
        'partner failed, product not there',
        compare(legacySide([usage([])], { failures: [failed] }), charged(), policy()),
      ],
      [
        'dates that only the partner has',
        compare(
          legacySide([
            usage([row('a', 'P1')], { start: null, end: null }),
            partner([row('a', 'P1')], { rampStart: '2026-01-01', rampEnd: '2026-02-28' }),
          ]),
          charged(),
          policy(),
        ),
      ],
    ] as const;
    await expect(
      table(
        {
          rules: [
            'product-missing-in-legacy',
            ...RATES,
            'unit-of-measure',
            'contract-start',
            'ramp-start',
            'source-agreement',
          ],
        },
        rows,
      ),
    ).toMatchFileSnapshot('sources.periods.txt');
  });
});
