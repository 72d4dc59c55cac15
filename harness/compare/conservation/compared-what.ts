/** What was looked at and what was not, so that no verdict claims more. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { ComparedWhat } from '../../domain/verdict.ts';
import type { Alignment } from '../align.ts';
import { isAsListed } from '../contract-index.ts';
import type { Pair } from '../pair.ts';
import { readPair } from '../read-pair.ts';
import type { Sides } from '../rule.ts';

export function comparedWhat({ contract, alignment = null }: Sides): ComparedWhat {
  const pairs = alignment === null ? [] : alignment.pairs.map((material) => readPair(material, alignment.readings));
  const set = pairs.filter(
    ({ obstacle, legacy, contract: other }) => obstacle === null && legacy !== null && other !== null,
  );
  const unpriced = unpricedProducts(set);
  const lost = contract.failures.find(({ subject }) => subject.kind === 'invoices');
  const invoices = contract.invoices.length === 0 && lost !== undefined ? 'none' : contract.invoicesAsked;
  const byId = new Set(contract.contracts.filter((one) => !isAsListed(one)).map(({ id }) => id));
  const asked = contract.listed.filter(({ id }) => byId.has(id));
  const because: Record<string, string> = {};
  if (alignment !== null && set.length === 0) because['quantities'] = whyNothing(alignment);
  if (alignment !== null && unpriced.length > 0) {
    because['prices'] =
      `legacy states no rate for ${unpriced.join(', ')}, so that its use was valued at the contract side’s own rates`;
  }
  if (invoices === 'none') {
    because['invoices'] =
      lost === undefined ? 'no invoices were asked for' : `the invoices could not be read: ${lost.message}`;
  }
  if (asked.length < contract.listed.length) because['listingDetail'] = whyNotAll(contract, asked.length);
  return {
    quantities: alignment === null ? contract.details.length > 0 : set.length > 0,
    prices: alignment !== null && set.length > 0 && unpriced.length === 0,
    invoices,
    listingDetail: { asked: asked.length, of: contract.listed.length },
    because: alignment === null ? { ...because, prices: 'the contract side was looked at alone' } : because,
  };
}

function whyNotAll({ contracts, listed }: ContractSide, asked: number): string {
  const known = new Set(contracts.map(({ id }) => id));
  const failed = listed.filter(({ id }) => !known.has(id)).length;
  if (failed + asked === listed.length) return 'the others could not be read by id';
  return asked === 0 ? 'they were not asked for by id' : 'a sample, and those whose listing lacks what is compared';
}

/** Part numbers of pairs whose bill rests on a rate that legacy does not state. */
function unpricedProducts(pairs: readonly Pair[]): readonly string[] {
  const found = pairs.filter(({ bills }) => bills.legacy.borrowed).map(({ product }) => product.partNumber);
  return [...new Set(found)].sort();
}

const whyNothing = ({ pairs }: Alignment): string =>
  pairs.find(({ obstacle }) => obstacle !== null)?.obstacle ?? 'no product stands on both sides';
