/**
 * Worlds of both kinds, each with variants at random: the same facts in other words are never reported. Over real HTTP, from the seed
 * to the findings.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../domain/run-result.ts';
import { SPELLING_IDS } from '../sandbox/world/spellings.ts';
import { detect } from './testing/detect.ts';

/** How many seeds of each world; more for a longer look. */
const SEEDS = 12;

/** Enough for every kind of account. */
const ORGS = 24;

const seeds = Array.from({ length: SEEDS }, (_, index) => index + 500);

/** The same variants for a seed each time. */
const clothesOf = (seed: number): string[] => fc.sample(fc.subarray([...SPELLING_IDS]), { seed, numRuns: 1 })[0] ?? [];

/** What is wrong, for whoever reads the test's output. */
const told = ({ rule, orgs, sku, partNumber, legacy, contract }: Finding): string =>
  [
    rule,
    sku ?? partNumber ?? '',
    orgs.map(({ name }) => name).join(', '),
    `legacy ${legacy?.value ?? '-'}`,
    `contract ${contract?.value ?? '-'}`,
  ].join(' | ');

const mismatches = (findings: readonly Finding[]): string[] =>
  findings.filter(({ status }) => status === 'mismatch').map(told);

describe.each(['usual', 'rare'] as const)('the world of %s shapes', (shapes) => {
  it.each(seeds)('dressed at random, of seed %i: nothing is reported', async (seed) => {
    const clothes = clothesOf(seed);
    const { findings } = await detect({ seed, orgs: ORGS, defects: 'none', shapes, clothes });
    expect(mismatches(findings), clothes.join(',')).toEqual([]);
  });

  it.each([['nothing', 'none'], ['everything', 'all'], ...SPELLING_IDS.map((id) => [id, [id]] as const)] as const)(
    'in %s: nothing is reported',
    async (_name, clothes) => {
      const { findings } = await detect({ seed: 499, orgs: ORGS, defects: 'none', shapes, clothes });
      expect(mismatches(findings)).toEqual([]);
    },
  );
});
