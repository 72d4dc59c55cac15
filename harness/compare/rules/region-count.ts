/** `/v1/regions` counts organisations by app; the region's own listing must have as many. */

import type { CaptureFailure } from '../../domain/capture.ts';
import { decimal, subtract } from '../../domain/decimal.ts';
import type { CellScope } from '../../domain/finding.ts';
import type { LegacySide, RegionCount, RegionListing } from '../../domain/legacy-side.ts';
import { orgId } from '../../domain/side.ts';
import { readingOf, statementOf } from '../pairs/reading.ts';
import { EQUAL, moreOrLess, notComparable } from './outcome.ts';
import type { Observation, Outcome, SideRule } from './rule.ts';

export const regionCount: SideRule = {
  id: 'region-count',
  category: 'coverage',
  looksAt: 'sides',
  overall: true,
  title: 'Region count',
  doc: 'For each region that is listed and each app of the scenario: `organizationCounts` of `/v1/regions` against the number of organisations that the region’s listing names with that app. Counts and listings are compared with each other only; quantities never come from them.',
  example: 'legacy /v1/regions "organizationCounts":{"wallboard":5} · …/us-east-1/organizations names 4',
  *examine({ legacy, policy }) {
    if (legacy === null) return;
    const apps = [...new Set(policy.products.map((product) => product.appId))];
    const counts = new Map(legacy.regionCounts.map((count) => [`${count.region} ${count.appId}`, count]));
    const listings = new Map(legacy.regionListings.map((listing) => [listing.region, listing]));
    const failures = failuresByRegion(legacy);
    const lost = legacy.failures.find(({ subject }) => subject.kind === 'regions');
    for (const region of regionsOf(legacy, policy.orgs === null, lost !== undefined)) {
      for (const appId of apps) {
        const count = counts.get(`${region} ${appId}`);
        const failure = failures.get(region) ?? lost;
        const outcome =
          legacy.regionCounts.length === 0 && failure === undefined
            ? notComparable('/v1/regions told no counts')
            : judge(count, listings.get(region), appId, apps.length, failure);
        yield observed(region, appId, outcome);
      }
    }
    if (lost !== undefined && legacy.regionListings.length === 0) {
      yield observed(null, null, notComparable(`the regions could not be read: ${lost.message}`));
    }
  },
};

/** Regions to judge: those listed, those whose listing failed, and with `discover` all that should have been listed. */
function regionsOf(legacy: LegacySide, discover: boolean, lost: boolean): readonly string[] {
  const regions = new Set(legacy.regionListings.map((listing) => listing.region));
  for (const { subject } of legacy.failures) if (subject.kind === 'region-listing') regions.add(subject.region);
  if (discover && !lost) {
    for (const { region, count } of legacy.regionCounts) {
      if (count.state !== 'known' || count.value !== '0') regions.add(region);
    }
  }
  return [...regions];
}

function failuresByRegion(legacy: LegacySide): ReadonlyMap<string, CaptureFailure> {
  const found = new Map<string, CaptureFailure>();
  for (const failure of legacy.failures) {
    if (failure.subject.kind === 'region-listing') found.set(failure.subject.region, failure);
  }
  return found;
}

function judge(
  count: RegionCount | undefined,
  listing: RegionListing | undefined,
  appId: string,
  apps: number,
  failure: CaptureFailure | undefined,
): Outcome {
  if (failure !== undefined) return notComparable(failure.message);
  if (listing === undefined) return notComparable('the region’s organisations were not listed');
  const listed = membersWith(listing, appId, apps);
  if (listed === null) return notComparable('the listing does not say which organisation has which app');
  const stated = count === undefined ? null : readingOf(count.count, 'organisation count');
  if (stated?.state === 'unclear') return notComparable(`legacy: ${stated.reason}`, stated);
  const value = stated?.state === 'known' ? stated.value : null;
  const expected = decimal(listed);
  if (value === expected || (value === null && listed === 0)) return EQUAL;
  const delta = value === null ? null : subtract(value, expected);
  const counted = value === null ? 'no count' : value;
  return {
    kind: 'different',
    legacy: stated === null ? { value: null, raw: null, at: listing.at, derivation: null } : statementOf(stated),
    contract: null,
    delta,
    sentence: `/v1/regions says ${counted}, the region’s listing names ${listed}${delta === null ? '' : ` (${moreOrLess(delta)})`}`,
  };
}

/** Distinct organisations with the app; null if the listing names no apps and there are several. */
function membersWith(listing: RegionListing, appId: string, apps: number): number | null {
  const ids = new Set<string>();
  for (const member of listing.members) {
    if (member.appIds.length === 0 && apps > 1) return null;
    if (member.appIds.length === 0 || member.appIds.includes(appId)) ids.add(orgId(member.org.id));
  }
  return ids.size;
}

function observed(region: string | null, appId: string | null, outcome: Outcome): Observation {
  const scope: CellScope = {
    orgs: [],
    region,
    appId,
    sku: null,
    partNumber: null,
    period: null,
    side: 'legacy',
    subject: `${region ?? ''} ${appId ?? ''}`.trim(),
  };
  return { scope, pair: `region ${region ?? ''} ${appId ?? ''}`, outcome };
}
