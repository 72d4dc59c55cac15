/** Records as the sources list them, for tests. */
import type { Evidence } from '../../domain/figure.ts';
import type { ReceivedRecord, RecordKind } from '../../domain/record.ts';
import type { OrgRef } from '../../domain/side.ts';
import { APRIL } from './sides.ts';

const LEGACY: ReadonlySet<RecordKind> = new Set(['usage-row', 'listing-member', 'region-count']);

/** A record of April that names P1 of organisation `a`, in contract `c1`, unless `rest` says otherwise. */
export function record(kind: RecordKind, place: Evidence, rest: Partial<ReceivedRecord> = {}): ReceivedRecord {
  const isLegacy = LEGACY.has(kind);
  return {
    kind,
    side: isLegacy ? 'legacy' : 'contract',
    source: isLegacy ? 'usage-api' : 'contract-api',
    key: `${kind} ${place.exchange}#${place.pointer}`,
    at: place,
    places: [place],
    orgs: [ORG],
    product: 'P1',
    appIds: [],
    region: isLegacy ? 'us-east-1' : null,
    contractId: isLegacy ? null : 'c1',
    period: { start: APRIL.start, end: APRIL.end },
    mark: null,
    ...rest,
  };
}

const ORG: OrgRef = { id: 'a', name: null };
