/** Records that a run receives. Each ends in exactly one account, so that nothing that was read is passed over in silence. */
import type { BillingPeriod } from './billing-period.ts';
import type { Evidence } from './figure.ts';
import type { OrgRef, Side, SourceName } from './side.ts';

/** Every kind of record, in the order in which accounts list them. */
export const RECORD_KINDS = [
  'usage-row',
  'listing-member',
  'region-count',
  'contract',
  'plan-item',
  'billing-period',
  'charge',
  'wallet',
  'invoice',
  'invoice-line',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Why a record is no part of the comparison. The list is closed: a record with any other reason is in no account. */
export const OUT_OF_SCOPE_REASONS = [
  'product-not-mapped',
  'app-not-mapped',
  'organisation-not-listed',
  'region-not-asked',
  'other-period',
  'not-in-force',
  'one-time-item',
  'breakdown-row',
  'repeated',
] as const;
export type OutOfScopeReason = (typeof OUT_OF_SCOPE_REASONS)[number];

/**
 * One record as a body states it. Sources list records straight from the bodies, apart from the normalised sides, so that
 * a record which a normaliser loses is still received.
 */
export interface ReceivedRecord {
  readonly kind: RecordKind;
  readonly side: Side;
  readonly source: SourceName;
  /** The same for every reading of one record: in a listing and by id, on a repeated page, in a second reading. */
  readonly key: string;
  /** Where it stands first. */
  readonly at: Evidence;
  /** Every place where it stands. */
  readonly places: readonly Evidence[];
  /** Organisations that it names itself, else those that its owner names. Empty: nobody. */
  readonly orgs: readonly OrgRef[];
  /** Part number or SKU, trimmed. Null: it names no product, or a record of its kind has none. */
  readonly product: string | null;
  /** App ids that it names. Legacy side only. */
  readonly appIds: readonly string[];
  readonly region: string | null;
  /** Contract that it belongs to. Contract side only. */
  readonly contractId: string | null;
  /** Billing period that it stands for or lies in; null where it has none or its dates cannot be read. */
  readonly period: Pick<BillingPeriod, 'start' | 'end'> | null;
  /** What the record itself says of being outside the comparison. */
  readonly mark: Extract<OutOfScopeReason, 'one-time-item' | 'breakdown-row' | 'repeated'> | null;
}

/** What became of all records of one kind: `received` is the sum of the others. */
export interface Account {
  readonly record: RecordKind;
  readonly received: number;
  /** A cell of the comparison names it. */
  readonly compared: number;
  /** A cell says why it could not be compared. */
  readonly notComparable: number;
  /** In the order of the reasons; only those that occur. */
  readonly outOfScope: readonly { readonly reason: OutOfScopeReason; readonly count: number }[];
}
