/** Which products an account holds, how much of each is committed, and how it is used. */
import { compareDecimals, decimal, ZERO } from '../../domain/decimal.ts';
import { type Product, productOf, unsplit } from './catalogue.ts';
import type { Account, Holder, Holding, Organisation, Use } from './facts.ts';
import { keyOf } from './figures.ts';
import { pricesOf } from './prices.ts';
import { dealer, Random } from './random.ts';
import type { Shape } from './schedule.ts';
import { hasSpelling, isChosenSpelling, type Spellings } from './spellings.ts';

const WALLB = 'PC-170-NV-WALLB';
const BOTMSG = 'PC-170-NV-BOTMSG';
const BOTPEAK = 'PC-170-NV-BOTPEAK';
const SITE = 'PC-170-NV-SITE';
const MIN = 'PC-170-NV-MIN';
const COACH = 'PC-170-NV-COACH';

const SETS: readonly (readonly string[])[] = [
  [WALLB],
  [WALLB, BOTMSG],
  [BOTMSG, BOTPEAK],
  [SITE, MIN],
  [WALLB, SITE, MIN],
  [BOTMSG, MIN],
  [WALLB, BOTPEAK, MIN],
  [WALLB, BOTMSG, BOTPEAK, SITE, MIN],
  [BOTMSG, BOTPEAK, SITE, MIN],
];

/** Whole units committed, from and to; a site licence is always one. */
const COMMITMENT: Readonly<Record<string, readonly [number, number]>> = {
  [WALLB]: [8, 200],
  [BOTMSG]: [1000, 50_000],
  [BOTPEAK]: [8, 60],
  [SITE]: [1, 1],
  [MIN]: [10, 120],
  [COACH]: [8, 120],
};

export type Base = Omit<Account, 'holdings'>;

/** Draws what the holdings of all accounts of one world need, evenly. */
export interface HoldingDeck {
  readonly set: () => readonly string[];
  readonly use: () => Use;
  readonly bundle: () => number | null;
  readonly allowance: () => boolean;
  readonly spellings: Spellings;
}

export const holdingDeck = (seed: number, spellings: Spellings): HoldingDeck => ({
  spellings,
  set: dealer(seed, 'products', SETS),
  use: dealer<Use>(seed, 'use', ['over', 'over', 'over', 'under', 'under', 'exact']),
  bundle: dealer<number | null>(seed, 'bundle', [12, 60, 12, null]),
  allowance: dealer(seed, 'allowance', hasSpelling(spellings, 'fair-use') ? [true, true, false] : [false]),
});

/** Without a commitment nothing is prepaid, and a site licence cannot be. */
const uncommitted = (shape: Shape): boolean => shape === 'monthly' || shape === 'trial';

export function holdingsOf(seed: number, base: Base, shape: Shape, deck: HoldingDeck): Holding[] {
  const set = deck.set().map((part) => productIn(part, deck.spellings));
  const products = uncommitted(shape) ? set.filter((product) => product.kind !== 'site') : set;
  const holdings = products.map((product, index) =>
    holdingOf(seed, base, product, { first: index === 0, shape }, deck),
  );
  const zeros = base.orgs.length === 1 && hasSpelling(deck.spellings, 'zero-rows');
  return zeros ? withDormant(seed, base, holdings, shape, deck.spellings) : holdings;
}

/** A product that two SKUs stand for has one of them alone where nothing is split. */
const productIn = (partNumber: string, spellings: Spellings): Product =>
  hasSpelling(spellings, 'split-and-merged') ? productOf(partNumber) : unsplit(productOf(partNumber));

