import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../domain/finding.ts';
import { RULE_IDS } from '../../domain/rule-ids.ts';
import { RULES, ruleById } from './registry.ts';

describe('the registry', () => {
  it('holds exactly the pinned rules, in their order', () => {
    expect(RULES.map((rule) => rule.id)).toEqual([...RULE_IDS]);
  });

  it('keeps categories together', () => {
    const seen = RULES.map((rule) => CATEGORIES.indexOf(rule.category));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s is documented with an example', (_, rule) => {
    expect(rule.title.length).toBeGreaterThan(5);
    expect(rule.doc.length).toBeGreaterThan(40);
    expect(rule.example.length).toBeGreaterThan(10);
  });

  it('finds a rule by its id', () => {
    expect(ruleById('overage-rate').category).toBe('rate');
  });
});
