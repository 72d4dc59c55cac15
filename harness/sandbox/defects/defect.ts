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
  /** Which of the defect's variants; empty if it has none. */
  readonly variant: string;
  /** Nothing else is hidden in this world: it may take away what others would be seen by. */
  readonly alone: boolean;
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
  /** Where this variant or place has others than the defect. */
  readonly rules?: readonly RuleId[];
  readonly needs?: Needs;
  /** What was done, with its numbers, for people. */
  readonly note: string;
}

/** Why it cannot be hidden there: `needs an overage rate`. */
export type Unsuitable = string;

/**
 * What a run must make of it: a mismatch; a cell that is not comparable (within coverage, or whatever coverage says), which
 * a mismatch is as good as; or figures that did not stay.
 */
export type Outcome = 'mismatch' | 'not-comparable' | 'outside-coverage' | 'unstable';

/** What a run must ask beside the contract API to see it. */
export type Needs = 'partner-billing' | 'usage-api';

export type Way = (place: Place, surroundings: Surroundings) => Hidden | Unsuitable;

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
  /** Left out: `mismatch`. */
  readonly outcome?: Outcome;
  readonly needs?: Needs;
  /** Names of its variants; left out: it has none. */
  readonly variants?: readonly string[];
  readonly hide: Way;
}

/** A defect that shows in several ways. */
export const inWays = (defect: Omit<Defect, 'variants' | 'hide'>, ways: Readonly<Record<string, Way>>): Defect => ({
  ...defect,
  variants: Object.keys(ways),
  hide: (place, surroundings) => ways[surroundings.variant]?.(place, surroundings) ?? 'needs one of its variants',
});

/** Rules that compare what both sides say of one product. */
export const PAIR_RULES: readonly RuleId[] = [
  'org-missing-in-contract',
  'org-missing-in-legacy',
  'product-missing-in-contract',
  'product-missing-in-legacy',
  'committed-quantity',
  'included-quantity',
  'actual-quantity',
  'unit-of-measure',
  'overage-quantity',
  'overage-charge',
  'committed-rate',
  'overage-rate',
  'currency',
];

/** Rules that read charges, but hold nothing against the legacy side. */
export const CHARGE_RULES: readonly RuleId[] = [
  'overage-arithmetic',
  'charge-arithmetic',
  'plan-charge-agreement',
  'duplicate-charge',
];

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
