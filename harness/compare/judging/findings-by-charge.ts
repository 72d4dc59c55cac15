/** Findings of the contract side alone that are about the charges of a pair: whatever explains the pair may account for them. */
import { rollup } from 'd3-array';
import type { Evidence } from '../../domain/figure.ts';
import type { Cell } from '../../domain/finding.ts';
import type { PairMaterial } from '../pairs/pair.ts';

/** By key of the pair. */
export function findingsByCharge(
  mismatches: readonly Cell[],
  pairs: readonly Pick<PairMaterial, 'key' | 'contractLines'>[],
): ReadonlyMap<string, readonly Cell[]> {
  const pairAt = new Map(
    pairs.flatMap(({ key, contractLines }) => contractLines.map((line) => [chargeAt(line.at), key])),
  );
  const found = mismatches.flatMap((cell) => {
    const at = cell.contract?.at ?? null;
    const key = at === null ? undefined : pairAt.get(chargeAt(at));
    return key === undefined ? [] : [{ key, cell }];
  });
  return rollup(
    found,
    (own) => own.map(({ cell }) => cell),
    ({ key }) => key,
  );
}

/** The charge that a place is, or is within. */
const chargeAt = ({ exchange, pointer }: Evidence): string => `${exchange}#${pointer.replace(WITHIN, '$1')}`;
const WITHIN = /^(\/charges\/\d+)\/.*$/;
