/** Laws of the comparison on generated worlds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../domain/contract-side.ts';
import { decimal, multiply, negate } from '../domain/decimal.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { Judgement } from '../domain/verdict.ts';
import { compare } from './compare.ts';
import {
  APRIL,
  type ChargeFacts,
  contractSide,
  type Figures,
  legacySide,
  policy,
  row,
  subscription,
} from './testing/sides.ts';

interface Fact {
  readonly org: string;
  readonly part: 'P1' | 'P2';
  readonly figures: Figures;
}

const amount = (places: number, max: number) =>
  fc.integer({ min: 0, max }).map((value) => decimal(`${value}e-${places}`));

const figures: fc.Arbitrary<Figures> = fc.record({
  committed: amount(0, 50),
  actual: amount(2, 9000),
  committedRate: amount(2, 5000),
  overageRate: amount(3, 50000),
  currency: fc.constantFrom('USD', 'JPY', 'KWD', 'EUR'),
  included: fc.option(amount(0, 50)),
  unit: fc.constantFrom('unit', 'message'),
});

/** At most one line an organisation and product. */
const facts: fc.Arbitrary<readonly Fact[]> = fc.uniqueArray(
  fc.record({
    org: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    part: fc.constantFrom('P1' as const, 'P2' as const),
    figures,
  }),
  { minLength: 1, maxLength: 8, selector: (fact) => `${fact.org}${fact.part}` },
);

const orgsOf = (world: readonly Fact[]): string[] => [...new Set(world.map((fact) => fact.org))];

const legacyOf = (world: readonly Fact[]): LegacySide =>
  legacySide(
    orgsOf(world).map((id) =>
      subscription(
        id,
        world.filter((fact) => fact.org === id).map((fact) => row(id, fact.part, fact.figures)),
      ),
    ),
  );

const contractOf = (world: readonly Fact[], changes: ReadonlyMap<Fact, Figures> = new Map()): ContractSide =>
  contractSide(
    orgsOf(world).map((id) => ({
      id: `c-${id}`,
      orgs: [id],
      periods: [
        {
          span: APRIL,
          charges: world
            .filter((fact) => fact.org === id)
            .map((fact): ChargeFacts => ({ ...fact.figures, ...changes.get(fact), orgs: [id], sku: fact.part })),
        },
      ],
    })),
  );

