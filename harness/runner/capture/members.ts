/** Regions' listings by organisation, so that families can be looked at without everybody else. */
import type { LegacySide, RegionListing } from '../../domain/legacy-side.ts';

/** Each listing with one of its members at a time. */
export function membersIn(usage: LegacySide | null): ReadonlyMap<string, RegionListing[]> {
  const members = new Map<string, RegionListing[]>();
  for (const { region, members: all, at } of usage?.regionListings ?? []) {
    for (const member of all) {
      const own = members.get(member.org.id) ?? [];
      members.set(member.org.id, own);
      own.push({ region, members: [member], at });
    }
  }
  return members;
}

/** The regions' listings, of these organisations alone. */
export function listingsOf(
  orgs: ReadonlySet<string>,
  members: ReadonlyMap<string, readonly RegionListing[]>,
): readonly RegionListing[] {
  const byRegion = new Map<string, RegionListing>();
  for (const one of [...orgs].flatMap((id) => members.get(id) ?? [])) {
    const before = byRegion.get(one.region);
    byRegion.set(one.region, before === undefined ? one : { ...one, members: [...before.members, ...one.members] });
  }
  return [...byRegion.values()];
}
