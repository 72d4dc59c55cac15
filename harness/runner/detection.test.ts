/**
 * The detection matrix: defect × seed × number of places × pairs of defects, over real HTTP. Recall and precision must both be
 * 100 %, and every named cause right.
 */
import Table from 'cli-table3';
import { afterAll, describe, expect, it } from 'vitest';
import { inject } from '../sandbox/defects/inject.ts';
import { DEFECTS, SILENT_DEFECTS } from '../sandbox/defects/registry.ts';
import { buildWorld } from '../sandbox/world/build.ts';
import { detect, type Hidden } from './testing/detect.ts';
import { type Score, score } from './testing/score.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 100);
const scores = new Map<string, Score[]>();

async function judged(row: string, choice: Hidden): Promise<Score> {
  const outcome = score(await detect(choice));
  scores.set(row, [...(scores.get(row) ?? []), outcome]);
  return outcome;
}

const PERFECT = { missed: [], falseAlarms: 0, causesUnnamed: [], causesWrong: [] };

describe('every defect at once', () => {
  it.each(SEEDS)('seed %i: all found, nothing else reported, every cause named and right', async (seed) => {
    expect(await judged('all, in one to three places', { seed, orgs: 96, defects: 'all' })).toMatchObject(PERFECT);
  });
});

describe('crowded worlds, where defects stand beside each other', () => {
  it.each(SEEDS)('seed %i: all found, nothing else reported', async (seed) => {
    const outcome = await judged('all, in a world of 24', { seed, orgs: 24, defects: 'all' });
    expect(outcome).toMatchObject({ missed: [], falseAlarms: 0, causesWrong: [] });
  });
});

/** The first seed from a place of its own on whose world has room for all of it. */
function seedFor(defects: readonly string[], orgs: number, index: number): number {
  const fits = (seed: number): boolean => {
    try {
      inject(buildWorld(seed, orgs), defects);
      return true;
    } catch {
      return false;
    }
  };
  const seed = [...SEEDS.slice(index % SEEDS.length), ...SEEDS].find(fits);
  if (seed === undefined) throw new Error(`no world has room for ${defects.join(' and ')}`);
  return seed;
}

const WITH_CAUSE = DEFECTS.filter(({ cause }) => cause !== null).map(({ id }) => id);

describe('defects with a cause, in five places', () => {
  it.each(WITH_CAUSE.map((id, index) => [id, index] as const))('%s: found, its cause named', async (id, index) => {
    const choice = { orgs: 72, defects: [`${id}*5`] };
    const seed = seedFor(choice.defects, choice.orgs, index);
    expect(await judged('one, in five places', { seed, ...choice })).toMatchObject(PERFECT);
  });
});

/** What a run once passed in silence: each variant on its own. */
const ALONE = SILENT_DEFECTS.flatMap(({ id, variants }) =>
  variants === undefined ? [id] : variants.map((variant) => `${id}[${variant}]`),
);

describe('one defect alone', () => {
  it.each(ALONE.map((id, index) => [id, index] as const))('%s: found, nothing else reported', async (id, index) => {
    const choice = { orgs: 24, defects: [id] };
    const seed = seedFor(choice.defects, choice.orgs, index);
    expect(await judged('one, alone', { seed, ...choice })).toMatchObject(PERFECT);
  });
});

/** Every such defect beside one of the others, so that each of the others is beside one, too, where it has no cause. */
const OTHERS = DEFECTS.filter((defect) => !SILENT_DEFECTS.includes(defect) && defect.cause === null);
const PAIRS = SILENT_DEFECTS.map(({ id }, index) => [id, OTHERS[index % OTHERS.length]?.id ?? id, index] as const);

describe('pairs of defects', () => {
  it.each(PAIRS)('%s beside %s: both found, nothing else reported', async (id, other, index) => {
    const choice = { orgs: 40, defects: [id, other] };
    const seed = seedFor(choice.defects, choice.orgs, index);
    expect(await judged('pairs of defects', { seed, ...choice })).toMatchObject(PERFECT);
  });
});

describe('clean worlds', () => {
  it.each(SEEDS)('seed %i: nothing is reported', async (seed) => {
    expect(await judged('none', { seed, orgs: 20, defects: 'none' })).toMatchObject({ hidden: 0, ...PERFECT });
  });
});

afterAll(() => {
  const table = new Table({ head: ['Hidden', 'worlds', 'defects', 'recall', 'false alarms', 'causes due', 'wrong'] });
  for (const [row, all] of scores) {
    const total = (count: (one: Score) => number): number => all.reduce((sum, one) => sum + count(one), 0);
    const [hidden, found] = [total((one) => one.hidden), total((one) => one.found)];
    const due = total((one) => one.causesDue);
    const recall = hidden === 0 ? '-' : `${found}/${hidden}`;
    const named = due - total((one) => one.causesUnnamed.length);
    table.push([
      row,
      all.length,
      hidden,
      recall,
      total((one) => one.falseAlarms),
      due === 0 ? '-' : `${named}/${due}`,
      total((one) => one.causesWrong.length),
    ]);
  }
  process.stdout.write(`\nDetection\n${table.toString()}\n`);
});
