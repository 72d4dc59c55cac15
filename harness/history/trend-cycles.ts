/** Billing cycles: the closed periods that end within one month, put together from the nights that compared them. */
import { group } from 'd3-array';
import { addDays, addMonths, type IsoDate, isoDate } from '../domain/billing-period.ts';
import type { Cycle, CycleStanding } from '../domain/history.ts';
import type { PeriodCounts } from '../domain/run-result.ts';
import type { Verdict } from '../domain/verdict.ts';
import { type DatedRun, standingOf } from './trend-nights.ts';

/** One closed period as the last night that compared it left it. */
interface CycleRun {
  readonly month: string;
  readonly night: IsoDate;
  readonly standing: Verdict;
  /** First night of those up to now on which it stood at parity. */
  readonly since: IsoDate | null;
  readonly orgs: number;
  /** Organisations that the run expected in all. */
  readonly expected: number;
}

/**
 * Organisations close their periods on different days, so that no one night compares a cycle whole. A cycle stands at parity if each
 * of its periods did when a night could last compare it, and all organisations were among them.
 */
export function cyclesOf(runs: readonly DatedRun[], today: IsoDate): Cycle[] {
  const looks = new Map<string, CycleRun>();
  for (const run of runs) {
    for (const period of run.result.periods ?? []) {
      if (period.status !== 'closed') continue;
      const key = `${period.start} ${period.end}`;
      const before = looks.get(key);
      const look = cycleRunOf(run, period, before);
      // A night that could not look takes nothing back that an earlier one had seen of a closed period.
      if (look.standing === 'inconclusive' && before !== undefined) continue;
      looks.set(key, look);
    }
  }
  const byMonth = group(looks.values(), ({ month }) => month);
  const months = [...byMonth.keys()].sort();
  const [first] = months;
  const newest = [months.at(-1) ?? '', monthOf(addMonths(isoDate(today), -1))].sort().at(-1) ?? '';
  if (first === undefined) return [];
  const cycles: Cycle[] = [];
  for (let month = first; month <= newest; month = monthOf(addMonths(isoDate(`${month}-01`), 1))) {
    cycles.push(cycleOf(month, byMonth.get(month) ?? [], today));
  }
  return cycles;
}

const monthOf = (date: string): string => date.slice(0, 7);

function cycleRunOf(run: DatedRun, period: PeriodCounts, before: CycleRun | undefined): CycleRun {
  const { night, result } = run;
  const standing = standingOfPeriod(period, standingOf(run), run.differences.length === 0);
  const since = standing === 'parity' ? (before?.since ?? night) : null;
  return { month: monthOf(period.end), night, standing, since, orgs: period.orgs, expected: result.orgs.expected };
}

/** A gate that was met covers each of its periods; otherwise the period must be without fault itself. @param follows the result, from its findings */
function standingOfPeriod(
  { agree, mismatch, unstable, notComparable }: PeriodCounts,
  verdict: Verdict,
  follows: boolean,
): Verdict {
  if (agree + mismatch === 0) return 'inconclusive';
  if (verdict === 'parity') return 'parity';
  if (mismatch > 0) return 'mismatch';
  return unstable + notComparable > 0 || !follows ? 'inconclusive' : 'parity';
}

function cycleOf(month: string, looks: readonly CycleRun[], today: IsoDate): Cycle {
  const orgs = looks.reduce((sum, look) => sum + look.orgs, 0);
  const newest = looks.reduce((last, look) => (look.night > last ? look.night : last), '');
  const expected = looks.find(({ night }) => night === newest)?.expected ?? 0;
  const over = addMonths(isoDate(`${month}-01`), 1);
  const standing = standingOfCycle(looks, orgs < expected, over > today);
  const dates = [over, ...looks.map(({ since }) => since ?? over)].sort();
  return { month, standing, orgs, expected, since: standing === 'parity' ? (dates.at(-1) ?? null) : null };
}

function standingOfCycle(looks: readonly CycleRun[], partial: boolean, running: boolean): CycleStanding {
  if (looks.length === 0) return 'missing';
  if (looks.some(({ standing }) => standing === 'mismatch')) return 'mismatch';
  if (looks.some(({ standing }) => standing === 'inconclusive')) return 'inconclusive';
  if (running) return 'running';
  return partial ? 'partial' : 'parity';
}

/**
 * Cycles at parity in a row, the newest of them first. What is still running neither counts nor breaks the row; nor does the newest
 * month that is over while nights may still complete it.
 */
export function cyclesInRow(cycles: readonly Cycle[], today: IsoDate): readonly Cycle[] {
  const lastMonth = monthOf(addDays(isoDate(`${monthOf(today)}-01`), -1));
  const judged = cycles.filter(({ month, standing }) => {
    if (standing === 'running' || month > lastMonth) return false;
    return month < lastMonth || (standing !== 'partial' && standing !== 'missing');
  });
  const broken = judged.findLastIndex(({ standing }) => standing !== 'parity');
  return judged.slice(broken + 1).reverse();
}
