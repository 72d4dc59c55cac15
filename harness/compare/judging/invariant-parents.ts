/** What one side's own figures show of a difference that the other side shows already: both are one fact, told once. */
import type { Cell } from '../../domain/finding.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Alignment } from '../pairs/align.ts';
import type { Rule } from '../rules/rule.ts';
import { findingsByCharge } from './findings-by-charge.ts';

/** Cells as they are, but for broken invariants of charges whose pair differs in the same figure: those follow from it. */
export function withInvariantParents(
  cells: readonly Cell[],
  { pairs }: Pick<Alignment, 'pairs'>,
  rules: readonly Rule[],
): readonly Cell[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const differing = cells.filter(({ status }) => status in RANK);
  const ofPairs = new Map(
    differing.filter(({ scope }) => scope.side === null).map((cell) => [`${cell.pair} ${cell.rule}`, cell]),
  );
  const parentOf = new Map<string, Cell>();
  const mismatches = cells.filter(({ status }) => status === 'mismatch');
  for (const [pair, sided] of findingsByCharge(mismatches, pairs)) {
    for (const cell of sided) {
      const parent = ofPairs.get(`${pair} ${sameFactAs(byId.get(cell.rule), cell)}`);
      if (parent !== undefined) parentOf.set(cell.id, parent);
    }
  }
  return cells.map((cell) => {
    const parent = parentOf.get(cell.id);
    return parent === undefined ? cell : withParent(cell, parent);
  });
}

/** Statuses that a broken invariant takes over from the difference that it follows from. */
const RANK: Readonly<Partial<Record<Cell['status'], true>>> = { mismatch: true, waived: true, tolerated: true };

function withParent(cell: Cell, { id, status, rule, waiver }: Cell): Cell {
  if (status === 'mismatch') return { ...cell, derivedFrom: id };
  const reason = `${cell.reason}; follows from ${rule}, which is ${status}`;
  return { ...cell, derivedFrom: id, status, waiver, reason };
}

/** By the field that the cell stands at, where the rule looks at several. */
function sameFactAs(rule: Rule | undefined, { contract }: Cell): RuleId | undefined {
  if (rule?.looksAt !== 'sides' || rule.sameFactAs === undefined) return undefined;
  if (typeof rule.sameFactAs === 'string') return rule.sameFactAs;
  const pointer = contract?.at?.pointer ?? '';
  return rule.sameFactAs[pointer.slice(pointer.lastIndexOf('/') + 1)];
}
