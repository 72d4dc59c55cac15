/** The same mismatch in the next billing period: its id holds the period, so it is another one, but no news. */
import type { Occurrence, RunRecord } from '../domain/run-comparison.ts';
import type { Finding } from '../domain/run-result.ts';

interface RunFindings {
  readonly run: RunRecord;
  readonly mismatches: readonly Finding[];
  of(id: string): Occurrence;
}

const UNSEEN: ReadonlySet<Occurrence['status']> = new Set(['not-made', 'unknown']);

/**
 * The earlier finding by the id of the later one: same rule, side, organisations and product, each alone of its kind in its
 * run, and neither check made by the other run.
 */
export function carriedOver(earlier: RunFindings, later: RunFindings): ReadonlyMap<string, Finding> {
  const before = loneByPlace(earlier.mismatches, later);
  const after = loneByPlace(later.mismatches, earlier);
  const carried = new Map<string, Finding>();
  for (const [place, finding] of after) {
    const previous = before.get(place);
    if (previous?.period != null && finding.period !== null && previous.period.start < finding.period.start) {
      carried.set(finding.id, previous);
    }
  }
  return carried;
}

function loneByPlace(findings: readonly Finding[], other: RunFindings): ReadonlyMap<string, Finding> {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const place = placeOf(finding);
    byPlace.set(place, [...(byPlace.get(place) ?? []), finding]);
  }
  return new Map(
    [...byPlace].flatMap(([place, [finding, another]]) =>
      finding !== undefined && another === undefined && UNSEEN.has(other.of(finding.id).status)
        ? [[place, finding] as const]
        : [],
    ),
  );
}

const placeOf = ({ rule, side, orgs, appId, sku, partNumber }: Finding): string =>
  JSON.stringify([rule, side, orgs.map(({ id }) => id).sort(), appId, sku, partNumber]);
