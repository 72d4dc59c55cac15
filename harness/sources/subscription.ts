/** One organisation's answer of either legacy API as a subscription. */
import type { IsoDate } from '../domain/billing-period.ts';
import type { CaptureFailure } from '../domain/capture.ts';
import type { LegacySubscription } from '../domain/legacy-side.ts';
import type { OrgRef } from '../domain/side.ts';
import type { Cursor } from './cursor.ts';
import { unusable } from './failure.ts';
import { type FieldReader, linesOfRows } from './legacy-rows.ts';
import { periodOf } from './period-status.ts';

export interface SubscriptionContext {
  readonly source: LegacySubscription['source'];
  readonly org: OrgRef;
  readonly region: string | null;
  readonly today: IsoDate;
  readonly field: FieldReader;
}

/** @returns the failure instead, if the answer states no billing period or no usages: then nothing of it has a meaning. */
export function readSubscription(root: Cursor, context: SubscriptionContext): LegacySubscription | CaptureFailure {
  const { source, org, region, field } = context;
  const failed = (message: string): CaptureFailure =>
    unusable(source, { kind: 'organisation', org, region }, `the answer for ${org.name ?? org.id} ${message}`, root.at);
  const periodStart = field(root, 'billingPeriodStartDate').date();
  const periodEnd = field(root, 'billingPeriodEndDate').date();
  const period = periodOf(periodStart, periodEnd, context.today);
  if (period === null) {
    const said = [periodStart, periodEnd].map((date) => (date.state === 'absent' ? 'nothing' : date.raw)).join(' to ');
    return failed(`states no billing period that can be read (${said})`);
  }
  const rows = field(root, 'usages');
  if (!rows.isList) return failed('states no list of usages');
  return {
    source,
    org,
    region,
    subscriptionType: field(root, 'subscriptionType').text(),
    term: {
      contractStart: field(root, 'contractEffectiveDate').date(),
      contractEnd: field(root, 'contractEndDate').date(),
      rampStart: field(root, 'rampPeriodStartDate').date(),
      rampEnd: field(root, 'rampPeriodEndDate').date(),
    },
    periodStart,
    periodEnd,
    periodStatus: period.status,
    lines: linesOfRows(rows.items(), { source, org, period, currency: field(root, 'currency').currency(), field }),
    at: root.at,
  };
}

export const isFailure = (read: LegacySubscription | CaptureFailure): read is CaptureFailure => 'code' in read;
