/** What a rule is: permanent id, category, documentation, and one way of looking. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Category, CellScope, Statement } from '../../domain/finding.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Side } from '../../domain/side.ts';
import type { Alignment } from '../pairs/align.ts';
import type { OrgPair, Pair, TermPair } from '../pairs/pair.ts';
import type { Facts } from '../scope/family-facts.ts';

/** What looking through one rule at one thing shows: a fact, not yet judged by tolerances and waivers. */
export type Outcome =
  /** `agreed`: what both sides state, where one value says it. */
  | { readonly kind: 'equal'; readonly agreed?: string }
  | {
      readonly kind: 'different';
      readonly legacy: Statement | null;
      readonly contract: Statement | null;
      /** contract − legacy; days for dates; null where no number says it. One-sided: stated − expected. */
      readonly delta: Decimal | null;
      /** One sentence with the numbers put in, understood without this code. */
      readonly sentence: string;
    }
  | {
      readonly kind: 'not-comparable';
      readonly legacy: Statement | null;
      readonly contract: Statement | null;
      readonly reason: string;
      /** False for a rate that no configured source carries: outside the coverage that `minCoverage` measures. */
      readonly expected: boolean;
    }
  /** No rule says so by itself: a figure that moved between two readings. */
  | {
      readonly kind: 'unstable';
      readonly legacy: Statement | null;
      readonly contract: Statement | null;
      readonly sentence: string;
    };

/** An outcome and what it is about. */
export interface Observation {
  readonly scope: CellScope;
  /** Key of the pair it belongs to; one-sided observations use their subject's own key. */
  readonly pair: string;
  readonly outcome: Outcome;
}

interface RuleBase {
  readonly id: string;
  readonly category: Category;
  readonly title: string;
  /** What it compares and how, for docs/rules.md; units and readings included. */
  readonly doc: string;
  /** The wire on both sides of a difference, short, as a user would see it. */
  readonly example: string;
  /** Which of a pair's differences its money is shown at: the lowest first. Left out: by category (`moneyRankOf`). */
  readonly moneyRank?: number;
}

const RANKS: Readonly<Record<Category, number>> = {
  coverage: 0,
  quantity: 2,
  rate: 3,
  overage: 4,
  term: 5,
  invariant: 6,
  schema: 7,
};

/** Coverage, currency, quantity, rate, overage: the difference that most likely made the money. */
export const moneyRankOf = ({ moneyRank, category }: Pick<RuleBase, 'moneyRank' | 'category'>): number =>
  moneyRank ?? RANKS[category];

/** Compares what both sides state of one pair. */
export interface PairRule extends RuleBase {
  readonly looksAt: 'pair';
  /** Null: the rule has nothing to say of this pair (a product that one side lacks has no rates to compare). */
  compare(pair: Pair, policy: ComparisonPolicy): Outcome | null;
  readonly follows?: Following;
  /** The figure that it compares, if that figure moves while a period is open. */
  readonly rereadFigure?: 'actual' | 'overageQuantity' | 'overageCharge';
}

/** Which differences of its pair a difference of the rule may follow from, and whether it does. */
export interface Following {
  readonly from: readonly RuleId[];
  /** @param parents differences of the same pair under the rules of `from` */
  does(pair: Pair, delta: Decimal | null, parents: readonly Parent[]): boolean;
}

/** A difference of a pair, as one that may follow from it sees it. */
export interface Parent {
  readonly rule: string;
  readonly delta: Decimal | null;
}

/** One of several things that a rule looks at within one pair. */
export interface PairPart {
  readonly side: Side;
  readonly subject: string;
  readonly outcome: Outcome;
}

/** Judges several things within one pair, each with its own cell. */
export interface PartsRule extends RuleBase {
  readonly looksAt: 'parts';
  examine(pair: Pair, policy: ComparisonPolicy): readonly PairPart[];
  /** The rule that says the same of the pair's two sides, by subject: where it differs by as much, this follows from it. */
  readonly sameAs?: Readonly<Record<string, RuleId>>;
}

/** Says whether an organisation that one side knows is on the other side too. */
export interface OrgRule extends RuleBase {
  readonly looksAt: 'org';
  /** Null: the side that the rule starts from does not have the organisation. */
  compare(org: OrgPair): Outcome | null;
}

/** Compares the dates of one organisation's subscription with its contracts. */
export interface TermRule extends RuleBase {
  readonly looksAt: 'term';
  compare(term: TermPair, policy: ComparisonPolicy): Outcome;
}

/** Both sides as a whole: who is on one side and not on the other, and everything that must hold within one side. */
export interface Sides {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  readonly policy: ComparisonPolicy;
  /** What is set against what; left out or null where there is no legacy side. */
  readonly alignment?: Alignment | null;
  /** What families show that were judged before; null or left out: none was. */
  readonly familyFacts?: Facts | null;
  /** Some families of a run alone: what is about the whole run is not looked at. */
  readonly inPart?: boolean;
}

/** Looks at a side (or both) as a whole and observes each thing that it checked, equal ones too. */
export interface SideRule extends RuleBase {
  readonly looksAt: 'sides';
  examine(sides: Sides): Iterable<Observation>;
  /** It is about the run as a whole, so that families alone cannot be judged by it. */
  readonly overall?: true;
  /**
   * The rule that compares the same figure of a charge with legacy: where that differs, this is the same fact. By field on the
   * wire where the rule looks at several.
   */
  readonly sameFactAs?: RuleId | Readonly<Record<string, RuleId>>;
}

/** Looks at what the comparison as a whole makes, once everything else is judged. */
export interface ConclusionRule extends RuleBase {
  readonly looksAt: 'conclusion';
}

export type Rule = PairRule | PartsRule | OrgRule | TermRule | SideRule | ConclusionRule;