/** @param how `first`: of the account's products, which all its organisations hold; `block`: which one of a product */
export function holdingOf(
  seed: number,
  base: Base,
  product: Product,
  how: { readonly first: boolean; readonly shape: Shape; readonly block?: number },
  deck: HoldingDeck,
): Holding {
  const { first, shape, block } = how;
  const named = block === undefined ? { product } : { product, block };
  const random = new Random(seed, 'holding', base.index, keyOf(named));
  const members = first ? base.orgs : membersFor(base.orgs, random);
  const bundle = product.partNumber === MIN && !uncommitted(shape) ? deck.bundle() : null;
  const usual = product.partNumber === BOTMSG && shape === 'plain' && base.orgs.length === 1;
  const giant = usual && random.chance(35) && hasSpelling(deck.spellings, 'long-decimals');
  const holders = members.map((org) =>
    giant ? giantHolder(org) : holderOf(org, product, bundle, uncommitted(shape), deck, random),
  );
  const agreements = base.former === undefined ? base.agreements : [base.former, ...base.agreements];
  const rates = pricesOf(product, base.currency, agreements, base.periods, random);
  return {
    ...named,
    holders,
    unit: hasSpelling(deck.spellings, 'unit-words') ? random.pick(product.units) : firstUnit(product),
    grouping: random.pick(product.groupings),
    step: decimal(product.kind === 'sum' ? random.pick(stepsIn(deck.spellings)) : '1'),
    rates: rates.map((step) => ({
      ...step,
      ...(giant ? { price: decimal('0.000001'), overagePrice: decimal('0.000001'), discount: null } : {}),
      ...(shape === 'trial' ? { overagePrice: ZERO } : {}),
    })),
    pooled: holders.length > 1 && random.chance(75),
    wallet: product.partNumber === BOTMSG && random.chance(60) && holders.every(fitsWallet),
    dormant: null,
  };
}

function firstUnit({ units }: Product): Product['units'][number] {
  const [unit] = units;
  if (unit === undefined) throw new Error('a product without a unit');
  return unit;
}

/** Tenths: three of them are 0.3 and nothing else. */
function stepsIn(spellings: Spellings): readonly string[] {
  if (isChosenSpelling(spellings, 'long-decimals')) return ['0.1', '0.125', '0.5'];
  return hasSpelling(spellings, 'long-decimals') ? ['0.25', '0.5', '0.125'] : ['0.5'];
}

/**
 * A wallet holds the allowance where there is one, else what is prepaid: as much as may be used without overage, or its
 * balance would end below zero. Holders of one wallet are alike in this.
 */
const fitsWallet = ({ included, prepay }: Holder, _index: number, [first]: readonly Holder[]): boolean =>
  (included === null) === (first?.included === null) && (included === null || compareDecimals(included, prepay) >= 0);

/** All organisations, or all but one where that leaves two at least. */
function membersFor(orgs: readonly Organisation[], random: Random): readonly Organisation[] {
  return orgs.length > 2 && random.chance(30) ? orgs.slice(1) : orgs;
}

function holderOf(
  org: Organisation,
  product: Product,
  bundle: number | null,
  free: boolean,
  deck: HoldingDeck,
  random: Random,
): Holder {
  const [from, to] = COMMITMENT[product.partNumber] ?? [1, 10];
  const units = random.int(from, to);
  const allowance = product.partNumber === BOTMSG && deck.allowance() ? random.int(500, 60_000) : null;
  return {
    org,
    prepay: free ? ZERO : decimal(units),
    bundle: bundle === null ? null : decimal(bundle),
    included: allowance === null ? null : decimal(allowance),
    scale: free ? (allowance ?? units) : Math.max(units, allowance ?? 0),
    openUse: product.kind === 'site' ? 'exact' : deck.use(),
  };
}

/** Figures with more digits than floating point can hold. */
const giantHolder = (org: Organisation): Holder => ({
  org,
  prepay: decimal('12000000000000'),
  bundle: null,
  included: null,
  scale: 1,
  openUse: 'giant',
});

/** A product that is listed with all zeros on one side or on both. */
function withDormant(seed: number, base: Base, holdings: Holding[], shape: Shape, spellings: Spellings): Holding[] {
  const random = new Random(seed, 'dormant', base.index);
  const spare = [WALLB, BOTPEAK, MIN].filter((part) => !holdings.some(({ product }) => product.partNumber === part));
  const [org] = base.orgs;
  if (spare.length === 0 || org === undefined || shape === 'trial' || !random.chance(30)) return holdings;
  const product = productIn(random.pick(spare), spellings);
  const legacy = random.chance(60);
  const dormant: Holding = {
    product,
    holders: [{ org, prepay: ZERO, bundle: null, included: null, scale: 0, openUse: 'none' }],
    unit: hasSpelling(spellings, 'unit-words') ? random.pick(product.units) : firstUnit(product),
    grouping: random.pick(product.groupings),
    step: decimal(1),
    rates: pricesOf(product, base.currency, base.agreements, base.periods, random),
    pooled: false,
    wallet: false,
    dormant: { legacy, contract: !legacy || random.chance(50) },
  };
  return [...holdings, dormant];
}
