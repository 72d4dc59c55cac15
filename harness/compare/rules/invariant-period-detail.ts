/** The dates and the status that a billing period states of itself, against the contract's list of periods. */
import { daysBetween } from '../../domain/billing-period.ts';
import { statedPeriod } from '../../domain/contract-period.ts';
import type { ContractPeriod } from '../../domain/contract-side.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import { breaks, cannotSay, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const { contractId, period, head } of sides.contract.details) {
    const view = examination.contracts.get(contractId);
    if (view?.examined !== true) continue;
    const listed = view.contract.periods.filter(({ id }) => id === period.id);
    if (listed.length === 0) continue;
    const scope = examination.scope({
      side: 'contract',
      subject: `period ${period.id} of contract ${contractId}`,
      orgs: view.orgs,
      period: statedPeriod(period),
    });
    yield observer.observe(scope, judge(head, listed));
  }
}

/** What either leaves out is no disagreement. */
function judge(head: ContractPeriod, listed: readonly ContractPeriod[]): Outcome {
  const unclear = unreadableAmong({ start: head.start, end: head.end, status: head.status });
  if (unclear !== null) return cannotSay('contract', stated(head.start), `period ${head.id}: ${unclear}`);
  for (const one of listed) {
    for (const [noun, name] of FIELDS) {
      const [own, other] = [head[name] as Figure<string>, one[name] as Figure<string>];
      if (own.state !== 'known' || other.state !== 'known' || isSame(own.value, other.value)) continue;
      const days = name === 'status' ? null : daysBetween(dateOf(one[name]), dateOf(head[name]));
      const sentence = `${noun} of period ${head.id} is ${other.value} in the contract’s list and ${own.value} in the period’s own answer`;
      return breaks('contract', stated(own), days === null ? null : decimal(days), sentence);
    }
  }
  return EQUAL;
}

const FIELDS = [
  ['the start', 'start'],
  ['the end', 'end'],
  ['the status', 'status'],
] as const;

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function dateOf<T>(figure: Figure<T>): T {
  if (figure.state !== 'known') throw new Error('a date that is not known');
  return figure.value;
}

export const periodDetailRule: SideRule = {
  id: 'period-detail-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'A billing period and the contract’s list of periods say the same',
  doc: '`dateStart`, `dateEnd` and `status` of `/contracts/{id}/billingperiods/{id}` against the entry of the same id in the contract’s `billingPeriods`. What either leaves out is no disagreement.',
  example: 'contract "billingPeriods":[{"status":"Closed"}] · period "status":"Open"',
  examine,
};
