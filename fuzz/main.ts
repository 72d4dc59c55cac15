/** `npm run fuzz`: every single change, or pairs of them, or seeds of the second world; writes docs/fuzzing.md. */
import { parseArgs } from 'node:util';
import { type CleanFamily, cleanFamilies } from './clean.ts';
import { isOpen } from './open-holes.ts';
import { tryPairs } from './pairs.ts';
import { outcomes, type Run, writeReport } from './report.ts';
import { tryWorlds } from './second-world.ts';
import { isHole, type Tried, trySingles } from './singles.ts';
import { WORLDS } from './worlds.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'per-field': { type: 'string', default: '1' },
    worlds: { type: 'string', default: '0' },
  },
});
const [minutes, seed, perField, count] = [values.minutes, values.seed, values['per-field'], values.worlds].map(
  Number,
) as [number, number, number, number];
const ORGS = 18;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function families(): Promise<CleanFamily[]> {
  const found: CleanFamily[] = [];
  for (const world of WORLDS) found.push(...(await cleanFamilies(world)));
  return found;
}

async function singles(): Promise<Run['singles']> {
  const isNew = (one: Tried): boolean => isHole(one) && !isOpen(one);
  const onTried = (one: Tried): void => {
    const { change, trace, family } = one;
    if (isNew(one)) say(`${trace}: ${family}: ${change.pattern}, ${change.kind}, ${change.copy}: ${change.what}`);
  };
  const tried = await trySingles({ families: await families(), perField, onTried });
  for (const line of outcomes(tried)) say(line);
  if (tried.some(isNew)) process.exitCode = 1;
  return { tried, perField };
}

async function pairs(): Promise<Run['pairs']> {
  const found = await tryPairs({ families: await families(), seed, time: minutes * 60_000 });
  say(`${found.tried} pairs, ${found.hidden.length} hidden by each other`);
  for (const { family, changes } of found.hidden) {
    say(`${family}: ${changes.map(({ pattern, kind, what }) => `${pattern}, ${kind}: ${what}`).join(' AND ')}`);
  }
  if (found.hidden.length > 0) process.exitCode = 1;
  return { ...found, minutes, seed };
}

async function worlds(): Promise<Run['worlds']> {
  const seeds = Array.from({ length: count }, (_, index) => seed + index);
  const tried = await tryWorlds({
    seeds,
    orgs: ORGS,
    onTried: ({ seed: own, way, clothes, defect, wrong }) => {
      if (wrong.length === 0) return;
      process.exitCode = 1;
      say(`seed ${own}, ${way}, ${defect ?? 'no defect'}, in ${clothes.join(',') || 'nothing'}: ${wrong.join('; ')}`);
    },
  });
  say(`${tried.length} worlds, ${tried.filter(({ wrong }) => wrong.length > 0).length} wrong`);
  return { tried, orgs: ORGS };
}

const isPlain = minutes === 0 && count === 0;
await writeReport('docs/fuzzing.md', {
  singles: isPlain ? await singles() : null,
  pairs: minutes > 0 ? await pairs() : null,
  worlds: count > 0 ? await worlds() : null,
});
