/**
 * Two laws of the books, over worlds of both kinds with any variants: the residual is 0 or `tie-out` is reported, whatever defects
 * are hidden; and a cent more in any money field moves the bills by exactly what it is worth, and is reported. Over real HTTP,
 * once a world. `TIE_OUT_WORLDS` sets how many worlds, `TIE_OUT_CENTS` how many cents in each, `TIE_OUT_SEED` where to begin.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFECTS } from '../sandbox/defects/registry.ts';
import { SPELLING_IDS } from '../sandbox/world/spellings.ts';
import { BALANCED, booksOf, dueOf, outcomeOf } from './testing/books.ts';
import { everywhere, type MoneyField, moneyFields, withCent } from './testing/cents.ts';
import type { Hidden } from './testing/detect.ts';
import { type KeptWorld, keepWorld } from './testing/kept-world.ts';
import { WorldBodies } from './testing/world-bodies.ts';
import { unbilledRows, type Worth, worthOf } from './testing/worth.ts';

const numberOf = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const WORLDS = numberOf('TIE_OUT_WORLDS', 6);
const CENTS = numberOf('TIE_OUT_CENTS', 13);
const SEED = numberOf('TIE_OUT_SEED', 20260815);

const clothes = fc.oneof(
  fc.constant<Pick<Hidden, 'clothes'>>({}),
  fc.constantFrom('none' as const, 'all' as const).map((worn) => ({ clothes: worn })),
  fc.subarray([...SPELLING_IDS]).map((worn) => ({ clothes: worn })),
);

const face = { seed: fc.nat({ max: 1_000_000 }), shapes: fc.constantFrom('usual' as const, 'rare' as const), clothes };

const requests = DEFECTS.flatMap(({ id, variants }) => variants?.map((variant) => `${id}[${variant}]`) ?? [id]);

const withDefects = fc
  .record({
    ...face,
    orgs: fc.integer({ min: 6, max: 16 }),
    defects: fc.oneof(fc.constant('all' as const), fc.uniqueArray(fc.constantFrom(...requests), { maxLength: 3 })),
  })
  .map(({ clothes: worn, ...rest }): Hidden => ({ ...rest, ...worn }));

const trueWorlds = fc
  .record({ ...face, orgs: fc.integer({ min: 4, max: 10 }) })
  .map(({ clothes: worn, ...rest }): Hidden => ({ ...rest, ...worn, defects: 'none' }));

/** Null where the defects find no place in the world. */
async function open(choice: Hidden): Promise<KeptWorld | null> {
  try {
    return await keepWorld(choice);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'usage') return null;
    throw error;
  }
}

/** How often each field was seen with each kind of worth. */
const seen = new Map<string, Map<Worth['kind'], number>>();

function count({ name }: MoneyField, { kind }: Worth): void {
  const own = seen.get(name) ?? new Map<Worth['kind'], number>();
  seen.set(name, own.set(kind, (own.get(kind) ?? 0) + 1));
}

describe('the books of a run', () => {
  it('balance on any world with any defects, or `tie-out` says by how much they do not', async () => {
    await fc.assert(
      fc.asyncProperty(withDefects, async (choice) => {
        const world = await open(choice);
        if (world === null) return;
        try {
          expect(booksOf(await world.judge())).toEqual(BALANCED);
        } finally {
          await world.close();
        }
      }),
      { numRuns: WORLDS, seed: SEED, endOnFailure: true },
    );
  }, 600_000);

  it('move by exactly what a cent in a money field is worth, and a finding tells it', async () => {
    await fc.assert(
      fc.asyncProperty(trueWorlds, fc.infiniteStream(fc.nat()), fc.infiniteStream(fc.boolean()), async (...drawn) => {
        const [choice, places, alone] = drawn;
        const world = await keepWorld(choice);
        try {
          await eachCent(world, places, alone);
        } finally {
          await world.close();
        }
      }),
      { numRuns: WORLDS, seed: SEED, endOnFailure: true },
    );
  }, 600_000);
});

async function eachCent(world: KeptWorld, places: Iterator<number>, alone: Iterator<boolean>): Promise<void> {
  const before = await world.judge();
  const fields = moneyFields(world);
  const books = { bodies: new WorldBodies(world), statement: before.statement };
  expect(unbilledRows(books)).toEqual([]);
  const names = [...new Set(fields.map(({ name }) => name))].sort();
  for (let index = 0; index < CENTS; index++) {
    const own = fields.filter(({ name }) => name === names[index % names.length]);
    const field = own[places.next().value % own.length];
    if (field === undefined) return;
    const isAlone: boolean = alone.next().value;
    const changed = isAlone ? [field] : everywhere(field, fields);
    const worth = worthOf(field, changed.length === 1, books);
    count(field, worth);
    const after = await world.judge(withCent(changed));
    const outcome = outcomeOf(before, after, worth);
    const what = `${field.name} at ${field.pointer} of ${field.path}${changed.length > 1 ? ' and its twin' : ''}: ${worth.kind}`;
    expect(outcome, what).toEqual(dueOf(worth, outcome.moved));
  }
}

afterAll(() => {
  for (const [name, kinds] of [...seen].sort()) {
    process.stdout.write(`${name}: ${[...kinds].map(([kind, times]) => `${kind} ${times}`).join(', ')}\n`);
  }
});
