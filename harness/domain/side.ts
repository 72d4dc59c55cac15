/** The two sides, the three APIs that stand on them, and who is billed. */

export type Side = 'legacy' | 'contract';

export type SourceName = 'usage-api' | 'partner-billing' | 'contract-api';

export const SIDE_OF: Readonly<Record<SourceName, Side>> = {
  'usage-api': 'legacy',
  'partner-billing': 'legacy',
  'contract-api': 'contract',
};

/** Where a side's exchanges come from. */
export type Origin = 'live' | 'sandbox' | 'snapshot';

/** A customer organisation. `id` is lower-case (ids are compared without case); the name is for people only. */
export interface OrgRef {
  readonly id: string;
  readonly name: string | null;
}

/** Organisation ids are UUIDs, seen in both cases on the wire. */
export const orgId = (text: string): string => text.trim().toLowerCase();

/** SKUs and part numbers are compared without surrounding space and without case. */
export const productKey = (text: string): string => text.trim().toUpperCase();
