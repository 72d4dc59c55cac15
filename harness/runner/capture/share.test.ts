import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../../domain/contract-side.ts';
import { shareOf } from './share.ts';

/** Only what a share looks at: who stands in a contract's plans. */
const contract = (...orgs: string[]): Contract =>
  ({ id: orgs.join('+'), plans: [{ orgs: orgs.map((id) => ({ id, name: null })) }] }) as unknown as Contract;

const sharesOf = (of: number, contracts: readonly Contract[]) =>
  Array.from({ length: of }, (_, at) => shareOf({ index: at + 1, of }, contracts));

const org = fc.stringMatching(/^[a-f0-9]{4}$/);
const groups = fc.array(fc.array(org, { minLength: 1, maxLength: 4 }), { maxLength: 12 });

describe('the share of a shard', () => {
  it('has every organisation exactly once, whatever the contracts are and in whatever order', () => {
    fc.assert(
      fc.property(groups, fc.array(org), fc.integer({ min: 1, max: 9 }), (named, others, of) => {
        const contracts = named.map((orgs) => contract(...orgs));
        const shares = sharesOf(of, contracts);
        const reversed = sharesOf(of, [...contracts].reverse());
        for (const id of [...named.flat(), ...others]) {
          expect(shares.filter((share) => share.has(id))).toHaveLength(1);
          expect(reversed.map((share) => share.has(id))).toEqual(shares.map((share) => share.has(id)));
        }
      }),
    );
  });

  it('keeps together whom contracts name together, over several contracts too', () => {
    const contracts = [contract('c', 'd'), contract('a', 'b'), contract('b', 'c'), contract('x')];
    for (const share of sharesOf(7, contracts)) {
      expect(new Set(['a', 'b', 'c', 'd'].map((id) => share.has(id))).size).toBe(1);
      expect(share.concerns(contract('b', 'c'))).toBe(share.has('a'));
    }
  });

  it('moves nobody when an organisation comes that no contract ties to them', () => {
    const before = sharesOf(4, [contract('a'), contract('b', 'c')]);
    const after = sharesOf(4, [contract('new'), contract('a'), contract('b', 'c')]);
    for (const id of ['a', 'b', 'c']) {
      expect(after.map((share) => share.has(id))).toEqual(before.map((share) => share.has(id)));
    }
  });

  it('leaves to the first what is about no organisation, and asks of all what names nobody', () => {
    const shares = sharesOf(3, []);
    expect(shares.map((share) => share.judges([]))).toEqual([true, false, false]);
    expect(shares.map((share) => share.concerns(contract()))).toEqual([true, true, true]);
  });
});
