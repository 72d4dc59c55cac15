/** A record bills once: what counts as the same booking. */
import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Line } from '../../domain/line.ts';
import { compare } from '../compare.ts';
import { contractSide, legacySide, policy, row, span, subscription } from '../testing/sides.ts';

const NOTHING = { committed: '0', actual: '0', committedRate: '20', overageRate: '23.74', currency: 'USD' };

/** One period that an amendment cut in two, and a line of the same record in each piece. */
function cutInTwo(origin: Line['origin']): ContractSide {
  const charges = [{ ...NOTHING, orgs: ['a'], sku: 'P1' }];
  const periods = [
    { span: span('2026-04-01', '2026-04-14', 'closed'), charges },
    { span: span('2026-04-15', '2026-04-30'), charges },
  ];
  const contract = contractSide([{ id: 'c', orgs: ['a'], periods }]);
  const [first] = contract.lines;
  return { ...contract, lines: contract.lines.map((line) => ({ ...line, origin, at: first?.at ?? line.at })) };
}

const tieOutOf = (contract: ContractSide) =>
  compare(legacySide([subscription('a', [row('a', 'P1', NOTHING)])]), contract, policy()).cells.filter(
    ({ rule }) => rule === 'tie-out',
  );

describe('a record that bills in two billing periods', () => {
  it('is twice billed if it is a charge', () => {
    expect(tieOutOf(cutInTwo('charge'))).toMatchObject([{ status: 'mismatch' }]);
  });

  it('is not if it is a plan, which bills in each period', () => {
    expect(tieOutOf(cutInTwo('plan'))).toMatchObject([{ status: 'match' }]);
  });
});
