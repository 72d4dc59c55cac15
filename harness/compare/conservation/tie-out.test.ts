import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { compare } from '../compare.ts';
import { align } from '../pairs/align.ts';
import type { PairMaterial } from '../pairs/pair.ts';
import { cellOf, mismatches } from '../testing/cells.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  policyForP1,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { balance, tieOutObservations } from './tie-out.ts';

interface World {
  readonly legacy: LegacySide;
  readonly contract: ContractSide;
}

/** Organisations with P1 each, as legacy and the contract side state it; null: that side has none. */
const world = (...orgs: readonly (readonly [string, Figures | null, Figures | null])[]): World => ({
  legacy: legacySide(
    orgs.flatMap(([id, before]) =>
      before === null ? [] : [subscription(id, [row(id, 'P1', { ...TYPICAL, ...before })])],
    ),
  ),
  contract: contractSide(
    orgs.flatMap(([id, , after]) =>
      after === null
        ? []
        : [{ id: `c-${id}`, periods: [{ span: APRIL, charges: [{ ...TYPICAL, ...after, orgs: [id], sku: 'P1' }] }] }],
    ),
  ),
});
const judge = ({ legacy, contract }: World, options: Parameters<typeof policyForP1>[0] = {}) =>
  compare(legacy, contract, policyForP1(options));

/** The books of a world under cells that its rules did not make. */
function booksUnder(
  of: World,
  cells: readonly Cell[],
  change: (pairs: readonly PairMaterial[]) => readonly PairMaterial[] = (same) => same,
) {
  const alignment = align(of.legacy, of.contract, policyForP1());
  return balance({ ...alignment, pairs: change(alignment.pairs) }, cells, () => true);
}
const outcomes = (books: ReturnType<typeof booksUnder>) =>
  [...tieOutObservations(books)].flatMap(({ observations }) => observations.map(({ outcome }) => outcome));

describe('what ties out', () => {
  it('is two bills alike, with nothing told', () => {
    const judgement = judge(world(['a', {}, {}]));
    expect(judgement.tieOut).toEqual([
      {
        currency: 'USD',
        legacy: '318.7',
        contract: '318.7',
        difference: '0',
        findings: '0',
        residual: '0',
        notCompared: { legacy: '0', contract: '0' },
      },
    ]);
    expect(cellOf(judgement, 'tie-out').status).toBe('match');
  });

  it('is every difference that a finding tells, over- and under-billed, each currency by itself', () => {
    const judgement = judge(
      world(
        ['a', {}, { committed: '11' }],
        ['b', {}, { overageCharge: '100' }],
        ['c', { currency: 'EUR' }, { currency: 'EUR', committedRate: '21' }],
      ),
    );
    expect(judgement.tieOut).toMatchObject([
      { currency: 'EUR', difference: '10', findings: '10', residual: '0' },
      // 20 more of a commitment and 23.74 less of its overage; 18.70 less of an overage charge
      { currency: 'USD', difference: '-22.44', findings: '-22.44', residual: '0' },
    ]);
  });

  it('is a pair in two currencies: each bill stands in its own', () => {
    const judgement = judge(world(['a', {}, { currency: 'EUR' }]));
    expect(judgement.tieOut).toMatchObject([
      { currency: 'EUR', legacy: '0', contract: '318.7', findings: '318.7', residual: '0' },
      { currency: 'USD', legacy: '318.7', contract: '0', findings: '-318.7', residual: '0' },
    ]);
  });

  it('is an organisation that one side lacks, with its whole bill', () => {
    const judgement = judge(world(['a', {}, {}], ['b', {}, null]));
    expect(judgement.tieOut).toMatchObject([
      { legacy: '637.4', contract: '318.7', difference: '-318.7', findings: '-318.7', residual: '0' },
    ]);
    expect(judgement.statement.map(({ orgs, legacy, contract }) => [orgs[0]?.id, legacy, contract])).toEqual([
      ['a', '318.7', '318.7'],
      ['b', '318.7', '0'],
    ]);
  });

  it('is money that a waiver or a tolerance lets pass, too', () => {
    const tolerances = { 'overage-charge': { absolute: decimal(1), relative: null, when: null } } as const;
    const judgement = judge(world(['a', {}, { overageCharge: '119' }]), { tolerances });
    expect(cellOf(judgement, 'overage-charge').status).toBe('tolerated');
    expect(judgement.tieOut).toMatchObject([{ difference: '0.3', findings: '0.3', residual: '0' }]);
  });
});

