/** How this run's findings stood in the runs before it. */
import type { Finding } from '../../../domain/run-result.ts';
import type { ReportContext } from '../../reporter.ts';
import { type HistoryData, STANDING } from '../data.ts';

const OPEN: ReadonlySet<Finding['status']> = new Set(['mismatch', 'not-comparable', 'unstable']);

/** Findings that nobody saw before are left out: that is what an absent entry says. */
function standings(findings: readonly Finding[], runs: readonly ReadonlyMap<string, Finding['status']>[]) {
  const of: Record<string, string> = {};
  for (const { id } of findings) {
    const letters = runs.map((statuses) => STANDING[statuses.get(id) ?? 'absent']).join('');
    if (/[^-]/.test(letters)) of[id] = letters;
  }
  return of;
}

/** A finding that was unresolved and is no finding now counts as fixed only where its check was made again and matches. */
export function historyOf({ earlier, findings, checks }: ReportContext): HistoryData | null {
  const known = earlier.flatMap(({ result, statuses }) => (statuses === null ? [] : [{ run: result.run, statuses }]));
  const last = known.at(-1);
  if (last === undefined) return null;
  const now = new Map(findings.map(({ id, status }) => [id, status]));
  const matches = new Set<string>();
  for (const { id, status } of checks) if (status === 'match' && last.statuses.has(id)) matches.add(id);
  const isOpen = (status: Finding['status'] | undefined): boolean => status !== undefined && OPEN.has(status);
  const open = [...now].filter(([, status]) => isOpen(status));
  const before = [...last.statuses].filter(([, status]) => isOpen(status));
  return {
    runs: known.map(({ run: { id, startedAt } }) => ({ id, startedAt })),
    of: standings(
      findings,
      known.map(({ statuses }) => statuses),
    ),
    fresh: open.filter(([id]) => !isOpen(last.statuses.get(id))).length,
    persisting: open.filter(([id]) => isOpen(last.statuses.get(id))).length,
    fixed: before.filter(([id]) => matches.has(id)).length,
    unseen: before.filter(([id]) => !now.has(id) && !matches.has(id)).length,
  };
}
