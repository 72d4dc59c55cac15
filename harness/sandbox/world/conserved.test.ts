/** Both projections of every world hold together, whatever its variants: seeds of both worlds, in process. */
import { describe, expect, it } from 'vitest';
import { brokenIn } from '../testing/conserved.ts';
import { buildWorld } from './build.ts';
import { TODAY } from './clock.ts';
import { Random } from './random.ts';
import { buildRareWorld } from './rare.ts';
import { SPELLING_IDS, type SpellingId, type Spellings } from './spellings.ts';

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);
/** Enough for every kind of account. */
const ORGS = 18;

const usual = (seed: number, spellings: Spellings) => buildWorld(seed, ORGS, TODAY, false, spellings);
const rare = (seed: number, spellings: Spellings) => buildRareWorld(seed, ORGS, TODAY, false, spellings);

/** About half of all variants. */
function some(seed: number): Spellings {
  const random = new Random(seed, 'some clothes');
  return new Set(SPELLING_IDS.filter(() => random.chance(50)));
}

describe.each([
  ['the usual world', usual],
  ['the world of rare shapes', rare],
])('%s', (_name, build) => {
  it.each(SEEDS)('of seed %i holds together as it always was, in all clothes, in some, and in none', (seed) => {
    expect(brokenIn(build(seed, 'usual'))).toEqual([]);
    expect(brokenIn(build(seed, new Set(SPELLING_IDS)))).toEqual([]);
    expect(brokenIn(build(seed, some(seed)))).toEqual([]);
    expect(brokenIn(build(seed, new Set<SpellingId>()))).toEqual([]);
  });

  it('holds together on later days', () => {
    for (const today of ['2026-04-30', '2026-05-31', '2026-06-01', '2027-02-28'] as (typeof TODAY)[]) {
      const spellings = new Set(SPELLING_IDS);
      const world =
        build === usual ? buildWorld(7, ORGS, today, true, spellings) : buildRareWorld(7, ORGS, today, true, spellings);
      expect(brokenIn(world)).toEqual([]);
    }
  });

  it.each(SPELLING_IDS)('holds together in nothing but %s', (id) => {
    for (const seed of SEEDS.slice(0, 5)) expect(brokenIn(build(seed, new Set([id])))).toEqual([]);
  });
});
