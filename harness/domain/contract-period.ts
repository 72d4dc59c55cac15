/** Billing periods of the contract side, as they are compared. */
import type { BillingPeriod, PeriodStatus } from './billing-period.ts';
import type { ContractPeriod } from './contract-side.ts';
import { type Figure, knownValue } from './figure.ts';

const STATUS: ReadonlyMap<string, PeriodStatus> = new Map([
  ['open', 'open'],
  ['closed', 'closed'],
]);

/** A status that the vendor does not document is not guessed at. */
export const periodStatus = (status: Figure<string>): PeriodStatus =>
  status.state === 'known' ? (STATUS.get(status.value.toLowerCase()) ?? 'unknown') : 'unknown';

/** Null if its dates cannot be read. */
export function statedPeriod({ start, end, status }: ContractPeriod): BillingPeriod | null {
  const [first, last] = [knownValue(start), knownValue(end)];
  return first === null || last === null ? null : { start: first, end: last, status: periodStatus(status) };
}

/** Null also if it ends before it starts: it stands for no time. */
export function usablePeriod(period: ContractPeriod): BillingPeriod | null {
  const stated = statedPeriod(period);
  return stated === null || stated.end < stated.start ? null : stated;
}
