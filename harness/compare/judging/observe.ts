/** Looks through every rule at everything that is aligned: facts, not yet judged. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { CellScope } from '../../domain/finding.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { Alignment } from '../pairs/align.ts';
import { align } from '../pairs/align.ts';
import type { OrgPair, Pair, TermPair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import type { FirstReading } from '../rereading/rereading-context.ts';
import {
  aboutKey,
  afterRereading,
  type FirstObservation,
  type FirstReadings,
  NO_FIRST_READINGS,
} from '../rereading/unstable-figures.ts';
import type { Observation, Rule, Sides } from '../rules/rule.ts';

export interface RuleObservation extends Observation {
  readonly rule: Rule;
}

/** Observations that are judged together: those of one pair explain each other. */
export interface Examined {
  readonly observations: readonly RuleObservation[];
  /** What they are of, where money hangs on it. */
  readonly pair: Pair | null;
  readonly org: OrgPair | null;
}

type BothSides = Omit<Sides, 'alignment'>;

/**
 * @param alignment null where there is no legacy side: then only the rules that need one side look.
 * @param before the first reading of what was read again
 */
export function* examine(
  alignment: Alignment | null,
  sides: BothSides,
  rules: readonly Rule[],
  before: FirstReading | null = null,
): Generator<Examined> {
  const first = before === null ? NO_FIRST_READINGS : firstReadings(before, sides, rules);
  const left = new Map(first);
  for (const examined of observe(alignment, sides, rules)) {
    if (first.size === 0) {
      yield examined;
      continue;
    }
    const observations = examined.observations.map((observation) => {
      const key = aboutKey(observation.rule.id, observation.pair, observation.scope);
      const earlier = first.get(key);
      left.delete(key);
      if (earlier === undefined) return observation;
      return {
        ...observation,
        outcome: afterRereading(earlier, observation.outcome, examined.pair) ?? observation.outcome,
      };
    });
    yield { ...examined, observations };
  }
  yield* vanished(left.values());
}

/** What differed at first, and of which the second reading says nothing any more. */
function* vanished(left: Iterable<FirstObservation>): Generator<Examined> {
  for (const earlier of left) {
    const outcome = afterRereading(earlier, null, null);
    if (outcome === null) continue;
    const { rule, scope, pairKey } = earlier;
    yield { observations: [{ rule, scope, pair: pairKey, outcome }], pair: null, org: null };
  }
}

/** Everything that the first reading showed of the organisations that were read again. */
function firstReadings(before: FirstReading, whole: BothSides, rules: readonly Rule[]): FirstReadings {
  const { policy, familyFacts = null } = whole;
  const sides = { ...whole, legacy: before.legacy, contract: before.contract };
  const found = new Map<string, FirstObservation>();
  for (const { observations, pair } of observe(
    align(before.legacy, before.contract, policy, null, familyFacts),
    sides,
    rules,
  )) {
    for (const { rule, scope, pair: pairKey, outcome } of observations) {
      const isOpen = scope.period === null || scope.period.status === 'open';
      if (!isOpen || !scope.orgs.some(({ id }) => before.orgs.has(id))) continue;
      found.set(aboutKey(rule.id, pairKey, scope), { rule, scope, pairKey, outcome, pair });
    }
  }
  return found;
}

function* observe(alignment: Alignment | null, sides: BothSides, rules: readonly Rule[]): Generator<Examined> {
  if (alignment !== null) {
    for (const org of alignment.orgs) yield { observations: ofOrg(org, rules), pair: null, org };
    for (const material of alignment.pairs) {
      const pair = readPair(material, alignment.readings);
      yield { observations: observePair(pair, rules, sides.policy), pair, org: null };
    }
    for (const term of alignment.terms) {
      yield { observations: ofTerm(term, rules, sides.policy), pair: null, org: null };
    }
  }
  const whole: Sides = { ...sides, alignment };
  for (const rule of rules) {
    if (rule.looksAt !== 'sides') continue;
    // Observations of one side stand alone: nothing of one explains another.
    for (const { scope, pair, outcome } of rule.examine(whole)) {
      yield { observations: [{ rule, scope, pair, outcome }], pair: null, org: null };
    }
  }
}

const scopeOf = (orgs: readonly OrgRef[], region: string | null, period: BillingPeriod | null): CellScope => ({
  orgs,
  region,
  appId: null,
  sku: null,
  partNumber: null,
  period,
  side: null,
  subject: '',
});

/** Every rule for pairs, on one pair. Pure: a hypothesis calls it with a pair read from other lines. */
function observePair(pair: Pair, rules: readonly Rule[], policy: ComparisonPolicy): RuleObservation[] {
  const { product } = pair;
  const scope: CellScope = {
    ...scopeOf(pair.orgs, pair.region, pair.period),
    appId: product.appId,
    sku: product.sku,
    partNumber: product.partNumber,
  };
  const observations: RuleObservation[] = [];
  for (const rule of rules) {
    if (rule.looksAt === 'pair') {
      const outcome = rule.compare(pair, policy);
      if (outcome !== null) observations.push({ rule, scope, pair: pair.key, outcome });
    } else if (rule.looksAt === 'parts') {
      for (const { side, subject, outcome } of rule.examine(pair, policy)) {
        observations.push({ rule, scope: { ...scope, side, subject }, pair: pair.key, outcome });
      }
    }
  }
  return observations;
}

function ofOrg(org: OrgPair, rules: readonly Rule[]): RuleObservation[] {
  const scope = scopeOf([org.org], org.region, org.period);
  const observations: RuleObservation[] = [];
  for (const rule of rules) {
    if (rule.looksAt !== 'org') continue;
    const outcome = rule.compare(org);
    if (outcome !== null) observations.push({ rule, scope, pair: org.key, outcome });
  }
  return observations;
}

function ofTerm(term: TermPair, rules: readonly Rule[], policy: ComparisonPolicy): RuleObservation[] {
  const scope = scopeOf([term.org], term.region, term.period);
  const observations: RuleObservation[] = [];
  for (const rule of rules) {
    if (rule.looksAt !== 'term') continue;
    observations.push({ rule, scope, pair: term.key, outcome: rule.compare(term, policy) });
  }
  return observations;
}
