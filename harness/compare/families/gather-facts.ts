/** The facts that the sides of some families show. */
import type { Alignment } from '../align.ts';
import { isAsListed } from '../contract-index.ts';
import { besideOf } from '../notes.ts';
import { providedRates } from '../pair-context.ts';
import type { Sides } from '../rule.ts';
import { leftOutOfListing } from '../rules/invariant-listing.ts';
import { statedParts } from '../rules/invariant-sources.ts';
import { driftAmong, type Facts } from './facts.ts';

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
