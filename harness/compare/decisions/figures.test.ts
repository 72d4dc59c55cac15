/** What is said of every way in which two sides can state one figure. */
import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../domain/rule-ids.ts';
import { compare } from '../compare.ts';
import { said, type Told } from '../testing/figures.ts';
import { type Figures, onePair, policy, TYPICAL } from '../testing/sides.ts';
import { RATES } from '../testing/studied.ts';
import { table, tables } from '../testing/tell.ts';

const NUMBERS: readonly Told[] = [null, '0', '10', '12', { bad: 'N/A' }];
const WORDS: readonly Told[] = [null, 'USD', 'JPY', { bad: '' }];
const UNITS: readonly Told[] = [null, 'seat', 'User', 'minute', 'Hour', 'GB', 'Gizmo', { bad: '' }];

interface Way {
  readonly rules: readonly RuleId[];
  readonly told: readonly Told[];
}

const OVERAGE = ['overage-quantity', 'overage-charge'] as const;
const FIGURES = {
  committed: { rules: ['committed-quantity', ...OVERAGE], told: NUMBERS },
  included: { rules: ['included-quantity', ...OVERAGE], told: NUMBERS },
  actual: { rules: ['actual-quantity', ...OVERAGE], told: NUMBERS },
  committedRate: { rules: ['committed-rate'], told: NUMBERS },
  overageRate: { rules: ['overage-rate', 'overage-charge'], told: NUMBERS },
  currency: { rules: [...RATES, 'overage-charge'], told: WORDS },
  unit: { rules: ['unit-of-measure'], told: UNITS },
} satisfies Partial<Record<keyof Figures, Way>>;
type Name = keyof typeof FIGURES;

const USED: Figures = { ...TYPICAL, actual: '15.5', overageRate: '3.335' };
/** Nothing is committed and nothing used beyond: rates are applied to nothing. */
const IDLE: Figures = { ...TYPICAL, committed: '0', actual: '0' };

/** Values that are there to differ from one other: beside anything else they say what that one says. */
const OTHER_OF: ReadonlyMap<Told, Told> = new Map([
  ['12', '10'],
  ['User', 'seat'],
  ['Hour', 'minute'],
  ['GB', 'minute'],
  ['Gizmo', 'seat'],
]);
const isOfItsOwn = (legacy: Told, contract: Told): boolean =>
  OTHER_OF.has(legacy)
    ? contract === (OTHER_OF.get(legacy) ?? null)
    : !OTHER_OF.has(contract) || legacy === (OTHER_OF.get(contract) ?? null);

function everyWay(name: Name, states: readonly (readonly [string | null, Figures])[]): string {
  const { rules, told }: Way = FIGURES[name];
  const rows = states.flatMap(([state, base]) =>
    told.flatMap((legacy) =>
      told
        .filter((contract) => isOfItsOwn(legacy, contract))
        .map((contract) => {
          const sides = onePair({ ...base, [name]: legacy }, { [name]: contract });
          const judgement = compare(sides.legacy, sides.contract, policy());
          const ways = [`legacy ${said(legacy)}`, `contract ${said(contract)}`];
          return [state === null ? ways : [state, ...ways], judgement] as const;
        }),
    ),
  );
  return table({ rules }, rows);
}

describe('one figure, stated in every way', () => {
  it.each(['committed', 'included', 'actual', 'unit'] as const)('%s', async (name) => {
    await expect(everyWay(name, [[null, USED]])).toMatchFileSnapshot(`figures.${name}.txt`);
  });

  // Whether a product is used decides whether a rate or a currency matters.
  it.each(['committedRate', 'overageRate', 'currency'] as const)('%s', async (name) => {
    const states = [
      ['used', USED],
      ['idle', IDLE],
    ] as const;
    await expect(everyWay(name, states)).toMatchFileSnapshot(`figures.${name}.txt`);
  });
});

it('what the contract side alone states', async () => {
  const sections = (['overageQuantity', 'overageCharge'] as const).map((name) => {
    const rows = [USED, IDLE].flatMap((base) =>
      NUMBERS.map((contract) => {
        const sides = onePair(base, { [name]: contract });
        const judgement = compare(sides.legacy, sides.contract, policy());
        return [[`${base.actual} used`, `contract ${said(contract)}`], judgement] as const;
      }),
    );
    return [name, table({ rules: OVERAGE }, rows)] as const;
  });
  await expect(tables(sections)).toMatchFileSnapshot('figures.overage.txt');
});
