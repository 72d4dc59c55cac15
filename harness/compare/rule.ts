/** What a rule is: permanent id, category, documentation, and one way of looking. */
import type { ContractSide } from '../domain/contract-side.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { Category, CellScope, Statement } from '../domain/finding.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { Side } from '../domain/side.ts';
import type { OrgPair, Pair, TermPair } from './pair.ts';

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

interface RuleFace {
  readonly id: string;
  readonly category: Category;
  readonly title: string;
  /** What it compares and how, for docs/rules.md; units and readings included. */
  readonly doc: string;
  /** The wire on both sides of a difference, short, as a user would see it. */
  readonly example: string;
}

/** Compares what both sides state of one pair. */
export interface PairRule extends RuleFace {
  readonly looksAt: 'pair';
  /** Null: the rule has nothing to say of this pair (a product that one side lacks has no rates to compare). */
  compare(pair: Pair, policy: ComparisonPolicy): Outcome | null;
}

/** One of several things that a rule looks at within one pair. */
export interface PairPart {
  readonly side: Side;
  readonly subject: string;
  readonly outcome: Outcome;
}

/** Judges several things within one pair, each with its own cell. */
export interface PartsRule extends RuleFace {
  readonly looksAt: 'parts';
  examine(pair: Pair, policy: ComparisonPolicy): readonly PairPart[];
}

/** Says whether an organisation that one side knows is on the other side too. */
export interface OrgRule extends RuleFace {
  readonly looksAt: 'org';
  /** Null: the side that the rule starts from does not have the organisation. */
  compare(org: OrgPair): Outcome | null;
}

/** Compares the dates of one organisation's subscription with its contracts. */
export interface TermRule extends RuleFace {
  readonly looksAt: 'term';
  compare(term: TermPair, policy: ComparisonPolicy): Outcome;
}

/** Both sides as a whole: who is on one side and not on the other, and everything that must hold within one side. */
export interface Sides {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  readonly policy: ComparisonPolicy;
}

/** Looks at a side (or both) as a whole and observes each thing that it checked, equal ones too. */
export interface SideRule extends RuleFace {
  readonly looksAt: 'sides';
  examine(sides: Sides): Iterable<Observation>;
}

export type Rule = PairRule | PartsRule | OrgRule | TermRule | SideRule;
