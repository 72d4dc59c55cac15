/** A run that judges families one after the other says the same, to the letter, as one that holds everything to its end. */
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../domain/verdict.ts';
import { toChecks } from '../report/checks.ts';
import type { Hidden } from './testing/detect.ts';
import { keepWorld } from './testing/kept-world.ts';

/** All that outputs are made of. */
function told(judgement: Judgement) {
  const { cells, matches: _, outsideCoverage, ...rest } = judgement;
  const open = cells.filter(({ status }) => status !== 'match');
  const matching = [...toChecks(judgement)].filter(({ status }) => status === 'match');
  return {
    ...rest,
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
});
