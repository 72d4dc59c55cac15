/** Sets the two sides against each other: organisations, products, dates. Decides what can be compared, judges nothing. */

import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import { type ComparisonScope, comparisonScopeOf, type Part, type ScopedOrg } from '../scope/comparison-scope.ts';
import type { Facts } from '../scope/family-facts.ts';
import { type Readings, readingsOf } from '../scope/readings.ts';
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

/** Every organisation in scope, by id. */
function alignOrgs(scope: ComparisonScope): readonly OrgPair[] {
  return [...scope.orgs.values()].map((scoped) => ({
    key: `org ${scoped.org.id}`,
    org: scoped.org,
    region: scoped.region,
    period: periodOf(scoped),
    legacy: scoped.presence.legacy,
    contract: scoped.presence.contract,
    lines: linesOf(scope, scoped),
  }));
}

const periodOf = ({ legacy, wantedLines }: ScopedOrg): BillingPeriod | null =>
  legacy.state === 'present' ? legacy.subscription.period : (wantedLines[0]?.period ?? null);

/**
 * A charge that covers others too is left to the others, where legacy knows one of them: nobody can say whose money it
 * is. Where it knows none, the first of them stands for all.
 */
function linesOf(scope: ComparisonScope, { org, legacy, wantedLines }: ScopedOrg): readonly Line[] {
  if (legacy.state === 'present') return legacy.subscription.lines;
  const isUnknown = (id: string): boolean => scope.orgs.get(id)?.legacy.state === 'unknown';
  return wantedLines.filter(
    ({ orgs: [first, ...more] }) => org.id === first?.id && more.every(({ id }) => isUnknown(id)),
  );
}
