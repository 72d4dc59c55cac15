import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../domain/rule-ids.ts';
import { ruleReferenceText } from './rule-reference.ts';

describe('docs/rules.md', () => {
  it('is what the registry says (npm run generate writes it again)', () => {
    expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(ruleReferenceText());
  });

  it.each(RULE_IDS)('has a heading for %s that findings can link to', (id) => {
    expect(ruleReferenceText()).toContain(`\n### ${id}\n`);
  });
});
