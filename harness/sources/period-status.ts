import type { BillingPeriod, IsoDate, PeriodStatus } from '../domain/billing-period.ts';
import { type Figure, knownValue } from '../domain/figure.ts';

/** Open while its last day has not passed by the clock of the answers. */
const statusOf = (end: IsoDate | null, today: IsoDate): PeriodStatus =>
  end === null ? 'unknown' : end < today ? 'closed' : 'open';

/** The period of a legacy answer; null if the answer does not say it, and then nothing of it can be compared. */
export function periodOf(start: Figure<IsoDate>, end: Figure<IsoDate>, today: IsoDate): BillingPeriod | null {
  const [from, to] = [knownValue(start), knownValue(end)];
  if (from === null || to === null || to < from) return null;
  return { start: from, end: to, status: statusOf(to, today) };
}
