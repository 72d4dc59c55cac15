import { describe, expect, it } from 'vitest';
import type { Cell } from '../../domain/finding.ts';
import { compare } from '../compare.ts';
import { at } from '../testing/figures.ts';
import { onePair, policy, TYPICAL } from '../testing/sides.ts';
import { findingsByCharge } from './findings-by-charge.ts';

const { legacy, contract } = onePair(TYPICAL, { actual: '16' });
const [cell] = compare(legacy, contract, policy()).cells.filter(({ rule }) => rule === 'actual-quantity');
const [line] = contract.lines;
if (cell === undefined || line === undefined) throw new Error('no cell of the pair');
const pairs = [
  { key: 'first', contractLines: [{ ...line, at: at('detail', '/charges/1') }] },
  { key: 'last', contractLines: [{ ...line, at: at('detail', '/charges/12') }] },
];
const finding = (exchange: string, pointer: string): Cell => ({
  ...cell,
  contract: { value: '1', raw: null, at: at(exchange, pointer), derivation: null },
});

describe('a finding of the contract side', () => {
  it.each([
    ['/charges/1', 'first'],
    ['/charges/12', 'last'],
    ['/charges/12/overageCharge', 'last'],
    ['/charges/1/organizations/2/id', 'first'],
  ])('at %s belongs to the pair whose charge that is', (pointer, key) => {
    const found = finding('detail', pointer);
    expect([...findingsByCharge([found], pairs)]).toEqual([[key, [found]]]);
  });

  it.each([
    ['detail', '/charges/2'],
    ['detail', '/more/charges/1/x'],
    ['another', '/charges/1'],
  ])('in %s at %s belongs to none', (exchange, pointer) => {
    expect(findingsByCharge([finding(exchange, pointer)], pairs).size).toBe(0);
  });

  it('without a place belongs to none', () => {
    expect(findingsByCharge([{ ...cell, contract: null }], pairs).size).toBe(0);
  });
});
