/** What was looked at and what was not, so that no verdict claims more. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { ComparedWhat } from '../../domain/verdict.ts';
import type { Alignment } from '../pairs/align.ts';
import type { Pair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import type { Sides } from '../rules/rule.ts';
import { isAsListed } from '../scope/contract-index.ts';

/** What was looked at, of some families. */
export interface ComparedParts {
  /** Something stands on both sides. */
  readonly quantities: boolean;
  /** Part numbers whose bill rests on a borrowed rate. */
  readonly unpriced: ReadonlySet<string>;
  readonly listingDetail: ComparedWhat['listingDetail'];
}

export function comparedParts({ contract, alignment = null }: Sides): ComparedParts {
  const pairs = alignment === null ? [] : alignment.pairs.map((material) => readPair(material, alignment.readings));
  const set = pairs.filter(
    ({ notComparableReason, legacy, contract: other }) =>
      notComparableReason === null && legacy !== null && other !== null,
  );
  const byId = new Set(contract.contracts.filter((one) => !isAsListed(one)).map(({ id }) => id));
  const asked = contract.listed.filter(({ id }) => byId.has(id)).length;
  return {
    quantities: set.length > 0,
    unpriced: unpricedProducts(set),
    listingDetail: { asked, of: contract.listed.length },
  };
}

/** @param parts of everybody in the run */
export function comparedWhat({ contract, alignment = null }: Sides, parts: ComparedParts): ComparedWhat {
  const { quantities, listingDetail } = parts;
  const unpriced = [...parts.unpriced].sort();
  const lost = contract.failures.find(({ subject }) => subject.kind === 'invoices');
  const invoices = contract.invoices.length === 0 && lost !== undefined ? 'none' : contract.invoicesAsked;
  const because: Record<string, string> = {};
  if (alignment !== null && !quantities) because['quantities'] = whyNothing(alignment);
  if (alignment !== null && unpriced.length > 0) {
    because['prices'] =
      `legacy states no rate for ${unpriced.join(', ')}, so that its use was valued at the contract side’s own rates`;
  }
  if (invoices === 'none') {
    because['invoices'] =
      lost === undefined ? 'no invoices were asked for' : `the invoices could not be read: ${lost.message}`;
  }
  if (listingDetail.asked < listingDetail.of) because['listingDetail'] = whyNotAll(contract, listingDetail);
  return {
    quantities: alignment === null ? contract.details.length > 0 : quantities,
    prices: alignment !== null && quantities && unpriced.length === 0,
    invoices,
    listingDetail,
    because: alignment === null ? { ...because, prices: 'the contract side was looked at alone' } : because,
  };
}

function whyNotAll({ contracts, listed }: ContractSide, { asked, of }: ComparedParts['listingDetail']): string {
  const known = new Set(contracts.map(({ id }) => id));
  const failed = listed.filter(({ id }) => !known.has(id)).length;
  if (failed + asked === of) return 'the others could not be read by id';
  return asked === 0 ? 'they were not asked for by id' : 'a sample, and those whose listing lacks what is compared';
}

/** Part numbers of pairs whose bill rests on a rate that legacy does not state. */
const unpricedProducts = (pairs: readonly Pair[]): ReadonlySet<string> =>
  new Set(pairs.filter(({ bills }) => bills.legacy.borrowed).map(({ product }) => product.partNumber));

const whyNothing = ({ pairs }: Alignment): string =>
  pairs.find(({ notComparableReason }) => notComparableReason !== null)?.notComparableReason ??
  'no product stands on both sides';
