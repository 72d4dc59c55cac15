/**
 * Which differences of one pair follow from others: an overage that is right for the contract side's own (different)
 * quantities, a charge that is right for its own overage and rate.
 */
import { absolute, compareDecimals, decimal, multiply, negate, subtract, ZERO } from '../domain/decimal.ts';
import type { Figure } from '../domain/figure.ts';
import type { Line } from '../domain/line.ts';
import { minorUnit, toMinorUnit } from '../domain/money.ts';
import type { RuleObservation } from './observe.ts';
import { overageOf } from './overage.ts';
import type { Pair } from './pair.ts';

/** @returns for each observation that follows from others those others, all of them different too */
export function derivations(
  pair: Pair,
  different: readonly RuleObservation[],
): ReadonlyMap<RuleObservation, readonly RuleObservation[]> {
  const found = new Map<RuleObservation, readonly RuleObservation[]>();
  const among = (...ids: readonly string[]): RuleObservation[] =>
    ids.flatMap((id) => different.filter(({ rule }) => rule.id === id));
  for (const observation of different) {
    const parents = parentsOf(observation, pair, among);
    if (parents.length > 0) found.set(observation, parents);
  }
  return found;
}

function parentsOf(
  observation: RuleObservation,
  pair: Pair,
  among: (...ids: readonly string[]) => RuleObservation[],
): readonly RuleObservation[] {
  switch (observation.rule.id) {
    case 'overage-quantity': {
      const parents = among('actual-quantity', 'committed-quantity', 'included-quantity');
      return overageFollows(pair, observation, parents) ? parents : [];
    }
    case 'overage-charge': {
      const parents = among('overage-quantity', 'overage-rate');
      return pair.contractLines.every(chargeFollows) ? parents : [];
    }
    case 'rate-card': {
      const same = { committedRate: 'committed-rate', overageRate: 'overage-rate', currency: 'currency' }[
        observation.scope.subject
      ];
      if (same === undefined || observation.scope.side !== 'contract') return [];
      return among(same).filter((parent) => isSameDelta(parent, observation));
    }
    default:
      return [];
  }
}

const deltaOf = ({ outcome }: RuleObservation) => (outcome.kind === 'different' ? outcome.delta : null);
const isSameDelta = (a: RuleObservation, b: RuleObservation): boolean => deltaOf(a) === deltaOf(b);

function overageFollows(pair: Pair, overage: RuleObservation, parents: readonly RuleObservation[]): boolean {
  if (pair.contractLines.every((line) => line.orgs.length === 1)) return pair.contractLines.every(isOwnOverage);
  // Of a charge over several organisations only a difference that carries over one to one is known to follow.
  const [carried, ...more] = parents.map((parent) => {
    const delta = deltaOf(parent);
    return delta === null || parent.rule.id === 'actual-quantity' ? delta : negate(delta);
  });
  return more.length === 0 && carried === deltaOf(overage);
}

const numberOr = (figure: Figure, other: typeof ZERO | null) =>
  figure.state === 'known' ? figure.value : figure.state === 'absent' ? other : null;

function isOwnOverage(line: Line): boolean {
  const actual = numberOr(line.actual, null);
  const committed = numberOr(line.committed, ZERO);
  const included = numberOr(line.included, ZERO);
  const overage = numberOr(line.overageQuantity, ZERO);
  return (
    actual !== null && committed !== null && included !== null && overageOf(actual, committed, included) === overage
  );
}

/** Over several organisations the charge is a sum of rounded parts, so it may be off by the rounding of each. */
function chargeFollows(line: Line): boolean {
  const quantity = numberOr(line.overageQuantity, ZERO);
  const rate = numberOr(line.overageRate, ZERO);
  const charge = numberOr(line.overageCharge, ZERO);
  if (quantity === null || rate === null || charge === null) return false;
  const currency = line.currency.state === 'known' ? line.currency.value : 'USD';
  const own = toMinorUnit(multiply(quantity, rate), currency);
  if (own === charge) return true;
  const slack = multiply(decimal(line.orgs.length), decimal(`1e-${minorUnit(currency)}`));
  return line.orgs.length > 1 && compareDecimals(absolute(subtract(own, charge)), slack) <= 0;
}
