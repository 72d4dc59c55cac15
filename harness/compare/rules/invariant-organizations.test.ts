import { describe, expect, it } from 'vitest';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { OrgRef } from '../../domain/side.ts';
import { organizationsRule } from './invariant-organizations.ts';
import { ACME, alone, at, BYTE, beside, failure, kinds, none, number, unreadable, words } from './testing/sides.ts';

const count = (region: string, value: number | null) => ({
  region,
  appId: 'wallboard',
  count: value === null ? none : number(value, `/regions/${region}`),
});
const listed = (region: string, ...members: readonly (readonly [OrgRef, ...string[]])[]) => ({
  region,
  members: members.map(([org, ...appIds]) => ({ org, appIds })),
  at: at(),
});
const legacy = (regionCounts: LegacySide['regionCounts'], ...regionListings: LegacySide['regionListings'][number][]) =>
  beside({ regionCounts, regionListings });
const [US, EU] = ['us-east-1', 'eu-west-1'];

describe('organization-count', () => {
  it.each([
    ['one region', legacy([count(US, 2)], listed(US, [ACME, 'wallboard'], [BYTE, 'other', 'wallboard']))],
    [
      'two regions',
      legacy([count(US, 1), count(EU, 1)], listed(US, [ACME, 'wallboard']), listed(EU, [BYTE, 'wallboard'])),
    ],
    ['a region that was not asked for', legacy([count(US, 1), count(EU, 7)], listed(US, [ACME, 'wallboard']))],
    ['a region that counts nobody', legacy([count(US, 1), count(EU, 0)], listed(US, [ACME, 'wallboard']))],
    ['organisations with other apps', legacy([count(US, 1)], listed(US, [ACME, 'wallboard'], [BYTE, 'other']))],
  ])('agrees: %s', (_, sides) => {
    expect(kinds(organizationsRule, sides)).toEqual(['equal']);
  });

  it('says what is counted and what is listed', () => {
    const [found] = organizationsRule.examine(legacy([count(US, 4)], listed(US, [ACME, 'wallboard'])));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      contract: null,
      legacy: { value: '4', raw: '4', at: { pointer: '/regions/us-east-1' } },
      delta: '3',
      sentence: '/v1/regions counts 4 organisations with wallboard, the region’s listing has 1 (3 more)',
    });
    expect(found?.scope).toMatchObject({ side: 'legacy', appId: 'wallboard', subject: 'wallboard', orgs: [] });
  });

  it('counts an organisation of two regions in each', () => {
    const sides = (us: number) =>
      legacy([count(US, us), count(EU, 1)], listed(US, [ACME, 'wallboard']), listed(EU, [ACME, 'wallboard']));
    expect(kinds(organizationsRule, sides(1))).toEqual(['equal']);
    const [found] = organizationsRule.examine(sides(2));
    expect(found?.outcome).toMatchObject({
      legacy: { value: '3', raw: null, derivation: 'sum of 2 regions' },
      sentence: '/v1/regions counts 3 organisations with wallboard, the listings of 2 regions have 2 (1 more)',
    });
  });

  it('cannot say where listings name no apps, unless no reading fits', () => {
    const silent = listed(US, [ACME, 'wallboard'], [BYTE]);
    expect(kinds(organizationsRule, legacy([count(US, 1)], silent))).toEqual(['not-comparable']);
    expect(kinds(organizationsRule, legacy([count(US, 2)], silent))).toEqual(['not-comparable']);
    expect(kinds(organizationsRule, legacy([count(US, 3)], silent))).toEqual(['different']);
    expect(words(organizationsRule, legacy([count(US, 0)], silent))).toEqual([
      '/v1/regions counts 0 organisations with wallboard, the region’s listing has 1 (1 less)',
    ]);
    expect(words(organizationsRule, legacy([count(US, 3)], silent))).toEqual([
      '/v1/regions counts 3 organisations with wallboard, the region’s listing has 2 (1 more)',
    ]);
  });

  it('cannot say where a count cannot be read or a listing could not be had', () => {
    const bad = { region: US, appId: 'wallboard', count: unreadable() };
    expect(words(organizationsRule, legacy([bad], listed(US)))).toEqual([
      'its count of us-east-1 cannot be read: "N/A" is not a number',
    ]);
    for (const subject of [{ kind: 'region-listing', region: EU ?? '' }, { kind: 'regions' }] as const) {
      expect(words(organizationsRule, beside({ failures: [failure(subject, 'legacy')] }))).toEqual([
        'GET /x answered 503',
      ]);
    }
  });

  it('says nothing without the usage API, without counts, and of the contract side alone', () => {
    expect(kinds(organizationsRule, beside({}))).toEqual([]);
    expect(kinds(organizationsRule, legacy([count(US, null)], listed(US)))).toEqual([]);
    expect(kinds(organizationsRule, alone({}))).toEqual([]);
  });
});
