/** What a first comparison made the run ask for. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide, LegacySubscription } from '../../domain/legacy-side.ts';
import type { ReceivedRecord } from '../../domain/record.ts';

export interface RereadingContext {
  /** The first reading of both sides, where some organisations were read again; null if none was. */
  readonly before: FirstReading | null;
  /** Legacy's answers for the billing period before, by organisation. */
  readonly earlier: ReadonlyMap<string, LegacySubscription>;
  /** Records of those answers that the sides do not hold. */
  readonly earlierRecords: readonly ReceivedRecord[];
}

export interface FirstReading {
  readonly legacy: LegacySide;
  readonly contract: ContractSide;
  /** Organisations that were read again; lower-case ids. */
  readonly orgs: ReadonlySet<string>;
}

export const NO_REREADING: RereadingContext = { before: null, earlier: new Map(), earlierRecords: [] };
