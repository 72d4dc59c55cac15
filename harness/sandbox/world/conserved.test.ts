/** Both projections of every world hold together, whatever it wears: seeds of both worlds, in process. */
import { describe, expect, it } from 'vitest';
import { brokenIn } from '../testing/conserved.ts';
import { buildWorld } from './build.ts';
import { TODAY } from './clock.ts';
import { Random } from './random.ts';
import { buildRareWorld } from './rare.ts';
import { CLOTHES_IDS, type ClothesId, type Wear } from './wear.ts';

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);
/** Enough for every kind of account. */
const ORGS = 18;

const usual = (seed: number, wear: Wear) => buildWorld(seed, ORGS, TODAY, false, wear);
const rare = (seed: number, wear: Wear) => buildRareWorld(seed, ORGS, TODAY, false, wear);

/** About half of all clothes. */
function some(seed: number): Wear {
  const random = new Random(seed, 'some clothes');
  return new Set(CLOTHES_IDS.filter(() => random.chance(50)));
}

describe.each([
  ['the usual world', usual],
  ['the world of rare shapes', rare],
])('%s', (_name, build) => {
  it.each(SEEDS)('of seed %i holds together as it always was, in all clothes, in some, and in none', (seed) => {
    expect(brokenIn(build(seed, 'usual'))).toEqual([]);
    expect(brokenIn(build(seed, new Set(CLOTHES_IDS)))).toEqual([]);
    expect(brokenIn(build(seed, some(seed)))).toEqual([]);
    expect(brokenIn(build(seed, new Set<ClothesId>()))).toEqual([]);
  });

  it('holds together on later days', () => {
    for (const today of ['2026-04-30', '2026-05-31', '2026-06-01', '2027-02-28'] as (typeof TODAY)[]) {
      const wear = new Set(CLOTHES_IDS);
      const world =
        build === usual ? buildWorld(7, ORGS, today, true, wear) : buildRareWorld(7, ORGS, today, true, wear);
      expect(brokenIn(world)).toEqual([]);
    }
  });

  it.each(CLOTHES_IDS)('holds together in nothing but %s', (id) => {
    for (const seed of SEEDS.slice(0, 5)) expect(brokenIn(build(seed, new Set([id])))).toEqual([]);
  });
});
