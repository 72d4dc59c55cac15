/** Looks through every rule at everything it applies to. Facts only: nothing is tolerated, waived or counted here. */
import type { BillingPeriod } from '../domain/billing-period.ts';
import type { ContractSide } from '../domain/contract-side.ts';
import type { CellScope } from '../domain/finding.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { OrgRef } from '../domain/side.ts';
import type { Alignment } from './align.ts';
import { type Movements, settled, UNMOVED } from './movement.ts';
import type { OrgPair, Pair, TermPair } from './pair.ts';
import { readPair } from './read-pair.ts';
import type { Observation, Rule } from './rule.ts';

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

/** @param alignment null where there is no legacy side: then only the rules that need one side look. */
export function* examine(
  alignment: Alignment | null,
  sides: { readonly legacy: LegacySide | null; readonly contract: ContractSide; readonly policy: ComparisonPolicy },
  rules: readonly Rule[],
  moved: Movements = UNMOVED,
): Generator<Examined> {
  if (alignment !== null) {
    for (const org of alignment.orgs) yield { observations: ofOrg(org, rules), pair: null, org };
    for (const material of alignment.pairs) {
      const pair = readPair(material, alignment.readings);
      yield {
        observations: settle(observePair(pair, rules, sides.policy), pair, moved, sides.policy),
        pair,
        org: null,
      };
    }
    for (const term of alignment.terms) {
      yield { observations: ofTerm(term, rules, sides.policy), pair: null, org: null };
    }
  }
  for (const rule of rules) {
    if (rule.looksAt !== 'sides') continue;
    // Observations of one side stand alone: nothing of one explains another.
    for (const { scope, pair, outcome } of rule.examine(sides)) {
      yield { observations: [{ rule, scope, pair, outcome }], pair: null, org: null };
    }
  }
}

/** What of a pair that was read twice has moved. */
function settle(
  observations: RuleObservation[],
  pair: Pair,
  moved: Movements,
  policy: ComparisonPolicy,
): RuleObservation[] {
  const first = moved(pair.key);
  if (first === null) return observations;
  return observations.map((observation) => {
    const { rule, outcome } = observation;
    if (rule.looksAt !== 'pair') return observation;
    return { ...observation, outcome: settled(rule.id, outcome, pair, first, rule.compare(first, policy)) };
  });
}

const scopeOf = (
  orgs: readonly OrgRef[],
  region: string | null,
  period: BillingPeriod | null,
  subject = '',
): CellScope => ({ orgs, region, appId: null, sku: null, partNumber: null, period, side: null, subject });

/** Every rule for pairs, on one pair. Pure: a hypothesis calls it with a pair read from other lines. */
function observePair(pair: Pair, rules: readonly Rule[], policy: ComparisonPolicy): RuleObservation[] {
  const { product } = pair;
  const scope: CellScope = {
    orgs: pair.orgs,
    region: pair.region,
    appId: product.appId,
    sku: product.sku,
    partNumber: product.partNumber,
    period: pair.period,
    side: null,
    subject: '',
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
  const scope = scopeOf([term.org], term.region, term.period, term.subject);
  const observations: RuleObservation[] = [];
  for (const rule of rules) {
    if (rule.looksAt !== 'term') continue;
    observations.push({ rule, scope, pair: term.key, outcome: rule.compare(term, policy) });
  }
  return observations;
}
