/** Findings of the contract side alone that are about the charges of a pair: whatever explains the pair may account for them. */
import { rollup } from 'd3-array';
import type { Evidence } from '../domain/figure.ts';
import type { Cell } from '../domain/finding.ts';
import type { PairMaterial } from './pair.ts';

/** By key of the pair. */
export function accountable(
  mismatches: readonly Cell[],
  pairs: readonly Pick<PairMaterial, 'key' | 'contractLines'>[],
): ReadonlyMap<string, readonly Cell[]> {
  const pairAt = new Map(
    pairs.flatMap(({ key, contractLines }) => contractLines.map((line) => [placeOf(line.at), key])),
  );
  const found = mismatches.flatMap((cell) => {
    const at = cell.scope.side === 'contract' ? cell.contract?.at : null;
    const key = at === null || at === undefined ? undefined : pairAt.get(placeOf(at, CHARGE));
    return key === undefined ? [] : [{ key, cell }];
  });
  return rollup(
    found,
    (own) => own.map(({ cell }) => cell),
    ({ key }) => key,
  );
}

/** The charge that a place within it belongs to. */
const CHARGE = /^\/charges\/\d+/;

const placeOf = ({ exchange, pointer }: Evidence, part?: RegExp): string =>
  `${exchange}#${part === undefined ? pointer : (part.exec(pointer)?.[0] ?? pointer)}`;
