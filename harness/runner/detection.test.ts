/**
 * The detection matrix: defect × seed × number of places × pairs of defects, over real HTTP. Recall and precision must both be
 * 100 %, and every named cause right.
 */
import Table from 'cli-table3';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFECTS } from '../sandbox/defects/registry.ts';
import { detect, type Hidden } from './testing/detect.ts';
import { type Score, score } from './testing/score.ts';

const SEEDS = Array.from({ length: 26 }, (_, index) => index + 100);
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

/** Each defect with a cause in five places; each without beside the next one. */
const CHOICES = DEFECTS.map(({ id, cause }, index) => {
  const partner = DEFECTS[(index + 11) % DEFECTS.length]?.id ?? id;
  return [id, cause === null ? [id, partner] : [`${id}*5`], SEEDS[index % SEEDS.length] ?? 1] as const;
});

describe('some defects alone, and pairs of defects', () => {
  it.each(CHOICES)('%s: found, nothing else reported, its cause named', async (id, defects, seed) => {
    const row = defects.length === 1 ? 'one, in five places' : 'pairs of defects';
    expect(await judged(row, { seed, orgs: 72, defects }), id).toMatchObject(PERFECT);
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
