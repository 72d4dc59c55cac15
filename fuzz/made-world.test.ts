/**
 * The laws of the books over worlds made up field by field, through the readers and the comparison. What both sides bill is known
 * from the facts that the bodies were written from: nothing of the comparison's own says what it must make of them.
 * `LAW_WORLDS` sets how many worlds, `LAW_SEED` where to begin.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../harness/compare/compare.ts';
import { balance, tieOutObservations } from '../harness/compare/conservation/tie-out.ts';
import { align } from '../harness/compare/pairs/align.ts';
import { add, type Decimal, isZero, negate, subtract, ZERO } from '../harness/domain/decimal.ts';
import type { Judgement } from '../harness/domain/verdict.ts';
import { SideCapture } from '../harness/runner/capture/side-capture.ts';
import { judgeSides } from '../harness/runner/judge-sides.ts';
import { loadScenario } from '../harness/scenario/load.ts';
import type { LoadedScenario } from '../harness/scenario/scenario.ts';
import { type BillOf, billsOfFacts, type MadeWorld, madeWorlds, moneyPlaces, serving } from './made-world.ts';

const numberOf = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const RUNS = { numRuns: numberOf('LAW_WORLDS', 60), seed: numberOf('LAW_SEED', 20261201), endOnFailure: false };

let loaded: LoadedScenario;
beforeAll(async () => {
  loaded = await loadScenario(new URL('./made-world.yaml', import.meta.url).pathname, { env: {} });
});

/** Asks for the bodies of a world, and how it is compared. */
function asked(world: MadeWorld) {
  // A product that neither side names would be a question of the set-up.
  const sold = new Set(world.orgs.flatMap(({ holdings }) => holdings.map(({ product }) => product)));
  const products = loaded.policy.products.filter(({ skus }) => skus.some((sku) => sold.has(sku)));
  const capture = new SideCapture({
    scenario: loaded.scenario,
    legacySources: ['usage-api'],
    transport: serving(world),
    shard: null,
    plan: nothing,
  });
  return { capture, policy: { ...loaded.policy, products } };
}

const nothing = (): void => undefined;

async function judge(world: MadeWorld): Promise<Judgement> {
  const { capture, policy } = asked(world);
  return (await judgeSides(capture, policy, nothing)).judgement;
}

type Sums = Readonly<Record<string, Decimal>>;

/** Without those that are nothing. */
function summed(entries: readonly (readonly [key: string, amount: Decimal])[]): Sums {
  const sums = new Map<string, Decimal>();
  for (const [key, amount] of entries) sums.set(key, add(sums.get(key) ?? ZERO, amount));
  return Object.fromEntries([...sums].filter(([, amount]) => !isZero(amount)).sort());
}

const dueSums = (world: MadeWorld): Sums =>
  summed(billsOfFacts(world).map(({ side, currency, amount }) => [`${side} ${currency}`, amount]));

/** Compared or not, every bill stands somewhere. */
const toldSums = ({ tieOut }: Judgement): Sums =>
  summed(
    tieOut.flatMap(({ currency, legacy, contract, notCompared }) => [
      [`legacy ${currency}`, legacy] as const,
      [`legacy ${currency}`, notCompared.legacy] as const,
      [`contract ${currency}`, contract] as const,
      [`contract ${currency}`, notCompared.contract] as const,
    ]),
  );

/** contract − legacy by organisation, product and currency. */
const apart = (bills: readonly BillOf[]): Sums =>
  summed(
    bills.map(({ org, product, side, currency, amount }) => [
      `${org} ${product} ${currency}`,
      side === 'legacy' ? negate(amount) : amount,
    ]),
  );

const isTold = ({ status }: Judgement['cells'][number]): boolean => status !== 'match';

/** Holdings whose bills differ, and of which no cell says so. */
function silent(world: MadeWorld, { cells }: Judgement): string[] {
  return Object.keys(apart(billsOfFacts(world))).filter((key) => {
    const [org, product] = key.split(' ');
    return !cells.some(
      (cell) =>
        isTold(cell) &&
        cell.scope.orgs.some(({ id }) => id === org) &&
        (cell.scope.sku === null || cell.scope.sku === product),
    );
  });
}

/** Lines of the statement that state another bill than the facts make. */
function misstated(world: MadeWorld, { statement }: Judgement): string[] {
  const due = summed(
    billsOfFacts(world).map(({ org, product, side, currency, amount }) => [
      `${side} ${org} ${product} ${currency}`,
      amount,
    ]),
  );
  return statement.flatMap(({ orgs, sku, currency, ...line }) =>
    (['legacy', 'contract'] as const).flatMap((side) => {
      const key = `${side} ${orgs.map(({ id }) => id).join()} ${sku} ${currency}`;
      const amount = line[side];
      return amount === null || amount === (due[key] ?? ZERO) ? [] : [`${key}: ${amount} for ${due[key] ?? ZERO}`];
    }),
  );
}

