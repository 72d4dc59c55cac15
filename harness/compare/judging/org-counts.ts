/** How many organisations are expected, compared, at parity, unreachable. */
import type { Cell } from '../../domain/finding.ts';
import type { OrgCounts } from '../../domain/verdict.ts';
import type { Alignment } from '../pairs/align.ts';
import type { ComparisonScope, Part } from '../scope/comparison-scope.ts';

interface Seen {
  compared: boolean;
  agrees: boolean;
}

/**
 * Compared: a cell of the comparison itself (not of one side's own arithmetic) has an answer. At parity: every cell
 * that names the organisation agrees, and none was left open that could be expected.
 * @param unexpected cells that are not comparable and that nobody could expect to be
 */
export function countOrgs(
  cells: readonly Cell[],
  unexpected: ReadonlySet<Cell>,
  alignment: Alignment | null,
  part: Part | null,
): OrgCounts {
  const scope = alignment === null ? null : scopeOf(alignment, part);
  const seen = new Map<string, Seen>();
  for (const id of scope?.keys() ?? []) seen.set(id, { compared: false, agrees: true });
  for (const cell of cells) {
    for (const { id } of cell.scope.orgs) {
      let entry = seen.get(id);
      if (entry === undefined) {
        if (scope !== null) continue;
        entry = { compared: false, agrees: true };
        seen.set(id, entry);
      }
      see(entry, cell, unexpected, scope === null);
    }
  }
  const all = [...seen.values()];
  return {
    expected: all.length,
    compared: all.filter((entry) => entry.compared).length,
    atParity: all.filter((entry) => entry.compared && entry.agrees).length,
    unreachable: alignment === null || scope === null ? 0 : countUnreachable(alignment, scope),
  };
}

const scopeOf = ({ scope: { orgs } }: Alignment, part: Part | null): ComparisonScope['orgs'] =>
  part === null ? orgs : new Map([...orgs].filter(([id]) => part([id])));

function see(entry: Seen, cell: Cell, unexpected: ReadonlySet<Cell>, oneSided: boolean): void {
  const open = cell.status === 'not-comparable' || cell.status === 'unstable';
  if (!open && (oneSided || cell.scope.side === null)) entry.compared = true;
  if (cell.status === 'mismatch' || (open && !unexpected.has(cell))) entry.agrees = false;
}

/** A side could not be fetched or read. */
function countUnreachable({ scope }: Alignment, orgs: ComparisonScope['orgs']): number {
  let count = 0;
  for (const { org, legacy, presence } of orgs.values()) {
    const period = legacy.state === 'present' ? legacy.subscription.period : null;
    const unread =
      (legacy.state === 'unread' && legacy.unreachable) ||
      presence.contract.state === 'uncertain' ||
      scope.index.unreadPart(org.id, period) !== null;
    if (unread) count += 1;
  }
  return count;
}
