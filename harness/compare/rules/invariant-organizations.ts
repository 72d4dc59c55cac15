import { compareDecimals, type Decimal, decimal, subtract, sum } from '../../domain/decimal.ts';
import type { Statement } from '../../domain/finding.ts';
import type { LegacySide, RegionCount } from '../../domain/legacy-side.ts';
import { breaks, cannotSay, orZero, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL, moreOrLess } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

interface Listed {
  /** Regions whose listing could be had. */
  readonly regions: ReadonlySet<string>;
  /** Organisations that are listed with the app, once for each region that lists them. */
  readonly withApp: ReadonlySet<string>;
  /** Likewise those of which the listing names no app at all. */
  readonly silent: ReadonlySet<string>;
}

function* examine(sides: Sides): Generator<Observation> {
  const { legacy, policy } = sides;
  if (legacy === null) return;
  const examination = examinationOf(sides);
  const observer = new Observer();
  const failure = legacy.failures.find(
    ({ subject }) => subject.kind === 'regions' || subject.kind === 'region-listing',
  );
  if (failure === undefined && legacy.regionCounts.length === 0) return;
  for (const appId of new Set(policy.products.map((product) => product.appId))) {
    const counts = legacy.regionCounts.filter((count) => count.appId === appId);
    const outcome = failure === undefined ? judge(appId, counts, legacy) : cannotSay('legacy', null, failure.message);
    if (outcome === null) continue;
    yield observer.observe(examination.scope({ side: 'legacy', subject: appId, appId }), outcome);
  }
}

/** Null: none of the regions that were listed says how many it has. */
function judge(appId: string, all: readonly RegionCount[], legacy: LegacySide): Outcome | null {
  const listed = listedWith(appId, legacy);
  const counts = all.filter(({ region, count }) => listed.regions.has(region) && count.state !== 'absent');
  const [first] = counts;
  if (first === undefined) return null;
  const total = sum(counts.map(({ count }) => orZero(count)));
  const statement: Statement = {
    value: total,
    raw: counts.length === 1 && first.count.state === 'known' ? first.count.raw : null,
    at: first.count.at,
    derivation: counts.length === 1 ? null : `sum of ${counts.length} regions`,
  };
  for (const { region, count } of counts) {
    const reason = unreadableAmong({ [`count of ${region}`]: count });
    if (reason !== null) return cannotSay('legacy', { ...statement, value: null }, reason);
  }
  return against(appId, total, listed, statement);
}

function against(appId: string, total: Decimal, { withApp, silent, regions }: Listed, statement: Statement): Outcome {
  const least = decimal(withApp.size);
  const most = decimal(withApp.size + silent.size);
  if (total === least && silent.size === 0) return EQUAL;
  if (compareDecimals(total, least) >= 0 && compareDecimals(total, most) <= 0) {
    const reason = `the listings do not say which apps ${silent.size} of their organisations have, so the count of ${total} cannot be checked`;
    return cannotSay('legacy', statement, reason);
  }
  const expected = compareDecimals(total, least) < 0 ? least : most;
  const where = regions.size === 1 ? 'the region’s listing' : `the listings of ${regions.size} regions`;
  const delta = subtract(total, expected);
  const sentence = `/v1/regions counts ${total} organisations with ${appId}, ${where} ${regions.size === 1 ? 'has' : 'have'} ${expected} (${moreOrLess(delta)})`;
  return breaks('legacy', statement, delta, sentence);
}

function listedWith(appId: string, { regionListings }: LegacySide): Listed {
  const withApp = new Set<string>();
  const silent = new Set<string>();
  for (const { region, members } of regionListings) {
    for (const { org, appIds } of members) {
      if (appIds.includes(appId)) withApp.add(`${region} ${org.id}`);
      else if (appIds.length === 0) silent.add(`${region} ${org.id}`);
    }
  }
  for (const id of withApp) silent.delete(id);
  return { regions: new Set(regionListings.map(({ region }) => region)), withApp, silent };
}

export const organizationsRule: SideRule = {
  id: 'organization-count',
  category: 'invariant',
  looksAt: 'sides',
  overall: true,
  title: 'Organisations are counted as they are listed',
  doc: 'For each app, over all regions whose organisations were listed: the sum of `organizationCounts` of `/v1/regions` = the number of organisations listed with that app, each once in every region that lists it.',
  example: '"organizationCounts":{"wallboard":4} · 3 organisations listed with wallboard',
  examine,
};
