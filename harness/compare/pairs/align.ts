/** Sets the two sides against each other: organisations, products, dates. Decides what can be compared, judges nothing. */
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import { type ComparisonScope, comparisonScopeOf, type Part } from '../scope/comparison-scope.ts';
import type { Facts } from '../scope/family-facts.ts';
import { type Readings, readingsOf } from '../scope/readings.ts';
import { alignOrgs } from './align-orgs.ts';
import { alignPairs } from './align-pairs.ts';
import { alignTerms } from './align-terms.ts';
import type { OrgPair, PairMaterial, TermPair } from './pair.ts';

export interface Alignment {
  readonly scope: ComparisonScope;
  readonly readings: Readings;
  /** Each in a fixed order: by organisations, product, period. */
  readonly orgs: readonly OrgPair[];
  readonly pairs: readonly PairMaterial[];
  readonly terms: readonly TermPair[];
}

export function align(
  legacy: LegacySide,
  contract: ContractSide,
  policy: ComparisonPolicy,
  part: Part | null = null,
  familyFacts: Facts | null = null,
): Alignment {
  const readings = readingsOf(policy);
  const scope = comparisonScopeOf(legacy, contract, policy, { readings, part, familyFacts });
  return { scope: scope, readings, orgs: alignOrgs(scope), pairs: alignPairs(scope), terms: alignTerms(scope) };
}
