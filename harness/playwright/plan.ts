/** Which tests there are, and which cells each of them answers for: together for all. */
import { safeText } from '../report/words/safe-text.ts';
import type { TestedOrganisation } from './organisations.ts';
import type { OrganisationStanding, PairStanding } from './standing.ts';

/** One test over some of the pairs. */
export interface PlannedTest {
  readonly title: string;
  /** Each begins with `@`. */
  readonly tags: readonly string[];
  /** The one organisation that it is about; null for a group of them. */
  readonly organisation: TestedOrganisation | null;
  claims(standing: OrganisationStanding, pair: PairStanding): boolean;
}

/** Tags may hold no white space. */
const tag = (text: string): string => `@${text.replaceAll(/\s+/g, '-')}`;

/** Harmless on a terminal; and Playwright would take `@word` for a tag. */
const plainTitle = (name: string): string => safeText(name).replaceAll('@', '＠');

/** One test an organisation; with more than `most` of them, one an app and region. */
export function planTests(organisations: readonly TestedOrganisation[], most: number): readonly PlannedTest[] {
  return organisations.length <= most ? organisations.map(ofOrganisation) : ofGroups(organisations);
}

function ofOrganisation(organisation: TestedOrganisation): PlannedTest {
  const { id, name, region, appIds, currencies } = organisation;
  const words = [...appIds, ...(region === null ? [] : [region]), ...currencies];
  return {
    // The id keeps a test apart from that of another organisation with the same name.
    title: name === null ? id : `${plainTitle(name)} (${id})`,
    tags: words.map(tag),
    organisation,
    claims: (standing) => standing.id === id,
  };
}

function ofGroups(organisations: readonly TestedOrganisation[]): PlannedTest[] {
  const groups = new Map<string, { appId: string; region: string; ids: Set<string> }>();
  for (const { id, region, appIds } of organisations) {
    for (const appId of region === null ? [] : appIds) {
      const key = JSON.stringify([appId, region]);
      const group = groups.get(key) ?? { appId, region: region ?? '', ids: new Set() };
      group.ids.add(id);
      groups.set(key, group);
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { appId, region, ids }]) => ({
      title: `${appId} · ${region} (${ids.size} organisations)`,
      tags: [tag(appId), tag(region)],
      organisation: null,
      claims: (standing, pair) => pair.appId === appId && ids.has(standing.id),
    }));
}
