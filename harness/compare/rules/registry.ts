/** All rules, in the order of their pinned ids: categories stand together, and reports follow it. */
import { RULE_IDS, type RuleId } from '../../domain/rule-ids.ts';
import { tieOutRule } from '../conservation/tie-out.ts';
import { missingOrgRules, missingProductRules } from './coverage.ts';
import { duplicateCharge } from './duplicate-charge.ts';
import { invariantRules } from './invariant.ts';
import { overageRules } from './overage.ts';
import { productMapping } from './product-mapping.ts';
import { quantityRules } from './quantity.ts';
import { rateRules } from './rate.ts';
import { regionCount } from './region-count.ts';
import type { Rule } from './rule.ts';
import { schemaRules } from './schema.ts';
import { termRules } from './term.ts';

const families: readonly (readonly Rule[])[] = [
  missingOrgRules,
  missingProductRules,
  [productMapping, regionCount, duplicateCharge],
  quantityRules,
  overageRules,
  rateRules,
  termRules,
  invariantRules,
  schemaRules,
  [tieOutRule],
];

const place = new Map<string, number>(RULE_IDS.map((id, index) => [id, index]));

/** Every rule once, ordered by category and within it as pinned. */
export const RULES: readonly Rule[] = families
  .flat()
  .sort((a, b) => (place.get(a.id) ?? RULE_IDS.length) - (place.get(b.id) ?? RULE_IDS.length));

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** @throws Error if no rule has the id: a rule that is pinned but not written. */
export function ruleById(id: RuleId): Rule {
  const rule = byId.get(id);
  if (rule === undefined) throw new Error(`no rule with the id ${id}`);
  return rule;
}
