/** Which differences of one pair follow from others, as the rules themselves say. */
import type { Decimal } from '../../domain/decimal.ts';
import type { Pair } from '../pairs/pair.ts';
import type { RuleObservation } from './observe.ts';

/** @returns for each observation that follows from others those others, all of them different too */
export function derivations(
  pair: Pair,
  different: readonly RuleObservation[],
): ReadonlyMap<RuleObservation, readonly RuleObservation[]> {
  const found = new Map<RuleObservation, readonly RuleObservation[]>();
  for (const observation of different) {
    const parents = parentsOf(observation, pair, different);
    if (parents.length > 0) found.set(observation, parents);
  }
  return found;
}

const deltaOf = ({ outcome }: RuleObservation): Decimal | null => (outcome.kind === 'different' ? outcome.delta : null);

function parentsOf(
  observation: RuleObservation,
  pair: Pair,
  different: readonly RuleObservation[],
): readonly RuleObservation[] {
  const { rule, scope } = observation;
  if (rule.looksAt === 'parts') {
    const same = rule.sameAs?.[scope.subject];
    if (same === undefined || scope.side !== 'contract') return [];
    return different.filter((other) => other.rule.id === same && deltaOf(other) === deltaOf(observation));
  }
  if (rule.looksAt !== 'pair' || rule.follows === undefined) return [];
  const { from, does } = rule.follows;
  const parents = from.flatMap((id) => different.filter((other) => other.rule.id === id));
  const seen = parents.map((parent) => ({ rule: parent.rule.id, delta: deltaOf(parent) }));
  return parents.length > 0 && does(pair, deltaOf(observation), seen) ? parents : [];
}
