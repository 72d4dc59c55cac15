/** A bounded part of the fuzzer; `npm run fuzz` is the whole. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type CleanFamily, cleanFamilies } from './clean.ts';
import { EXEMPTIONS } from './exemptions.ts';
import { isUnread, untraced } from './fields.ts';
import { isOpen, UNREAD_UNTIL_SETTLED } from './open-holes.ts';
import { isHole, trySingles } from './singles.ts';
import { OUTER_FIELDS, SCHEMA_FIELDS, SEEN_FIELDS } from './wire.ts';
import { WORLDS } from './worlds.ts';

const families: CleanFamily[] = [];
beforeAll(async () => {
  for (const world of WORLDS) families.push(...(await cleanFamilies(world)));
}, 120_000);

describe('every field of the wire schemas', () => {
  it('is read, so that a change of it shows; or is exempt, with a reason', async () => {
    const read = SCHEMA_FIELDS.filter((field) => !isUnread(field));
    expect(await untraced(families, read)).toEqual(UNREAD_UNTIL_SETTLED);
  }, 180_000);

  it('is named by its exemptions as the schemas name it', () => {
    const known = new Set([...SCHEMA_FIELDS, ...OUTER_FIELDS, ...SEEN_FIELDS]);
    expect(EXEMPTIONS.flatMap(({ fields }) => fields.filter((field) => !known.has(field)))).toEqual([]);
  });
});

describe('one change of a clean run', () => {
  it('leaves a trace, or is exempt, or is known to pass', async () => {
    const [first] = families;
    if (first === undefined) throw new Error('no clean run');
    const tried = await trySingles({ families: [first], perField: 1, sample: 5 });
    expect(tried.length).toBeGreaterThan(100);
    const holes = tried.filter((one) => isHole(one) && !isOpen(one));
    expect(holes.map(({ change }) => `${change.pattern}: ${change.kind}, ${change.copy}: ${change.what}`)).toEqual([]);
  }, 120_000);
});
