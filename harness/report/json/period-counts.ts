/** Cells of both sides by billing period: what a run says of periods that are open, and of those that are closed. */
import type { Cell } from '../../domain/finding.ts';
import type { PeriodCounts } from '../../domain/run-result.ts';
import type { Judgement } from '../../domain/verdict.ts';

type Counting = { -readonly [Key in keyof PeriodCounts]: PeriodCounts[Key] };

const COUNTED = {
  match: 'agree',
  tolerated: 'agree',
  waived: 'agree',
  mismatch: 'mismatch',
  unstable: 'unstable',
  'not-comparable': 'notComparable',
} as const;

type Counted = Pick<Cell['scope'], 'orgs' | 'period' | 'side'>;

/** Sorted by first day, last day and status. */
export function periodCounts({ cells, matches, outsideCoverage }: Judgement): PeriodCounts[] {
  const byPeriod = new Map<string, { counts: Counting; orgs: Set<string> }>();
  const count = (status: keyof typeof COUNTED, { orgs, period, side }: Counted): void => {
    if (period === null || side !== null) return;
    const { start, end, status: stands } = period;
    const key = `${start} ${end} ${stands}`;
    let found = byPeriod.get(key);
    if (found === undefined) {
      const counts = { start, end, status: stands, orgs: 0, agree: 0, mismatch: 0, unstable: 0, notComparable: 0 };
      found = { counts, orgs: new Set() };
      byPeriod.set(key, found);
    }
    found.counts[COUNTED[status]] += 1;
    if (COUNTED[status] === 'agree' || status === 'mismatch') for (const org of orgs) found.orgs.add(org.id);
  };
  for (const { id, scope, status } of cells) if (!outsideCoverage.has(id)) count(status, scope);
  for (const match of matches) count('match', match);
  return [...byPeriod]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { counts, orgs }]) => ({ ...counts, orgs: orgs.size }));
}
