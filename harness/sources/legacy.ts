/** The legacy side as a whole, of one API or of both. */
import type { LegacySide } from '../domain/legacy-side.ts';

/** Puts the parts side by side; which one speaks where both do is the comparison's to decide. */
export const mergeLegacySides = (parts: readonly LegacySide[]): LegacySide => ({
  subscriptions: parts.flatMap(({ subscriptions }) => subscriptions),
  regionCounts: parts.flatMap(({ regionCounts }) => regionCounts),
  regionListings: parts.flatMap(({ regionListings }) => regionListings),
  unknownOrgs: parts.flatMap(({ unknownOrgs }) => unknownOrgs),
  failures: parts.flatMap(({ failures }) => failures),
  records: parts.flatMap(({ records }) => records),
  schema: parts.flatMap(({ schema }) => schema),
  documents: parts.flatMap(({ documents }) => documents),
});
