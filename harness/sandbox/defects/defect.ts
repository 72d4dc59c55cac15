/** What a defect is: something wrong that can be hidden at a place of a world, and what must be reported then. */
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Edit, WorldEdit } from '../edit.ts';
import type { Account, Holding, Organisation, World } from '../world/facts.ts';
import type { Random } from '../world/random.ts';

/** Where to hide it. */
export interface Place {
  readonly account: Account;
  /** One of the account's, never a dormant one. */
  readonly holding: Holding;
  /** The organisation whose figures are concerned, where one alone is: a holder. */
  readonly org: Organisation;
}

export interface Surroundings {
  readonly world: World;
  readonly random: Random;
  /** Other accounts in which nothing is hidden yet. */
  readonly free: readonly Account[];
}

/** What hiding it does. */
export interface Hidden {
  readonly edits: readonly Edit[];
  readonly world?: WorldEdit;
  /** Whom a finding must name. */
  readonly orgs: readonly Organisation[];
  /** SKUs that are touched; empty: not about products. */
  readonly skus: readonly string[];
  /** Further accounts that it takes up. */
  readonly accounts?: readonly Account[];
  /** What was done, with its numbers, for people. */
  readonly note: string;
}

/** Why it cannot be hidden there: `needs an overage rate`. */
export type Unsuitable = string;

export interface Defect {
  /** Permanent. */
  readonly id: string;
  readonly title: string;
  /** Rules of which at least one must report it. */
  readonly rules: readonly RuleId[];
  /** The root cause that three pairs and more must bring out; null: none. */
  readonly cause: string | null;
  /** `product`: other products of the account stay true. */
  readonly scope: 'product' | 'account';
  /** What a run must ask beside the usage API and the contract API to see it. */
  readonly needs?: 'partner-billing';
  hide(place: Place, surroundings: Surroundings): Hidden | Unsuitable;
}

/** The edit applies to the product of the place only. */
export const sameProduct = (place: Place, { product }: Pick<Holding, 'product'>): boolean =>
  product === place.holding.product;

/** Everyone whom a charge of the place's product names together with its organisation. */
export const chargedTogether = ({ holding, org }: Place): readonly Organisation[] =>
  holding.pooled ? holding.holders.map((holder) => holder.org) : [org];

/** The product's charges, its organisations and its SKUs, with what was done. */
export const inCharges = (place: Place, edit: Edit, note: string): Hidden => ({
  edits: [edit],
  orgs: chargedTogether(place),
  skus: place.holding.product.skus,
  note,
});

/** The product of all its holders, with what was done. */
export const inProduct = (place: Place, edit: Edit, note: string): Hidden => ({
  ...inCharges(place, edit, note),
  orgs: holdersOf(place),
});

/** The whole account, with what was done. */
export const inAccount = (place: Place, edit: Edit, note: string): Hidden => ({
  edits: [edit],
  orgs: place.account.orgs,
  skus: [],
  note,
});

const holdersOf = ({ holding }: Place): readonly Organisation[] => holding.holders.map(({ org }) => org);
