/** Dates and status of contracts and billing periods that differ. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { Contract } from '../contract-book/book.ts';
import type { Edit } from '../edit.ts';
import type { Defect, Hidden, Place } from './defect.ts';

/** Edits every contract of the place's account. */
const contractsEdit = (place: Place, change: (contract: Contract) => Contract): Edit => ({
  account: place.account.index,
  contracts: (contracts) => contracts.map(change),
});

const hiddenIn = (place: Place, edit: Edit, note: string): Hidden => ({
  edits: [edit],
  orgs: place.account.orgs,
  skus: [],
  note,
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
  hide: (place) => hiddenIn(place, contractsEdit(place, shifted), 'all dates of the contract are one day early'),
};

export const termDefects: readonly Defect[] = [dateShift];
