/** Everything that the legacy APIs said, normalised. */
import type { IsoDate, PeriodStatus } from './billing-period.ts';
import type { CaptureFailure, CheckedBody, SchemaNote } from './capture.ts';
import type { Evidence, Figure } from './figure.ts';
import type { Line, Term } from './line.ts';
import type { ReceivedRecord } from './record.ts';
import type { OrgRef, SourceName } from './side.ts';

/** One organisation's answer from one legacy API for one billing period. */
export interface LegacySubscription {
  readonly source: Exclude<SourceName, 'contract-api'>;
  readonly org: OrgRef;
  readonly region: string | null;
  readonly subscriptionType: Figure<string>;
  readonly term: Term;
  readonly periodStart: Figure<IsoDate>;
  readonly periodEnd: Figure<IsoDate>;
  /** `open` if the answer is of the running period, by the answer and the clock. */
  readonly periodStatus: PeriodStatus;
  readonly lines: readonly Line[];
  /** Rows that only break others down (`rollup-usage`): no lines of their own. */
  readonly breakdowns: readonly Line[];
  /** The subscription is in its ramp period. Partner billing only. */
  readonly inRampPeriod: Figure<boolean>;
  /** In the answer's currency, before tax. Partner billing only. */
  readonly minimumMonthlyAmount: Figure;
  readonly currency: Figure<string>;
  readonly at: Evidence;
}

/** `/v1/regions`: how many organisations one app has in one region. */
export interface RegionCount {
  readonly region: string;
  readonly appId: string;
  readonly count: Figure;
}

/** `/v1/regions/{region}/organizations`: who is listed, and with which apps. For membership and counts only. */
export interface RegionListing {
  readonly region: string;
  readonly members: readonly { readonly org: OrgRef; readonly appIds: readonly string[] }[];
  readonly at: Evidence;
}

export interface LegacySide {
  readonly subscriptions: readonly LegacySubscription[];
  readonly regionCounts: readonly RegionCount[];
  readonly regionListings: readonly RegionListing[];
  /** Asked for, and the API answered that it does not know the organisation (404). */
  readonly unknownOrgs: readonly { readonly org: OrgRef; readonly source: SourceName; readonly at: Evidence }[];
  readonly failures: readonly CaptureFailure[];
  /** Every record that the bodies hold. */
  readonly records: readonly ReceivedRecord[];
  readonly schema: readonly SchemaNote[];
  /** Bodies checked against a schema, so that clean ones count as cells. */
  readonly documents: readonly CheckedBody[];
}

/** A legacy side that says nothing. */
export const NO_LEGACY: LegacySide = {
  subscriptions: [],
  regionCounts: [],
  regionListings: [],
  unknownOrgs: [],
  failures: [],
  records: [],
  schema: [],
  documents: [],
};
