/** Each spelling variant is seen on the wire or in the books where it was chosen, and never where none was. */
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../domain/decimal.ts';
import { type ClothesChoice, startSandbox } from './index.ts';
import { list, type Read, Session, text } from './testing/session.ts';
import { buildWorld } from './world/build.ts';
import { TODAY } from './world/clock.ts';
import type { Account, World } from './world/facts.ts';
import { type SpellingId, spellingsOf } from './world/spellings.ts';

const SEED = 11;
const ORGS = 16;

/** Every body of the open period on both sides, and of everything that has no period. */
async function bodiesIn(clothes: ClothesChoice | undefined): Promise<string> {
  const sandbox = await startSandbox({
    seed: SEED,
    orgs: ORGS,
    defects: 'none',
    ...(clothes === undefined ? {} : { clothes }),
  });
  const session = await Session.open(sandbox);
  const bodies: string[] = [];
  const take = async (path: string): Promise<void> => {
    bodies.push(`${path}\n${(await (path.startsWith('/v1') ? session.usage(path) : session.platform(path))).text}`);
  };
  const apps = `appIds=${sandbox.appIds.join(',')}`;
  const { regions } = await session.json(`/v1/regions?${apps}`);
  for (const { id: region } of list(regions)) {
    const path = `/v1/regions/${text(region)}/organizations`;
    await take(`${path}?${apps}`);
    for (const { orgId } of list((await session.json(`${path}?${apps}`))['organizations'])) {
      await take(`${path}/${text(orgId)}?${apps}`);
      await take(`/api/v2/billing/trusteebillingoverview/${text(orgId)}`);
    }
  }
  for (const contract of await session.walk('/api/v2/billing/contracts')) {
    bodies.push(JSON.stringify(contract));
    await take(`/api/v2/billing/contracts/${text(contract['id'])}`);
    for (const { id, status } of list(contract['billingPeriods'])) {
      if (status === 'Open') await take(`/api/v2/billing/contracts/${text(contract['id'])}/billingperiods/${text(id)}`);
    }
  }
  await take('/api/v2/billing/contracts/invoices');
  await sandbox.close();
  return bodies.join('\n');
}

/** A price without its spelling. */
const facts = (value: string): string => parseDecimal(value) ?? value;

/** What is seen on the wire with this variant alone. */
const ON_THE_WIRE: readonly (readonly [SpellingId, RegExp])[] = [
  [
    'decimal-spelling',
    /"prepayQuantity":" \d+ "[\s\S]*"usageQuantity":"\d(?:\.\d+)?e\d+"[\s\S]*"actualQuantity":\d+\.0\b/,
  ],
  ['long-decimals', /"usageQuantity":"123\d{11}\.56"/],
  ['end-of-period', /T23:59:59\.999Z/],
  ['time-zone-offset', /T02:00:00\+02:00/],
  ['identifiers', /"(?:orgId|id)":"[0-9A-F]*[A-F][0-9A-F]*-/],
  ['unit-words', /"unitOfMeasure":"(?:Person|EA)"/],
  ['names', /"(?:orgName|name)":"[^"]+ "/],
  ['fair-use', /"grouping":"fair-use"[^}]*"appId"|"fairuseQuantity"/],
  ['no-overage', /"prepayPrice":"[^"]+"(?:,"bundleQuantity":"[^"]+")?\}/],
  ['no-end', /"contractEndDate":"9999-12-31T23:59:59Z"[\s\S]*"dateEnd":"9999-12-31"/],
  ['extra-known-fields', /"usageNotes"[\s\S]*"dateChargedThrough"/],
  ['credit-memo', /"amount":-\d/],
  ['corrections', /"actualQuantity":-\d/],
];

