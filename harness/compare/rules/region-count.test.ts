import { describe, expect, it } from 'vitest';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { at, number, type Told } from '../testing/figures.ts';
import { contractSide, legacySide, org, policy, product } from '../testing/sides.ts';
import { regionCount } from './region-count.ts';

const examine = (legacy: Partial<LegacySide> | null, options: Parameters<typeof policy>[0] = {}) =>
  [
    ...regionCount.examine({
      legacy: legacy === null ? null : legacySide([], legacy),
      contract: contractSide([]),
      policy: policy(options),
    }),
  ].map(({ scope, outcome }) => [
    scope.region,
    scope.appId,
    outcome.kind,
    outcome.kind === 'different' ? outcome.delta : null,
  ]);

const count = (region: string, appId: string, value: Told) => ({ region, appId, count: number(value) });
const listing = (region: string, members: readonly (readonly [string, readonly string[]])[]) => ({
  region,
  members: members.map(([id, appIds]) => ({ org: org(id), appIds })),
  at: at('l'),
});
const failure = (subject: LegacySide['failures'][number]['subject']) => ({
  side: 'legacy' as const,
  source: 'usage-api' as const,
  subject,
  code: 'http-status' as const,
  message: 'answered 500',
  at: at('f'),
});

describe('region-count', () => {
  it.each<[string, Partial<LegacySide>, unknown[]]>([
    [
      'as many as listed',
      {
        regionCounts: [count('r', 'app', 2)],
        regionListings: [
          listing('r', [
            ['a', ['app']],
            ['b', ['app']],
          ]),
        ],
      },
      [['r', 'app', 'equal', null]],
    ],
    [
      'more',
      {
        regionCounts: [count('r', 'app', 3)],
        regionListings: [
          listing('r', [
            ['a', ['app']],
            ['b', ['app']],
          ]),
        ],
      },
      [['r', 'app', 'different', '1']],
    ],
    [
      'fewer',
      {
        regionCounts: [count('r', 'app', 1)],
        regionListings: [
          listing('r', [
            ['a', ['app']],
            ['b', ['app']],
          ]),
        ],
      },
      [['r', 'app', 'different', '-1']],
    ],
    [
      'one organisation listed twice, in two cases',
      {
        regionCounts: [count('r', 'app', 1)],
        regionListings: [
          listing('r', [
            ['a', ['app']],
            ['A', ['app']],
          ]),
        ],
      },
      [['r', 'app', 'equal', null]],
    ],
    [
      'apps left out where there is one',
      { regionCounts: [count('r', 'app', 1)], regionListings: [listing('r', [['a', []]])] },
      [['r', 'app', 'equal', null]],
    ],
    [
      'no count for what is listed',
      { regionCounts: [count('other', 'app', 0)], regionListings: [listing('r', [['a', ['app']]])] },
      [['r', 'app', 'different', null]],
    ],
    [
      'a count that is no number',
      { regionCounts: [count('r', 'app', { bad: 'many' })], regionListings: [listing('r', [['a', ['app']]])] },
      [['r', 'app', 'not-comparable', null]],
    ],
    ['a region of none, not listed', { regionCounts: [count('r', 'app', 0)] }, []],
    ['a region that was not listed', { regionCounts: [count('r', 'app', 1)] }, [['r', 'app', 'not-comparable', null]]],
    [
      'a listing that failed',
      { regionCounts: [count('r', 'app', 1)], failures: [failure({ kind: 'region-listing', region: 'r' })] },
      [['r', 'app', 'not-comparable', null]],
    ],
    [
      'counts that failed',
      { failures: [failure({ kind: 'regions' })], regionListings: [listing('r', [['a', ['app']]])] },
      [['r', 'app', 'not-comparable', null]],
    ],
    ['everything failed', { failures: [failure({ kind: 'regions' })] }, [[null, null, 'not-comparable', null]]],
  ])('%s', (_, legacy, expected) => {
    expect(examine(legacy)).toEqual(expected);
  });

  it('judges each app of the scenario by itself', () => {
    const products = [product('P1'), product('P2', { appId: 'bpp' })];
    const legacy = {
      regionCounts: [count('r', 'app', 2), count('r', 'bpp', 1)],
      regionListings: [
        listing('r', [
          ['a', ['app', 'bpp']],
          ['b', ['bpp']],
        ]),
      ],
    };
    expect(examine(legacy, { products })).toEqual([
      ['r', 'app', 'different', '1'],
      ['r', 'bpp', 'different', '-1'],
    ]);
  });

  it('does not guess apps where there are several', () => {
    const products = [product('P1'), product('P2', { appId: 'bpp' })];
    const legacy = { regionCounts: [count('r', 'app', 1)], regionListings: [listing('r', [['a', []]])] };
    expect(examine(legacy, { products }).map((each) => each[2])).toEqual(['not-comparable', 'not-comparable']);
  });

  it('judges only listed regions where the scenario lists its organisations', () => {
    const orgs = [{ id: 'a', region: 'r', name: null }];
    expect(examine({ regionCounts: [count('elsewhere', 'app', 7)] }, { orgs })).toEqual([]);
  });

  it('has nothing to say without a legacy side', () => {
    expect(examine(null)).toEqual([]);
  });
});
