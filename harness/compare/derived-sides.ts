/** What one side's own figures show of a difference that the other side shows already: both are one fact, told once. */
import type { Cell } from '../domain/finding.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { accountable } from './accountable.ts';
import type { Alignment } from './align.ts';

/** An invariant of a charge, and the comparison of its pair that says the same. */
const PARENTS: Readonly<Partial<Record<RuleId, RuleId>>> = {
  'overage-arithmetic': 'overage-quantity',
  'charge-arithmetic': 'overage-charge',
  'plan-charge-agreement': 'overage-rate',
};

/** Cells as they are, but for broken invariants of charges whose pair differs in the same figure: those follow from it. */
export function underTheirPairs(cells: readonly Cell[], { pairs }: Alignment): readonly Cell[] {
  const mismatches = cells.filter(({ status }) => status === 'mismatch');
  const ofPairs = new Map(
    mismatches.filter(({ scope }) => scope.side === null).map((cell) => [`${cell.pair} ${cell.rule}`, cell.id]),
  );
  const parentOf = new Map<string, string>();
  for (const [pair, sided] of accountable(mismatches, pairs)) {
    for (const { id, rule } of sided) {
      const parent = ofPairs.get(`${pair} ${PARENTS[rule as RuleId]}`);
      if (parent !== undefined) parentOf.set(id, parent);
    }
  }
  return cells.map((cell) => {
    const derivedFrom = parentOf.get(cell.id);
    return derivedFrom === undefined ? cell : { ...cell, derivedFrom };
  });
}
