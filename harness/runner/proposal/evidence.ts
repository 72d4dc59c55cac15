/** What speaks for and against one part number standing for one SKU, or for several that add up to it. Pure. */

import { ratesAgreeConverted } from '../../compare/pairs/conversion.ts';
import { stemOf } from '../../compare/scope/sku-stem.ts';
import { type Decimal, isZero, maximum } from '../../domain/decimal.ts';
import { dividedByRatio, type Ratio, UNITY } from '../../domain/ratio.ts';
import { productKey } from '../../domain/side.ts';
import { agrees, type QuantityPair, speaks, suggestedFactors } from './factor.ts';
import { added, type Held, type Holding } from './holdings.ts';

/** How the two names are alike: to the letter, but for the prefix, by the product's name for people, or not at all. */
export type Likeness = 'same' | 'stem' | 'title' | 'none';

/** Counts are of holders: organisations, or organisations that share a charge. */
export interface Evidence {
  readonly likeness: Likeness;
  readonly factor: Ratio;
  /** Held on both sides, on legacy alone, on the contract side alone. */
  readonly both: number;
  readonly legacyOnly: number;
  readonly contractOnly: number;
  /** Holders of both whose quantities agree by the factor, or do not; of the others nothing but zeros is stated. */
  readonly agree: number;
  readonly differ: number;
  /** Different quantities among those that agree: three times the same 1 is no three proofs. */
  readonly distinct: number;
  readonly ratesAgree: number;
  readonly ratesDiffer: number;
  /** Holders whose use, in pieces of a cut period, adds up to legacy's; and those whose greatest piece is legacy's. */
  readonly pieces: { readonly add: number; readonly greatest: number };
  /** Units that the holders agree in have words on both sides. */
  readonly units: readonly (readonly [legacy: string, contract: string])[];
}

interface Match {
  readonly legacy: readonly Holding[];
  /** One a SKU; several add up. */
  readonly contract: readonly Holding[];
}

/** @param skus several: their quantities add up to the one legacy row */
export function evidenceFor(part: Held, skus: readonly Held[]): Evidence {
  const { matches, legacyOnly, contractOnly } = matched(part, skus);
  const pairs = matches.map(pairsOf);
  const factor = bestFactor(pairs);
  const judged = pairs.map((own) => standing(own, factor));
  const agreeing = matches.filter((_, index) => judged[index] === 'agree');
  const rates = matches.flatMap((match) => ratesOf(match, skus.length, factor));
  return {
    likeness: likenessOf(part, skus),
    factor,
    both: matches.length,
    legacyOnly,
    contractOnly,
    agree: agreeing.length,
    differ: judged.filter((one) => one === 'differ').length,
    distinct: new Set(agreeing.flatMap(({ legacy }) => quantitiesOf(legacy))).size,
    ratesAgree: rates.filter((one) => one).length,
    ratesDiffer: rates.filter((one) => !one).length,
    pieces: piecesOf(matches, factor),
    units: wordsOf(agreeing),
  };
}

const quantitiesOf = (holdings: readonly Holding[]): readonly Decimal[] =>
  holdings.flatMap(({ committed, actual }) => [...committed, ...actual]).filter((value) => !isZero(value));

function matched(part: Held, skus: readonly Held[]) {
  const byOrg = new Map(part.holdings.map((holding) => [holding.orgs[0] ?? '', holding]));
  const groups = new Map<string, Holding[]>();
  for (const holding of skus.flatMap(({ holdings }) => holdings)) {
    const key = holding.orgs.join(',');
    groups.set(key, [...(groups.get(key) ?? []), holding]);
  }
  const matches: Match[] = [];
  const found = new Set<string>();
  let contractOnly = 0;
  for (const contract of groups.values()) {
    const orgs = contract[0]?.orgs ?? [];
    const legacy = orgs.flatMap((org) => byOrg.get(org) ?? []);
    for (const org of orgs) found.add(org);
    if (legacy.length > 0) matches.push({ legacy, contract });
    else if (!contract.every(isIdle)) contractOnly += 1;
  }
  // A product all zero on one side and absent on the other is the same.
  const legacyOnly = part.holdings.filter((holding) => !found.has(holding.orgs[0] ?? '') && !isIdle(holding)).length;
  return { matches, legacyOnly, contractOnly };
}

const isIdle = ({ committed, actual }: Holding): boolean => [...committed, ...actual].every(isZero);

/** Each way to read one holder: several lines of one product add up, or the greatest counts. */
type Pairs = readonly (readonly QuantityPair[])[];

