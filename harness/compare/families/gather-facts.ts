/** The facts that the sides of some families show. */

import { besideOf } from '../judging/notes.ts';
import type { Alignment } from '../pairs/align.ts';
import { providedRates } from '../pairs/pair-context.ts';
import { leftOutOfListing } from '../rules/invariant-listing.ts';
import { statedParts } from '../rules/invariant-sources.ts';
import type { Sides } from '../rules/rule.ts';
import { isAsListed } from '../scope/contract-index.ts';
import { driftAmong, type Facts } from '../scope/family-facts.ts';

/** @param orgs whose families the sides are of */
export function factsOf(sides: Sides & { readonly alignment: Alignment }, orgs: ReadonlySet<string>): Facts {
  const { scope } = sides.alignment;
  const { groups } = scope.products;
  const of = (side: 'legacy' | 'contract') =>
    new Map(groups.map((product) => [product.key, scope.mentions[side](product)]));
  const { contract, legacy } = sides;
  return {
    orgs,
    mentions: { legacy: of('legacy'), contract: of('contract') },
    provided: new Map([...providedRates(scope)].map(([product, provided]) => [product.key, provided])),
    stated: statedParts(sides),
    beside: besideOf(scope),
    listing: {
      asListed: contract.contracts.filter(isAsListed).length,
      leftOut: leftOutOfListing(contract),
    },
    drift: driftAmong([...(legacy?.schema ?? []), ...contract.schema]),
  };
}
