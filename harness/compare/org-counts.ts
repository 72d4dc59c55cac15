/** How many organisations are expected, compared, at parity, unreachable. */
import type { OrgCounts } from '../domain/verdict.ts';
import type { Alignment } from './align.ts';
import type { JudgedCell } from './judge.ts';

interface Seen {
  compared: boolean;
  agrees: boolean;
}

/**
 * Compared: a cell of the comparison itself (not of one side's own arithmetic) has an answer. At parity: every cell
 * that names the organisation agrees, and none was left open that could be expected.
 */
export function countOrgs(cells: Iterable<JudgedCell>, alignment: Alignment | null): OrgCounts {
  const seen = new Map<string, Seen>();
  const scope = alignment === null ? null : alignment.ground.scope;
  for (const judged of cells) {
    for (const { id } of judged.cell.scope.orgs) {
      if (scope === null || scope.has(id)) see(seen, id, judged, scope === null);
    }
  }
  const all = [...seen.values()];
  return {
    expected: scope?.size ?? seen.size,
    compared: all.filter((entry) => entry.compared).length,
    atParity: all.filter((entry) => entry.compared && entry.agrees).length,
    unreachable: alignment === null ? 0 : countUnreachable(alignment),
  };
}

function see(seen: Map<string, Seen>, id: string, { cell, expected }: JudgedCell, oneSided: boolean): void {
  let entry = seen.get(id);
  if (entry === undefined) {
    entry = { compared: false, agrees: true };
    seen.set(id, entry);
  }
  const open = cell.status === 'not-comparable' || cell.status === 'unstable';
  if (!open && (oneSided || cell.scope.side === null)) entry.compared = true;
  if (cell.status === 'mismatch' || (open && expected)) entry.agrees = false;
}

/** A side could not be fetched or read. */
function countUnreachable({ ground }: Alignment): number {
  let count = 0;
  for (const { org, legacy, presence } of ground.scope.values()) {
    const period = legacy.state === 'present' ? legacy.subscription.period : null;
    const unread =
      (legacy.state === 'unread' && legacy.unreachable) ||
      presence.contract.state === 'uncertain' ||
      ground.index.unreadPart(org.id, period) !== null;
    if (unread) count += 1;
  }
  return count;
}