describe('what does not tie out', () => {
  it('is a difference between bills that no finding tells: a mismatch of its own', () => {
    const of = world(['a', {}, { overageCharge: '120' }], ['b', {}, {}]);
    const told = judge(of).cells;
    expect(outcomes(booksUnder(of, told))).toEqual([{ kind: 'equal' }]);
    const [outcome] = outcomes(
      booksUnder(
        of,
        told.filter(({ money }) => money.length === 0),
      ),
    );
    expect(outcome).toMatchObject({
      kind: 'different',
      delta: '1.3',
      sentence:
        'contract bills 638.70 − legacy bills 637.40 − findings 0.00 leave 1.30 USD that no finding tells: P1 of a 1.30',
    });
  });

  it('is a finding whose money no bill shows', () => {
    const of = world(['a', {}, {}]);
    const [pair] = align(of.legacy, of.contract, policyForP1()).pairs;
    const cells = judge(of).cells.map(
      (cell): Cell =>
        cell.rule === 'overage-rate' && cell.pair === pair?.key
          ? { ...cell, money: [{ currency: 'USD', amount: decimal(7), direction: 'under-billed' }] }
          : cell,
    );
    expect(outcomes(booksUnder(of, cells))).toMatchObject([{ kind: 'different', delta: '7' }]);
  });

  it('is the finding of a missing organisation, where it tells other money than its products bill', () => {
    const of = world(['a', {}, {}], ['b', {}, null]);
    const cells = judge(of).cells;
    const untrue = cells.map(
      (cell): Cell =>
        cell.rule === 'org-missing-in-contract' && cell.money.length > 0
          ? { ...cell, money: [{ currency: 'USD', amount: decimal(300), direction: 'under-billed' }] }
          : cell,
    );
    expect(outcomes(booksUnder(of, cells))).toEqual([{ kind: 'equal' }]);
    expect(outcomes(booksUnder(of, untrue))).toMatchObject([{ kind: 'different', delta: '-18.7' }]);
  });

  it('is a record that two pairs bill, even where the sums agree', () => {
    const of = world(['a', {}, {}]);
    const twice = booksUnder(of, judge(of).cells, (pairs) =>
      pairs.flatMap((one) => [one, { ...one, key: `${one.key} again` }]),
    );
    expect(twice.tieOut).toMatchObject([{ legacy: '637.4', contract: '637.4', residual: '0' }]);
    expect(outcomes(twice)).toMatchObject([
      { kind: 'different', sentence: expect.stringContaining('2 records are billed in more than one pair') },
    ]);
  });
});

describe('what stands beside the tie-out', () => {
  it('is the bill of a pair of which one cannot be known', () => {
    const judgement = judge(world(['a', {}, {}], ['b', {}, { overageCharge: { bad: 'N/A' } }]));
    expect(judgement.tieOut).toMatchObject([
      { legacy: '318.7', contract: '318.7', residual: '0', notCompared: { legacy: '318.7', contract: '200' } },
    ]);
    const open = judgement.statement.find(({ orgs }) => orgs[0]?.id === 'b');
    expect(open).toMatchObject({ contract: null, difference: null, residual: null });
    expect(open?.note).toContain('the contract bill is not known');
    expect(judgement.cells.some(({ status, scope }) => status === 'not-comparable' && scope.orgs[0]?.id === 'b')).toBe(
      true,
    );
  });

  it('is all there is where no pair can be compared: then nothing ties out, and no cell says that it does', () => {
    const { legacy } = onePair();
    const may = span('2026-05-01', '2026-05-31');
    const contract = contractSide([
      { id: 'c1', periods: [{ span: may, charges: [{ ...TYPICAL, orgs: ['a'], sku: 'P1' }] }] },
    ]);
    const judgement = judge({ legacy, contract });
    expect(judgement.tieOut).toMatchObject([{ legacy: '0', contract: '0', notCompared: { legacy: '318.7' } }]);
    expect(judgement.cells.filter(({ rule }) => rule === 'tie-out')).toEqual([]);
    expect(mismatches(judgement)).toEqual([]);
  });

  it('is a rate that was borrowed, marked as such', () => {
    const judgement = judge(world(['a', { committedRate: null }, { committedRate: '20' }]));
    expect(judgement.statement.map(({ note }) => note)).toEqual(['valued at contract rates: legacy states none']);
    expect(judgement.tieOut).toMatchObject([{ legacy: '318.7', residual: '0' }]);
  });
});

describe('money that nobody can work out', () => {
  it('is counted, not taken for zero', () => {
    const judgement = judge(
      world(['a', { committedRate: null }, { committedRate: null, committed: '11' }], ['b', {}, {}]),
    );
    expect(mismatches(judgement)).toContain('committed-quantity');
    expect(judgement.moneyUnknown).toBe(1);
    expect(judge(world(['a', {}, { committed: '11' }])).moneyUnknown).toBe(0);
  });
});
