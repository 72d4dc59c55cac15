/** App ids of the scenario that the usage API knows nowhere: a question of the set-up. */
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';

/**
 * App ids that the regions count nowhere, list nowhere, and of which no row speaks. Only the usage API knows apps: without an
 * answer about regions nothing is known of any, and none is unknown.
 */
export function unknownApps(legacy: LegacySide, { products }: Pick<ComparisonPolicy, 'products'>): ReadonlySet<string> {
  const { regionCounts, regionListings, subscriptions } = legacy;
  if (regionCounts.length === 0 && regionListings.length === 0) return new Set();
  const isKnown = (appId: string): boolean =>
    regionCounts.some(
      ({ appId: counted, count }) =>
        counted === appId && count.state !== 'absent' && !(count.state === 'known' && count.value === '0'),
    ) ||
    regionListings.some(({ members }) => members.some(({ appIds }) => appIds.includes(appId))) ||
    subscriptions.some(({ lines }) => lines.some((line) => line.appId === appId));
  return new Set(products.map(({ appId }) => appId).filter((appId) => !isKnown(appId)));
}

export const unknownAppReason = (appId: string): string =>
  `the usage API counts no organisation with the app ${appId} in any region: it may be misspelt in the scenario`;

/** Why legacy would not list whoever has these apps alone; null if it knows one of them. */
export function unlistedReason(appIds: Iterable<string>, unknown: ReadonlySet<string>): string | null {
  const all = [...appIds];
  const [first] = all;
  return first !== undefined && all.every((appId) => unknown.has(appId)) ? unknownAppReason(first) : null;
}