const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((value, index) => ({ value, key: Math.imul(seed + index * 7919, 2654435761) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);

const shuffle = (legacy: LegacySide, contract: ContractSide, seed: number): [LegacySide, ContractSide] => [
  {
    ...legacy,
    subscriptions: shuffled(legacy.subscriptions, seed).map((each) => ({ ...each, lines: shuffled(each.lines, seed) })),
  },
  {
    ...contract,
    listed: shuffled(contract.listed, seed),
    contracts: shuffled(contract.contracts, seed).map((each) => ({
      ...each,
      plans: shuffled(each.plans, seed),
      periods: shuffled(each.periods, seed),
    })),
    details: shuffled(contract.details, seed).map((each) => ({ ...each, charges: shuffled(each.charges, seed) })),
    lines: shuffled(contract.lines, seed),
  },
];

/** But for the tie-out, which is about everything. */
const twoSided = (judgement: Judgement) =>
  judgement.cells.filter((cell) => cell.scope.side === null && cell.rule !== 'tie-out');

const change: fc.Arbitrary<Figures> = fc.oneof(
  fc.record({ actual: amount(2, 9000) }),
  fc.record({ committed: amount(0, 50) }),
  fc.record({ overageRate: amount(3, 50000) }),
  fc.record({ committedRate: amount(2, 5000) }),
  fc.record({ currency: fc.constantFrom('USD', 'JPY', 'KWD', 'EUR') }),
  fc.record({ overageCharge: amount(3, 90000) }),
  fc.record({ overageQuantity: amount(2, 9000) }),
);

/** A world and a change of the contract side at one fact of it. */
const defect = facts.chain((world) =>
  fc.record({ world: fc.constant(world), fact: fc.constantFrom(...world), change }),
);

describe('laws', () => {
  it('what both sides state alike is at parity', () => {
    fc.assert(
      fc.property(facts, (world) => {
        const judgement = compare(legacyOf(world), contractOf(world), policy());
        expect(twoSided(judgement).filter((cell) => cell.status !== 'match')).toEqual([]);
        expect(judgement.moneyAtRisk).toEqual([]);
      }),
    );
  });

  it('the tie-out leaves nothing open: what the bills differ by, findings tell', () => {
    fc.assert(
      fc.property(defect, ({ world, fact, change: changes }) => {
        const { tieOut } = compare(legacyOf(world), contractOf(world, new Map([[fact, changes]])), policy());
        expect(tieOut.filter(({ residual }) => residual !== '0')).toEqual([]);
      }),
    );
  });

  it('no order of anything changes the judgement', () => {
    fc.assert(
      fc.property(defect, fc.nat(), ({ world, fact, change: changes }, seed) => {
        const legacy = legacyOf(world);
        const contract = contractOf(world, new Map([[fact, changes]]));
        const [otherLegacy, otherContract] = shuffle(legacy, contract, seed);
        expect(compare(otherLegacy, otherContract, policy())).toEqual(compare(legacy, contract, policy()));
      }),
    );
  });

  it('a change at one pair changes no other pair’s cells', () => {
    fc.assert(
      fc.property(defect, ({ world, fact, change: changes }) => {
        const others = (judgement: Judgement) =>
          new Map(
            twoSided(judgement)
              .filter((cell) => cell.scope.orgs[0]?.id !== fact.org || cell.scope.partNumber !== fact.part)
              .map((cell) => [cell.id, cell]),
          );
        const clean = compare(legacyOf(world), contractOf(world), policy());
        const changed = compare(legacyOf(world), contractOf(world, new Map([[fact, changes]])), policy());
        expect(others(changed)).toEqual(others(clean));
      }),
    );
  });

  it('swapping what the sides state mirrors every difference of what is stated', () => {
    const stated = ['committed-quantity', 'included-quantity', 'actual-quantity', 'committed-rate', 'overage-rate'];
    fc.assert(
      fc.property(defect, ({ world, fact, change: changes }) => {
        const mirrored = world.map((each) =>
          each === fact ? { ...each, figures: { ...each.figures, ...changes } } : each,
        );
        const there = compare(legacyOf(world), contractOf(mirrored), policy());
        const back = compare(legacyOf(mirrored), contractOf(world), policy());
        const deltas = (judgement: Judgement, turn: boolean) =>
          twoSided(judgement)
            .filter((cell) => stated.includes(cell.rule))
            .map((cell) => [cell.id, cell.delta === null || !turn ? cell.delta : negate(cell.delta)])
            .sort();
        expect(deltas(back, true)).toEqual(deltas(there, false));
      }),
    );
  });

  it('a difference in one stated figure is never a match', () => {
    fc.assert(
      fc.property(defect, ({ world, fact, change: changes }) => {
        const before = new Map(Object.entries(fact.figures));
        const differs = Object.entries(changes).some(([name, value]) => before.has(name) && before.get(name) !== value);
        fc.pre(differs);
        const judgement = compare(legacyOf(world), contractOf(world, new Map([[fact, changes]])), policy());
        const here = twoSided(judgement).filter((cell) => cell.scope.orgs[0]?.id === fact.org);
        const zero = [fact.figures.committed, fact.figures.actual, fact.figures.included ?? '0'].every(
          (each) => each === '0',
        );
        const gone = zero && here.every((cell) => cell.status === 'match');
        expect(gone || here.some((cell) => cell.status === 'mismatch')).toBe(true);
      }),
    );
  });

  it('scaling all money by ten scales money at risk by ten', () => {
    const TEN = decimal(10);
    const scaled = (value: Figures['committedRate']) =>
      typeof value === 'string' ? multiply(decimal(value), TEN) : value;
    fc.assert(
      fc.property(facts, fc.nat({ max: 40 }), (world, extra) => {
        // Rates at one place, so that no rounding hides in the charges.
        const rounded = world.map((fact) => ({
          ...fact,
          figures: {
            ...fact.figures,
            currency: 'KWD',
            actual: decimal(extra + 7),
            overageRate: decimal('2.5'),
            committedRate: decimal('1.5'),
          },
        }));
        const tenfold = rounded.map((fact) => ({
          ...fact,
          figures: {
            ...fact.figures,
            overageRate: scaled(fact.figures.overageRate),
            committedRate: scaled(fact.figures.committedRate),
          },
        }));
        const risk = (facts_: readonly Fact[]) => {
          const changes = new Map(facts_.map((fact) => [fact, { actual: decimal(extra + 9) }]));
          return compare(legacyOf(facts_), contractOf(facts_, changes), policy()).moneyAtRisk;
        };
        const [before] = risk(rounded);
        const [after] = risk(tenfold);
        expect(after?.overBilled).toBe(before === undefined ? undefined : multiply(before.overBilled, TEN));
      }),
    );
  });
});
