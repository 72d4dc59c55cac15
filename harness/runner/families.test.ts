/** A run that judges families one after the other says the same, to the letter, as one that holds everything to its end. */
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../domain/verdict.ts';
import { toChecks } from '../report/checks.ts';
import { toResult } from '../report/json/result.ts';
import { META } from '../report/testing/judgement.ts';
import type { Hidden } from './testing/detect.ts';
import { type BodyChange, type KeptWorld, keepWorld } from './testing/kept-world.ts';

/** All that outputs are made of. */
function told(judgement: Judgement) {
  const { cells, matches: _, outsideCoverage, ...rest } = judgement;
  const open = cells.filter(({ status }) => status !== 'match');
  const matching = [...toChecks(judgement)].filter(({ status }) => status === 'match');
  return {
    ...rest,
    result: toResult(judgement, META),
    open,
    outsideCoverage: [...outsideCoverage].sort(),
    matches: matching
      .map(({ id, rule, category, orgs, region, appId }) => ({ id, rule, category, orgs, region, appId }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

const WORLDS: readonly [string, Hidden][] = [
  ['nothing hidden', { seed: 3, orgs: 20, defects: 'none' }],
  ['every defect at once', { seed: 42, orgs: 40, defects: 'all' }],
  ['a few quantities off', { seed: 7, orgs: 24, defects: ['actual-off', 'rate-off'] }],
  ['one cause', { seed: 8, orgs: 24, defects: ['bundle-ignored'] }],
  ['orgs swapped', { seed: 5, orgs: 24, defects: ['orgs-swapped'] }],
  ['sources disagree', { seed: 6, orgs: 24, defects: ['sources-disagree', 'sources-shifted'] }],
  ['drift', { seed: 9, orgs: 24, defects: ['field-unknown', 'field-renamed', 'field-retyped'] }],
  ['invoices', { seed: 10, orgs: 24, defects: ['invoice-twice', 'invoice-stray', 'invoice-broken'] }],
  ['a charge of another', { seed: 11, orgs: 24, defects: ['plan-charge-disagree', 'charge-nameless'] }],
  ['listing', { seed: 12, orgs: 24, defects: ['listing-stale', 'detail-thinner', 'region-count-wrong'] }],
  ['other clothes', { seed: 13, orgs: 20, defects: 'none', clothes: 'all' }],
  ['rare shapes', { seed: 14, orgs: 24, defects: 'none', shapes: 'rare' }],
  ['rare shapes in other clothes', { seed: 15, orgs: 24, defects: 'none', shapes: 'rare', clothes: 'all' }],
];

/** A change of one body, or of all bodies whose path fits. */
const changing =
  (fits: (path: string) => boolean, change: (body: string) => string): BodyChange =>
  ({ path, outcome }) =>
    fits(path) ? change(outcome.body) : outcome.body;

const isUsage = (path: string): boolean => path.startsWith('/v1/regions/') && path.includes('/organizations/');
const isPartner = (path: string): boolean => path.includes('trusteebillingoverview');
const isPeriod = (path: string): boolean => path.includes('/billingperiods/');
const withoutPrepayPrice = (body: string): string => body.replaceAll(/,"prepayPrice":"[^"]*"/g, '');
const withoutFirstRow = (body: string): string => {
  const answer = JSON.parse(body) as { usages: unknown[] };
  return JSON.stringify({ ...answer, usages: answer.usages.slice(1) });
};

/** The only one, or the first of several, that a world has. */
function onlyThe(place: number, fits: (path: string) => boolean, world: KeptWorld): (path: string) => boolean {
  const own = world.answers.filter(({ path }) => fits(path))[place]?.path;
  return (path) => path === own;
}

const CHANGES: readonly [string, (world: KeptWorld) => BodyChange][] = [
  ['a rate that nobody states', () => changing((path) => isUsage(path) || isPartner(path), withoutPrepayPrice)],
  [
    'a rate that some state',
    (world) =>
      changing((path) => onlyThe(0, isUsage, world)(path) || onlyThe(0, isPartner, world)(path), withoutPrepayPrice),
  ],
  ['a row that one source lacks', (world) => changing(onlyThe(1, isPartner, world), withoutFirstRow)],
  ['a row that one source lacks of everybody', () => changing(isPartner, withoutFirstRow)],
  ['an answer that is hollow', (world) => changing(onlyThe(2, isUsage, world), () => '{}')],
  ['a billing period that is hollow', (world) => changing(onlyThe(2, isPeriod, world), () => '{"charges":null}')],
  [
    'a charge that names somebody of another family',
    (world) => {
      const [first, other] = world.answers.filter(({ path }) => isPeriod(path));
      const orgOf = (body = ''): string => /"organizations":\[\{"id":"([^"]+)"/.exec(body)?.[1] ?? '';
      const [from, to] = [orgOf(first?.outcome.body), orgOf(other?.outcome.body)];
      return changing(
        (path) => path === first?.path,
        (body) => body.replace(`"id":"${from}"`, `"id":"${to}"`),
      );
    },
  ],
  [
    'a charge that names nobody',
    (world) =>
      changing(onlyThe(3, isPeriod, world), (body) => body.replace(/"organizations":\[[^\]]*\]/, '"organizations":[]')),
  ],
  [
    'a plan that names nobody',
    () =>
      changing(
        (path) => path.startsWith('/api/v2/billing/contracts?'),
        (body) => body.replace(/"organizations":\[[^\]]*\]/, '"organizations":[]'),
      ),
  ],
];

describe('families judged one after the other', () => {
  it.each(WORLDS)('say what the whole says: %s', async (_, choice) => {
    const world = await keepWorld(choice);
    try {
      const whole = told(await world.judge());
      for (const batch of [1, 6]) expect(told(await world.judge(undefined, batch))).toEqual(whole);
    } finally {
      await world.close();
    }
  });

  it.each(CHANGES)('say what the whole says of %s', async (_, change) => {
    const world = await keepWorld({ seed: 3, orgs: 16, defects: 'none' });
    try {
      const whole = told(await world.judge(change(world)));
      for (const batch of [1, 4]) expect(told(await world.judge(change(world), batch))).toEqual(whole);
    } finally {
      await world.close();
    }
  });

  it('are settled where they are right, so that nothing of them is held', async () => {
    const world = await keepWorld({ seed: 7, orgs: 24, defects: ['actual-off'] });
    try {
      const settled = [...(await world.judge(undefined, 4)).matches].length;
      expect(settled).toBeGreaterThan((await world.judge()).counts.match / 2);
      expect([...(await world.judge()).matches]).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
