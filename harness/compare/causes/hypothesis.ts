/** What a hypothesis is: one way in which the contract side may have erred, tried on every pair that mismatches. */
import type { CauseId } from '../../domain/cause-ids.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Alignment } from '../pairs/align.ts';
import type { LegacyPair, OpenTerm, Pair } from '../pairs/pair.ts';

/** What a hypothesis may look at beside the pair itself. */
export interface CauseContext {
  readonly alignment: Alignment;
  readonly contract: ContractSide;
  readonly policy: ComparisonPolicy;
  /** Legacy's answers for the billing period before, by organisation; empty unless the run has asked for them. */
  readonly earlier: ReadonlyMap<string, LegacySubscription>;
  /** Pairs with at least one mismatch, of which legacy states something. */
  readonly suspects: readonly LegacyPair[];
}

/** The pair as it would be if the hypothesis held: what legacy says turned into what the erring side would make of it. */
export interface WhatIf {
  readonly pair: Pair;
  /** How, where there are several ways: `× 60`. Null: there is only one. */
  readonly variant: string | null;
}

export interface WhatIfTerm {
  readonly term: OpenTerm;
  readonly variant: string | null;
}

interface HypothesisBase {
  /** Permanent, kebab-case. */
  readonly id: CauseId;
  /** What went wrong, for people: `bundleQuantity is left out`. */
  readonly title: string;
  /** What is assumed and how it is tried, for docs/rules.md. */
  readonly doc: string;
  /** Rules whose mismatches it can make disappear. It is refused for a pair in which it breaks one of them that agreed. */
  readonly rules: readonly RuleId[];
}

export interface PairHypothesis extends HypothesisBase {
  readonly looksAt: 'pair';
  /** Findings of one side about the same charges that it accounts for too. */
  readonly accountsFor?: readonly RuleId[];
  /** Prepared once a comparison; the function is then called for each pair that mismatches and of which legacy states something. */
  prepare(context: CauseContext): (pair: LegacyPair) => Iterable<WhatIf>;
}

export interface TermHypothesis extends HypothesisBase {
  readonly looksAt: 'term';
  prepare(context: CauseContext): (term: OpenTerm) => Iterable<WhatIfTerm>;
}

export type Hypothesis = PairHypothesis | TermHypothesis;

/** Rules that compare quantities and what follows from them. */
export const QUANTITY_RULES: readonly RuleId[] = [
  'committed-quantity',
  'included-quantity',
  'actual-quantity',
  'overage-quantity',
  'overage-charge',
];
