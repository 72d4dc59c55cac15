/** One spelling of each organisation's name, whichever order the answers came in. Ids decide; names are for people. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ExpectedOrgs } from '../../domain/policy.ts';
import { type OrgRef, orgId } from '../../domain/side.ts';

/** By id: as legacy spells it, else as the contract side does, else as the scenario does. */
export function orgNames(
  legacy: LegacySide,
  contract: ContractSide,
  expected: ExpectedOrgs,
): ReadonlyMap<string, OrgRef> {
  const names = new Map<string, OrgRef>();
  const tier = (orgs: Iterable<OrgRef>): void => {
    const found = new Map<string, OrgRef>();
    for (const org of orgs) {
      const before = found.get(org.id);
      if (before === undefined || (org.name !== null && (before.name === null || org.name < before.name))) {
        found.set(org.id, org);
      }
    }
    for (const [id, org] of found) if ((names.get(id)?.name ?? null) === null) names.set(id, org);
  };
  tier(legacy.subscriptions.map((subscription) => subscription.org));
  tier(legacyMentions(legacy));
  tier(contractMentions(contract));
  tier((expected ?? []).map((org) => ({ id: orgId(org.id), name: org.name })));
  return names;
}

function* legacyMentions(legacy: LegacySide): Generator<OrgRef> {
  for (const listing of legacy.regionListings) for (const member of listing.members) yield member.org;
  for (const unknown of legacy.unknownOrgs) yield unknown.org;
  for (const failure of legacy.failures) if (failure.subject.kind === 'organisation') yield failure.subject.org;
}

function* contractMentions(contract: ContractSide): Generator<OrgRef> {
  for (const each of [...contract.contracts, ...contract.listed]) for (const plan of each.plans) yield* plan.orgs;
  for (const line of contract.lines) yield* line.orgs;
}
