import { expect, it } from 'vitest';
import { compare } from '../../harness/compare/compare.ts';
import { PARTS, policy, worldOf } from './world.mjs';

const ORGS = 60;
/** So that each of the three ways to differ is met. */
const EVERY = 10;

it('the world of the benchmarks is one that can be compared, with as many wrong pairs as asked for', () => {
  const { legacy, contract } = worldOf(ORGS, EVERY);
  const { cells, counts, rootCauses, accounts } = compare(legacy, contract, policy);
  const wrong = new Set(cells.filter(({ status }) => status === 'mismatch').map(({ pair }) => pair));
  const used = cells.filter(({ rule }) => rule === 'actual-quantity');
  expect({
    judged: used.length,
    compared: used.filter(({ status }) => status === 'match' || status === 'mismatch').length,
    wrong: wrong.size,
    unclear: counts.notComparable,
    causes: rootCauses.map(({ id }) => id),
    read: accounts.map(({ record, received, compared }) => `${record} ${compared}/${received}`),
  }).toEqual({
    judged: ORGS * PARTS.length,
    compared: ORGS * PARTS.length,
    wrong: 20,
    unclear: 0,
    causes: ['unit-factor'],
    read: ['usage-row 300/300', 'contract 60/60', 'plan-item 300/300', 'billing-period 60/60', 'charge 300/300'],
  });
});
