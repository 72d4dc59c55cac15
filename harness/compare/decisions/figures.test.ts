/**
 * What is said of every way in which two sides can state one figure, in full: figures.*.txt, read and found right by people.
 * `vitest --update` after a change that was meant, and then read the difference.
 */
import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { said, type Told } from '../testing/figures.ts';
import { type Figures, onePair, policy, TYPICAL } from '../testing/sides.ts';
import { table } from '../testing/tell.ts';

const NUMBERS: readonly Told[] = [null, '0', '10', '12', { bad: 'N/A' }];
const WORDS: readonly Told[] = [null, 'USD', 'JPY', { bad: '' }];
const UNITS: readonly Told[] = [null, 'seat', 'User', 'minute', 'Hour', 'Gizmo', { bad: '' }];

const LEGACY = {
  committed: NUMBERS,
  included: NUMBERS,
  actual: NUMBERS,
  committedRate: NUMBERS,
  overageRate: NUMBERS,
  currency: WORDS,
  unit: UNITS,
} satisfies Partial<Record<keyof Figures, readonly Told[]>>;

const USED: Figures = { ...TYPICAL, actual: '15.5', overageRate: '3.335' };
/** Nothing is committed and nothing used beyond: rates are applied to nothing. */
const IDLE: Figures = { ...TYPICAL, committed: '0', actual: '0' };

function everyWay(base: Figures, name: keyof typeof LEGACY): string {
  const rows = LEGACY[name].flatMap((legacy) =>
    LEGACY[name].map((contract) => {
      const sides = onePair({ ...base, [name]: legacy }, { [name]: contract });
      const judgement = compare(sides.legacy, sides.contract, policy());
      return [`legacy ${said(legacy)}, contract ${said(contract)}`, judgement] as const;
    }),
  );
  return table(rows);
}

describe.each([
  ['used', USED],
  ['idle', IDLE],
])('one figure of a product that is %s, stated in every way', (state, base) => {
  it.each(Object.keys(LEGACY) as (keyof typeof LEGACY)[])('%s', async (name) => {
    await expect(everyWay(base, name)).toMatchFileSnapshot(`figures.${state}.${name}.txt`);
  });
});

describe('what the contract side alone states', () => {
  it.each(['overageQuantity', 'overageCharge'] as const)('%s', async (name) => {
    const rows = [USED, IDLE].flatMap((base) =>
      NUMBERS.map((contract) => {
        const sides = onePair(base, { [name]: contract });
        const judgement = compare(sides.legacy, sides.contract, policy());
        return [`${base.actual} used, contract ${said(contract)}`, judgement] as const;
      }),
    );
    await expect(table(rows)).toMatchFileSnapshot(`figures.${name}.txt`);
  });
});
