/** What a scenario demands before the cutover, against its nights and cycles: what is met, since when, and when the rest can be. */
import { addDays, addMonths, daysBetween, type IsoDate, isoDate } from '../domain/billing-period.ts';
import type { Cycle, NightRow, Readiness, ReadinessStanding, Requirement } from '../domain/history.ts';
import type { ReadinessPolicy } from '../domain/policy.ts';
import { type CautionInput, cautionsOf } from './readiness-cautions.ts';
import { cyclesInRow } from './trend-cycles.ts';

export interface ReadinessInput extends CautionInput {
  readonly policy: ReadinessPolicy;
  readonly row: NightRow;
  readonly cycles: readonly Cycle[];
  readonly today: IsoDate;
}

/** Whoever demands closed cycles alone still wants the newest night at parity. */
const LEAST_NIGHTS = 1;

export function readinessOf(input: ReadinessInput): Readiness {
  const { policy, today } = input;
  const requirements = [
    nightsDemand(input, policy.nights ?? LEAST_NIGHTS),
    ...(policy.closedCycles === null ? [] : [cyclesDemand(input, policy.closedCycles)]),
  ];
  const standing = standingOf(requirements);
  return {
    policy,
    standing,
    daysToCutover: daysBetween(today, policy.cutover),
    requirements,
    since: standing === 'ready' ? latest(requirements.map(({ since }) => since)) : null,
    earliest: standing === 'ready' ? null : latest(requirements.map(({ earliest }) => earliest)),
    cautions: cautionsOf(input),
  };
}

const latest = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates
    .filter((date) => date !== null)
    .sort()
    .at(-1) ?? null;

function standingOf(requirements: readonly Requirement[]): ReadinessStanding {
  if (requirements.every(({ met }) => met)) return 'ready';
  return requirements.every(({ inTime }) => inTime) ? 'on-course' : 'late';
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const BROKEN: Readonly<Record<NonNullable<NightRow['brokenBy']>, string>> = {
  mismatch: 'was not at parity',
  inconclusive: 'was inconclusive',
  missing: 'had no run of the whole scope',
  narrower: 'looked at less than the newest night',
};

function nightsDemand({ row, nights, policy, today }: ReadinessInput, needed: number): Requirement {
  const have = row.length;
  const met = have >= needed;
  const since = met && row.from !== null ? addDays(row.from, needed - 1) : row.brokenOn;
  const last = nights.at(-1)?.date ?? addDays(today, -1);
  const earliest = met ? null : addDays(last, needed - have);
  const inTime = earliest === null || earliest <= policy.cutover;
  const breaker = row.brokenBy === null || row.brokenOn === null ? '' : `; ${row.brokenOn} ${BROKEN[row.brokenBy]}`;
  const progress = met ? `, met since ${since}` : breaker;
  const says = `${counted(have, 'night')} in a row at parity, ${needed} needed${progress}`;
  return { name: 'nights', needed, have, met, since, earliest, inTime, says };
}

function cyclesDemand({ cycles, nights, policy, today }: ReadinessInput, needed: number): Requirement {
  const row = cyclesInRow(cycles, today);
  const have = row.length;
  const met = have >= needed;
  const breaker = cycleBefore(row, cycles);
  const since = met ? latest(row.slice(-needed).map((cycle) => cycle.since)) : breaker && endOf(breaker.month);
  const earliest = met ? null : earliestCycle(cycles, needed - have, today, nights[0]?.date ?? today);
  const inTime = earliest === null || earliest <= policy.cutover;
  const behind = breaker === null ? '' : `; ${breaker.month} ${CYCLE_WORDS[breaker.standing]}`;
  const progress = met ? `, met since ${since}` : behind;
  const says = `${counted(have, 'closed billing cycle')} in a row at parity, ${needed} needed${progress}`;
  return { name: 'closedCycles', needed, have, met, since, earliest, inTime, says };
}

const CYCLE_WORDS: Readonly<Record<Cycle['standing'], string>> = {
  parity: 'is at parity',
  mismatch: 'is not at parity',
  inconclusive: 'is inconclusive',
  partial: 'was not compared for all organisations',
  running: 'is not over yet',
  missing: 'was not compared',
};

/** The cycle that keeps the row from being longer. */
function cycleBefore(row: readonly Cycle[], cycles: readonly Cycle[]): Cycle | null {
  const over = cycles.filter(({ standing }) => standing !== 'running');
  const oldest = row.at(-1);
  if (oldest === undefined) return over.at(-1) ?? null;
  return over[over.indexOf(oldest) - 1] ?? null;
}

const endOf = (month: string): IsoDate => addDays(addMonths(isoDate(`${month}-01`), 1), -1);

/**
 * The month that is running ends with its last day. The one before counts too while it only lacks organisations, unless the runs began
 * when some of its periods had been closed already: later nights compare later periods.
 */
function earliestCycle(cycles: readonly Cycle[], remaining: number, today: IsoDate, began: IsoDate): IsoDate {
  const thisMonth = isoDate(`${today.slice(0, 7)}-01`);
  const lastMonth = addMonths(thisMonth, -1);
  const partial = cycles.some(({ month, standing }) => lastMonth.startsWith(month) && standing === 'partial');
  const months = partial && began <= lastMonth ? remaining - 1 : remaining;
  return months === 0 ? today : addMonths(thisMonth, months);
}
