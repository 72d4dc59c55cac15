import { ascending, group } from 'd3-array';
import { daysBetween, type IsoDate } from '../../domain/billing-period.ts';
import type { Contract, ContractPeriod } from '../../domain/contract-side.ts';
import { type Decimal, decimal } from '../../domain/decimal.ts';
import type { Evidence, Figure } from '../../domain/figure.ts';
import { breaks, cannotSay, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

interface Dated {
  readonly id: string;
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly startFigure: Figure<IsoDate>;
  readonly at: Evidence;
}

interface Fault {
  readonly period: Dated;
  /** Days that are in no period; negative: in two. */
  readonly days: number;
  readonly words: string;
}

const NAMED_FAULTS = 3;

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const { id, contract, orgs, examined } of examination.contracts.values()) {
    if (!examined || contract.periods.length === 0) continue;
    yield observer.observe(examination.scope({ side: 'contract', subject: id, orgs }), judge(contract));
  }
}

function judge(contract: Contract): Outcome {
  const faults = [...faultsOf(datedPeriods(contract.periods)), ...listedTwice(contract.periods)];
  const [first, ...others] = faults;
  if (first !== undefined) {
    const named = faults.slice(0, NAMED_FAULTS).map(({ words }) => words);
    const more = faults.length > named.length ? `; and ${faults.length - named.length} more` : '';
    const delta: Decimal | null = others.length === 0 ? decimal(first.days) : null;
    return breaks('contract', stated(first.period.startFigure), delta, `${named.join('; ')}${more}`);
  }
  for (const period of contract.periods) {
    const reason = undatedReason(period);
    if (reason !== null) return cannotSay('contract', stated(period.start), reason);
  }
  return EQUAL;
}

function undatedReason({ id, start, end }: ContractPeriod): string | null {
  const unreadable = unreadableAmong({ start, end });
  if (unreadable !== null) return `period ${id}: ${unreadable}`;
  const missing = start.state === 'absent' ? 'start' : end.state === 'absent' ? 'end' : null;
  return missing === null ? null : `period ${id} states no ${missing}`;
}

/** One billing period that the contract lists more than once: its charges count once. */
function listedTwice(periods: readonly ContractPeriod[]): Fault[] {
  const byId = group(periods, ({ id }) => id);
  return [...byId.values()].flatMap(([first, second]) => {
    if (first === undefined || second === undefined) return [];
    const dated = datedPeriods([second])[0] ?? datedPeriods([first])[0];
    if (dated === undefined) return [];
    return [{ period: dated, days: 0, words: `period ${first.id} is listed twice` }];
  });
}

/** In the order of time; the same period listed twice counts once. */
function datedPeriods(periods: readonly ContractPeriod[]): Dated[] {
  const dated = new Map<string, Dated>();
  for (const { id, start, end, at } of periods) {
    if (start.state !== 'known' || end.state !== 'known') continue;
    const period = { id, start: start.value, end: end.value, startFigure: start, at };
    dated.set(`${period.start}${period.end}${id}`, period);
  }
  return [...dated.entries()].sort(([a], [b]) => ascending(a, b)).map(([, period]) => period);
}

function faultsOf(periods: readonly Dated[]): Fault[] {
  const faults: Fault[] = [];
  let before: Dated | null = null;
  for (const period of periods) {
    if (period.end < period.start) {
      const days = daysBetween(period.start, period.end);
      faults.push({
        period,
        days,
        words: `period ${period.id} ends on ${period.end}, before it starts on ${period.start}`,
      });
      continue;
    }
    const days: number = before === null ? 0 : daysBetween(before.end, period.start) - 1;
    if (before !== null && days !== 0) faults.push({ period, days, words: gapWords(before, period, days) });
    if (before === null || period.end > before.end) before = period;
  }
  return faults;
}

function gapWords(before: Dated, period: Dated, days: number): string {
  const size = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  const what = days > 0 ? `a gap of ${size}` : `an overlap of ${size}`;
  return `${what}: period ${before.id} ends on ${before.end}, the next (${period.id}) starts on ${period.start}`;
}

export const periodRule: SideRule = {
  id: 'period-contiguity',
  category: 'invariant',
  looksAt: 'sides',
  title: 'Billing periods follow each other without gap or overlap',
  doc: 'Within one contract, billing periods in the order of their start: each starts on the day after the one before ended (ends read by `periodEnd`). The delta is in days: above zero a gap, below an overlap. A billing period that is listed twice breaks it, too.',
  example: '"dateEnd":"2026-03-31" · next "dateStart":"2026-04-02"',
  examine,
};