/** What no finding's money tells of the differences between compared bills, by currency. */
function residuals({ tieOut, statement, cells }: Judgement): Sums {
  const known = knownAccounts(statement);
  const told = cells
    .filter(({ pair }) => known.has(pair))
    .flatMap(({ money }) => money)
    .map((one) => [one.currency, negate(signed(one))] as const);
  return summed([
    ...told,
    ...tieOut.map(({ currency, legacy, contract }) => [currency, subtract(contract, legacy)] as const),
  ]);
}

const knownAccounts = (statement: Judgement['statement']): ReadonlySet<string> =>
  new Set(statement.filter(({ difference }) => difference !== null).map(({ pair }) => accountOf(pair)));

/** An organisation that one side lacks has one finding for all its products. */
const accountOf = (pair: string): string => (pair.startsWith('org ') ? (pair.split('|')[0] ?? pair) : pair);

/** What the books say once some findings have lost their money, beside that money, by currency. */
async function forgetting(world: MadeWorld, isForgotten: (index: number) => boolean) {
  const { capture, policy } = asked(world);
  const { legacy, contract, today } = await capture.first();
  if (legacy === null) throw new Error('no legacy side');
  const dated = { ...policy, today };
  const { cells, statement } = compare(legacy, contract, dated);
  const known = knownAccounts(statement);
  const lost = cells.filter(({ pair, money }, index) => money.length > 0 && known.has(pair) && isForgotten(index));
  const left = cells.map((cell) => (lost.includes(cell) ? { ...cell, money: [] } : cell));
  const books = balance(align(legacy, contract, dated), left, () => true);
  const observations = [...tieOutObservations(books)].flatMap((each) => each.observations);
  return {
    lost: summed(lost.flatMap(({ money }) => money).map((one) => [one.currency, signed(one)] as const)),
    told: summed(
      observations.map(({ scope, outcome }) => [
        scope.subject,
        outcome.kind === 'different' ? (outcome.delta ?? ZERO) : ZERO,
      ]),
    ),
  };
}

const signed = ({ amount, direction }: Judgement['cells'][number]['money'][number]): Decimal =>
  direction === 'over-billed' ? amount : negate(amount);

const tieOutFindings = ({ cells }: Judgement): Sums =>
  summed(
    cells
      .filter(({ rule, status }) => rule === 'tie-out' && status === 'mismatch')
      .map(({ scope, delta }) => [scope.subject, delta ?? ZERO]),
  );

describe('of any world with any defects', () => {
  it('every bill is in the books, compared or not; every difference is told; and nothing is left over', async () => {
    await fc.assert(
      fc.asyncProperty(madeWorlds(3), async (world) => {
        const judgement = await judge(world);
        expect(toldSums(judgement)).toEqual(dueSums(world));
        expect(misstated(world, judgement)).toEqual([]);
        expect(silent(world, judgement)).toEqual([]);
        expect(residuals(judgement)).toEqual({});
        expect(tieOutFindings(judgement)).toEqual({});
      }),
      RUNS,
    );
  }, 300_000);
});

describe('of any world with any defects, whose findings lose their money', () => {
  it('the books do not balance, and tell by how much', async () => {
    await fc.assert(
      fc.asyncProperty(madeWorlds(3), fc.nat({ max: 2 }), async (world, rest) => {
        const { lost, told } = await forgetting(world, (index) => index % 3 === rest);
        expect(told).toEqual(lost);
      }),
      RUNS,
    );
  }, 300_000);
});

describe('of any world without defects', () => {
  it('nothing is told, and both sides bill the same', async () => {
    await fc.assert(
      fc.asyncProperty(madeWorlds(0), async (world) => {
        const judgement = await judge(world);
        expect(judgement.cells.filter(isTold).map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
        expect(toldSums(judgement)).toEqual(dueSums(world));
        expect(judgement.tieOut.filter(({ legacy, contract }) => legacy !== contract)).toEqual([]);
      }),
      RUNS,
    );
  }, 300_000);

  it('a cent in any money field moves the books by what it is worth, and is told', async () => {
    await fc.assert(
      fc.asyncProperty(madeWorlds(0), fc.nat(), async (world, drawn) => {
        const places = moneyPlaces(world);
        const place = places[drawn % places.length];
        if (place === undefined) return;
        const judgement = await judge(place.more);
        expect(toldSums(judgement), place.what).toEqual(dueSums(place.more));
        expect(misstated(place.more, judgement), place.what).toEqual([]);
        expect(residuals(judgement), place.what).toEqual({});
        if (!isZero(place.of)) expect(judgement.cells.some(isTold), place.what).toBe(true);
      }),
      { ...RUNS, numRuns: RUNS.numRuns * 3 },
    );
  }, 300_000);
});
