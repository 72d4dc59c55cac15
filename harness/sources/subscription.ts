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

export interface ReadSubscription {
  /** Null if the answer states no billing period or no usages: then nothing of it has a meaning. */
  readonly subscription: LegacySubscription | null;
  /** Why there is none; or that a row names no product, so that none of the products asked for can be called missing. */
  readonly failures: readonly CaptureFailure[];
}

export function readSubscription(root: Cursor, context: SubscriptionContext): ReadSubscription {
  const { source, org, region, field } = context;
  const failed = (message: string, at = root.at): CaptureFailure =>
    unusable(source, { kind: 'organisation', org, region }, `the answer for ${org.name ?? org.id} ${message}`, at);
  const periodStart = field(root, 'billingPeriodStartDate').date();
  const periodEnd = field(root, 'billingPeriodEndDate').date();
  const period = periodOf(periodStart, periodEnd, context.today);
  if (period === null) {
    const dates = [periodStart, periodEnd].map((date) => (date.state === 'absent' ? 'nothing' : date.raw)).join(' to ');
    return { subscription: null, failures: [failed(`states no billing period that can be read (${dates})`)] };
  }
  const rows = field(root, 'usages');
  if (!rows.isList) return { subscription: null, failures: [failed('states no list of usages')] };
  const currency = field(root, 'currency').currency();
  const { lines, breakdowns } = linesOfRows(rows.items(), { source, org, period, currency, field });
  const nameless = lines.find(({ product }) => product === '');
  return {
    subscription: {
      source,
      org,
      region,
      subscriptionType: field(root, 'subscriptionType').text(),
      term: {
        contractStart: field(root, 'contractEffectiveDate').date(),
        contractEnd: field(root, 'contractEndDate').endDate(),
        rampStart: field(root, 'rampPeriodStartDate').date(),
        rampEnd: field(root, 'rampPeriodEndDate').endDate(),
      },
      periodStart,
      periodEnd,
      periodStatus: period.status,
      lines,
      breakdowns,
      inRampPeriod: field(root, 'inRampPeriod').boolean(),
      minimumMonthlyAmount: field(root, 'minimumMonthlyAmount').decimal(),
      currency,
      at: root.at,
    },
    failures: nameless === undefined ? [] : [failed('has a usage row without a part number', nameless.at)],
  };
}
