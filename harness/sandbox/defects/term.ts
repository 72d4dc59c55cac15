/** Dates and status of contracts and billing periods that differ. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { Contract } from '../contract-book/book.ts';
import type { Edit } from '../edit.ts';
import { type Defect, inAccount, type Place } from './defect.ts';

/** Edits every contract of the place's account. */
const contractsEdit = (place: Place, change: (contract: Contract) => Contract): Edit => ({
  account: place.account.index,
  contracts: (contracts) => contracts.map(change),
});

const shift = <T extends IsoDate | null>(date: T): T => (date === null ? date : (addDays(date, -1) as T));

function shifted(contract: Contract): Contract {
  return {
    ...contract,
    start: shift(contract.start),
    end: shift(contract.end),
    rampStart: shift(contract.rampStart),
    rampEnd: shift(contract.rampEnd),
    periods: contract.periods.map((period) => ({ ...period, start: shift(period.start), end: shift(period.end) })),
    plans: contract.plans.map((plan) => ({
      ...plan,
      items: plan.items.map((item) => ({
        ...item,
        effectiveStart: shift(item.effectiveStart),
        effectiveEnd: shift(item.effectiveEnd),
      })),
    })),
  };
}

const dateShift: Defect = {
  id: 'date-shift',
  title: 'Dates are one day off, as by a time zone',
  rules: ['contract-start', 'contract-end', 'ramp-start', 'ramp-end', 'period-start', 'period-end'],
  cause: 'timezone-shift',
  scope: 'account',
  hide: (place) => inAccount(place, contractsEdit(place, shifted), 'all dates of the contract are one day early'),
};

const rampMissing: Defect = {
  id: 'ramp-missing',
  title: 'Ramp dates are left out',
  rules: ['ramp-start', 'ramp-end'],
  cause: null,
  scope: 'account',
  hide: (place) => {
    if (place.account.ramp === null) return 'needs a contract with a ramp period';
    const edit = contractsEdit(place, (contract) => ({ ...contract, rampStart: null, rampEnd: null }));
    return inAccount(place, edit, 'no ramp dates');
  },
};

const contractInactive: Defect = {
  id: 'contract-inactive',
  title: 'The legacy subscription runs, the contract is Inactive',
  rules: ['contract-status'],
  cause: null,
  scope: 'account',
  hide: (place) =>
    inAccount(
      place,
      contractsEdit(place, (contract) => ({ ...contract, status: 'Inactive' })),
      'the contract in force is Inactive',
    ),
};

/** Which of the last periods ends on another day: neither the open one nor its neighbour. */
const MOVED = 3;

const moveEnd = (contract: Contract, days: number): Contract => {
  const ordered = [...contract.periods].sort((a, b) => (a.start < b.start ? -1 : 1));
  const moved = ordered.at(-MOVED);
  const periods = contract.periods.map((period) =>
    period === moved ? { ...period, end: addDays(period.end, days) } : period,
  );
  return { ...contract, periods };
};

const discontiguous = (id: string, title: string, days: number): Defect => ({
  id,
  title,
  rules: ['period-contiguity'],
  cause: null,
  scope: 'account',
  hide: (place) => {
    const { periods, agreements, cut } = place.account;
    const inForce = agreements.at(-1);
    if (cut !== null || inForce === undefined) return 'needs a contract that nothing cuts';
    if (periods.filter(({ start }) => start >= inForce.start).length < MOVED) return 'needs three billing periods';
    const edit = contractsEdit(place, (contract) =>
      contract.status === 'Active' ? moveEnd(contract, days) : contract,
    );
    return inAccount(place, edit, `a billing period ends ${days} day off`);
  },
});

export const termDefects: readonly Defect[] = [
  dateShift,
  rampMissing,
  contractInactive,
  discontiguous('period-gap', 'A day between two billing periods', -1),
  discontiguous('period-overlap', 'A day in two billing periods', 1),
];