describe('on the wire', () => {
  it('nothing of them is seen where none is worn', async () => {
    const plain = await bodiesIn('none');
    for (const [id, pattern] of ON_THE_WIRE) expect(pattern.test(plain), id).toBe(false);
  });

  it.each(ON_THE_WIRE)('%s is seen where it alone is worn, and none of the others', async (id, pattern) => {
    const varied = await bodiesIn([id]);
    expect(varied).toMatch(pattern);
    const others = ON_THE_WIRE.filter(([other]) => other !== id);
    expect(others.filter(([, seen]) => seen.test(varied)).map(([other]) => other)).toEqual([]);
  });

  it('order changes the order and nothing else', async () => {
    const [plain, varied] = [await bodiesIn('none'), await bodiesIn(['order'])];
    const pieces = (bodies: string): string[] => bodies.split(/[\n,{}[\]]/).sort();
    expect(varied).not.toBe(plain);
    expect(pieces(varied)).toEqual(pieces(plain));
  });

  it('the listing differs from the contract by id where that is worn, and says the same facts', async () => {
    const sandbox = await startSandbox({ seed: SEED, orgs: ORGS, defects: 'none', clothes: ['listing-beside-detail'] });
    const session = await Session.open(sandbox);
    const listed = await session.walk('/api/v2/billing/contracts');
    const ids = (contract: Read): string[] =>
      list(contract['plans']).flatMap((plan) => [
        text(plan['id']),
        ...list(plan['items']).map(({ price }) => text(price)),
      ]);
    const units = (contract: Read): string[] =>
      list(contract['plans']).map(({ product }) => text((product as Read)['unitOfMeasure']));
    let otherWords = 0;
    for (const contract of listed) {
      const byId = await session.json(`/api/v2/billing/contracts/${text(contract['id'])}`);
      expect(JSON.stringify(byId)).not.toBe(JSON.stringify(contract));
      expect(ids(contract).map(facts).sort()).toEqual(ids(byId).map(facts).sort());
      if (units(contract).sort().join() !== units(byId).sort().join()) otherWords += 1;
    }
    await sandbox.close();
    expect(otherWords).toBeGreaterThan(0);
  });

  it('all of them are seen where all are worn', async () => {
    const varied = await bodiesIn('all');
    for (const [id, pattern] of ON_THE_WIRE) expect(pattern.test(varied), id).toBe(true);
  });
});

const shaped =
  (...shapes: readonly string[]) =>
  ({ holdings }: Account): boolean =>
    holdings.some(({ shape }) => shape !== undefined && shapes.includes(shape));

/** What is true of some account of a world with these variants, and of none without them. */
const IN_THE_BOOKS: readonly (readonly [SpellingId, (account: Account, world: World) => boolean])[] = [
  ['split-and-merged', ({ orgs, holdings }) => orgs.length > 1 && holdings.some(({ pooled }) => pooled)],
  ['several-contracts', ({ agreements }) => agreements.length > 1],
  ['month-ends', ({ agreements }) => Number(agreements[0]?.start.slice(8)) > 28 && agreements[0]?.end !== null],
  ['zero-rows', ({ holdings }) => holdings.some(({ dormant }) => dormant !== null)],
  ['rates-at-rest', shaped('at-rest')],
  ['blocks', shaped('blocks')],
  ['corrections', shaped('corrected')],
  ['mid-period-price', shaped('new-price', 'old-price', 'both-prices')],
  ['two-regions', ({ holdings }) => holdings.some(({ region }) => region !== undefined)],
  ['parallel-contracts', ({ parallel }) => parallel !== undefined],
  ['credit-memo', ({ credited }) => credited === true],
  ['half-open-and-inclusive', (_account, { periodEnd, contractEnd }) => periodEnd !== contractEnd],
];

describe.each(IN_THE_BOOKS)('in the books %s', (id, shows) => {
  it('stands where it alone is worn, and nowhere where nothing is', () => {
    const inSpellings = (clothes: ClothesChoice): boolean => {
      const world = buildWorld(SEED, 60, TODAY, false, spellingsOf(clothes));
      return world.accounts.some((account) => shows(account, world));
    };
    expect([inSpellings([id]), inSpellings('all'), inSpellings('none')]).toEqual([true, true, false]);
  });
});

describe('the usual wear', () => {
  it('is what a world has of which nothing is said, and none of it is new', async () => {
    const usual = await bodiesIn(undefined);
    for (const id of ['no-end', 'extra-known-fields', 'credit-memo', 'corrections'] as const) {
      const [, pattern] = ON_THE_WIRE.find(([each]) => each === id) ?? [];
      expect(pattern?.test(usual), id).toBe(false);
    }
  });

  it.each([[['nothing-such']], [['all', 'none']]])(
    'clothes that are not known are a usage error: %j',
    async (clothes) => {
      await expect(startSandbox({ seed: 1, orgs: 1, defects: 'none', clothes })).rejects.toMatchObject({
        code: 'usage',
      });
    },
  );
});