function pairsOf(match: Match): Pairs {
  const isCut = match.contract.some(({ lines }) => lines.length > 1);
  return [added, ...(isCut ? [greatest] : [])].map((join) =>
    [quantityPair(match, ({ committed }) => committed, join, false), usePair(match, join)].filter(
      (pair): pair is QuantityPair => pair !== null && speaks(pair),
    ),
  );
}

const usePair = (match: Match, join: Join): QuantityPair | null =>
  quantityPair(match, ({ actual }) => actual, join, true);

/** What the holders of a match state together on each side; null where one of them does not state it. */
function quantityPair(
  { legacy, contract }: Match,
  read: (holding: Holding) => readonly Decimal[],
  join: Join,
  moves: boolean,
): QuantityPair | null {
  const [before, after] = [
    together(legacy.map((holding) => added(read(holding)))),
    together(contract.map((holding) => join(read(holding)))),
  ];
  return before === null || after === null ? null : { legacy: before, contract: after, moves };
}

const together = (values: readonly (Decimal | null)[]): Decimal | null =>
  values.includes(null) ? null : added(values.filter((value) => value !== null));

type Join = (values: readonly Decimal[]) => Decimal | null;

function greatest(values: readonly Decimal[]): Decimal | null {
  const [first, ...rest] = values;
  return first === undefined ? null : maximum(first, ...rest);
}

function standing(pairs: Pairs, factor: Ratio): 'agree' | 'differ' | 'silent' {
  if (pairs.every((way) => way.length === 0)) return 'silent';
  return pairs.some((way) => way.length > 0 && way.every((pair) => agrees(pair, factor))) ? 'agree' : 'differ';
}

/** The factor by which most holders agree; 1 where none is better. */
function bestFactor(pairs: readonly Pairs[]): Ratio {
  let best = UNITY;
  let most = -1;
  for (const factor of suggestedFactors(pairs.flat(2))) {
    const count = pairs.filter((own) => standing(own, factor) === 'agree').length;
    if (count > most) [best, most] = [factor, count];
  }
  return best;
}

/** Of each cut period in which the two ways to read it differ. */
function piecesOf(matches: readonly Match[], factor: Ratio): Evidence['pieces'] {
  const counts = { add: 0, greatest: 0 };
  for (const match of matches) {
    const [together, most] = [added, greatest].map((join) => usePair(match, join));
    if (together === undefined || most === undefined || together === null || most === null) continue;
    if (together.contract === most.contract) continue;
    if (agrees(together, factor)) counts.add += 1;
    else if (agrees(most, factor)) counts.greatest += 1;
  }
  return counts;
}

/** Of several SKUs each has a price of its own. */
function ratesOf({ legacy, contract }: Match, skus: number, factor: Ratio): boolean[] {
  if (skus > 1) return [];
  const compared = (read: (holding: Holding) => readonly Decimal[]): boolean[] => {
    const before = new Set(legacy.flatMap(read));
    const after = new Set(contract.flatMap(read));
    const [one] = before;
    if (before.size !== 1 || after.size === 0 || one === undefined) return [];
    return [[...after].some((rate) => ratesAgreeConverted(dividedByRatio(one, factor), rate, factor))];
  };
  return [...compared(({ committedRates }) => committedRates), ...compared(({ overageRates }) => overageRates)];
}

function wordsOf(matches: readonly Match[]): [string, string][] {
  const words = new Map<string, [string, string]>();
  for (const { legacy, contract } of matches) {
    for (const before of unitsOf(legacy)) {
      for (const after of unitsOf(contract)) words.set(`${before}\n${after}`, [before, after]);
    }
  }
  return [...words.values()];
}

const unitsOf = (holdings: readonly Holding[]): string[] =>
  holdings.flatMap(({ lines }) => lines).flatMap(({ unit }) => (unit.state === 'known' ? [unit.value] : []));

function likenessOf(part: Held, skus: readonly Held[]): Likeness {
  const every = (is: (sku: Held) => boolean): boolean => skus.every(is);
  const [key, stem] = [productKey(part.name), stemOf(part.name)];
  if (every(({ name }) => productKey(name) === key)) return 'same';
  if (stem !== null && every(({ name }) => stemOf(name)?.startsWith(stem) === true)) return 'stem';
  const titles = titlesOf(part);
  return every((sku) => [...titlesOf(sku)].some((title) => titles.has(title))) ? 'title' : 'none';
}

const titlesOf = ({ lines }: Held): Set<string> =>
  new Set(lines.flatMap(({ productName }) => (productName === null ? [] : [productName.trim().toLowerCase()])));
