/** docs/rules.md: every rule and every root cause in words, from the registries that judge by them. */
import { HYPOTHESES } from './causes/registry.ts';
import { RULES } from './rules/registry.ts';
import type { Rule } from './rules/rule.ts';

const CATEGORIES: Readonly<Record<Rule['category'], string>> = {
  coverage: 'Who and what is there at all, on either side.',
  quantity: 'What is committed, included and used.',
  overage: 'What goes beyond commitment and allowance, and what it costs.',
  rate: 'Prices, before tax, and their currency.',
  term: 'Dates and status of contract, ramp and billing period. Dates are UTC and both ends inclusive; differences are in days.',
  invariant: 'What must hold within one side. A broken one says which side is wrong.',
  schema: 'The wire itself.',
};

const TITLES: Readonly<Record<Rule['category'], string>> = {
  coverage: 'Coverage',
  quantity: 'Quantities',
  overage: 'Overage',
  rate: 'Rates',
  term: 'Dates and status',
  invariant: 'Invariants',
  schema: 'Schema',
};

const INTRODUCTION = `# Rules

Generated from the registry by \`npm run generate\`; a test fails while this page is stale.

A rule applied to one pair is a cell. Every cell is exactly one of **match**, **tolerated** (within the scenario's \`tolerances\`), **mismatch**,
**waived**, **unstable** (an open period's figure moved while it was read) or **not comparable** (with the reason). What is not comparable never
counts as a match. Figures are exact decimals; neither their spelling nor the order of anything on the wire makes a difference.

Ids are permanent: tolerances, waivers and \`findings.jsonl\` go by them.
`;

/** Markdown, ending with a line break. */
export function ruleReferenceText(): string {
  const categories = [...new Set(RULES.map(({ category }) => category))];
  return [INTRODUCTION, contentsOf(categories), ...categories.map(sectionOf), causes()].join('\n');
}

const CAUSES = `## Root causes

Every pair that mismatches is read and judged again under every hypothesis below. One is named only where it makes the figures agree to the
last digit, in at least three pairs; of several the fewest that explain the most are named, and a pair goes to the one that explains most of it.
What none of them explains is said to be unexplained.
`;

function causes(): string {
  const sections = HYPOTHESES.map(({ id, title, doc, rules }) => {
    const cleared = rules.map((rule) => `[\`${rule}\`](#${rule})`).join(', ');
    return `### ${id}\n\n**${title}.** ${doc}\n\nCan explain ${cleared}.\n`;
  });
  return `${CAUSES}\n${sections.join('\n')}`;
}

const ofCategory = (category: Rule['category']): readonly Rule[] => RULES.filter((rule) => rule.category === category);

function contentsOf(categories: readonly Rule['category'][]): string {
  const row = (category: Rule['category']): string =>
    `| ${TITLES[category]} | ${ofCategory(category)
      .map(({ id }) => `[\`${id}\`](#${id})`)
      .join(' · ')} |`;
  return `| Category | Rules |\n|---|---|\n${categories.map(row).join('\n')}\n`;
}

function sectionOf(category: Rule['category']): string {
  const rules = ofCategory(category).map(
    ({ id, title, doc, example }) => `### ${id}\n\n**${title}.** ${doc}\n\n\`\`\`\n${example}\n\`\`\`\n`,
  );
  return `## ${TITLES[category]}\n\n${CATEGORIES[category]}\n\n${rules.join('\n')}`;
}
