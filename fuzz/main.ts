/** `npm run fuzz`: every single change, then pairs of them for as long as is asked; writes docs/fuzzing.md. */
import { parseArgs } from 'node:util';
import { type CleanFamily, cleanFamilies } from './clean.ts';
import { isOpen } from './open-holes.ts';
import { tryPairs } from './pairs.ts';
import { outcomes, writeReport } from './report.ts';
import { isHole, type Tried, trySingles } from './singles.ts';
import { WORLDS } from './worlds.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'per-field': { type: 'string', default: '1' },
  },
});
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const families: CleanFamily[] = [];
for (const world of WORLDS) families.push(...(await cleanFamilies(world)));
const perField = Number(values['per-field']);
const isNew = (one: Tried): boolean => isHole(one) && !isOpen(one);
const onTried = (one: Tried): void => {
  const { change, trace, family } = one;
  if (isNew(one)) say(`${trace}: ${family}: ${change.pattern}, ${change.kind}, ${change.copy}: ${change.what}`);
};
const tried = await trySingles({ families, perField, onTried });
for (const line of outcomes(tried)) say(line);

const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
const pairs = minutes > 0 ? { ...(await tryPairs({ families, seed, time: minutes * 60_000 })), minutes, seed } : null;
if (pairs !== null) say(`${pairs.tried} pairs, ${pairs.hidden.length} hidden by each other`);
for (const { family, changes } of pairs?.hidden ?? []) {
  say(`${family}: ${changes.map(({ pattern, kind, what }) => `${pattern}, ${kind}: ${what}`).join(' AND ')}`);
}
await writeReport('docs/fuzzing.md', { tried, perField, pairs });
if (tried.some(isNew) || (pairs?.hidden.length ?? 0) > 0) process.exitCode = 1;
