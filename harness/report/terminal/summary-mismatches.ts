/** What is wrong, on the terminal: root causes with an example each, then what none of them explains. */
import type picocolors from 'picocolors';
import { compareDecimals, decimal, isZero } from '../../domain/decimal.ts';
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import { moneyWords, productOf, reasonOf, whoOf } from '../words/finding.ts';
import { shortened } from '../words/safe-text.ts';
import { indented } from './layout.ts';

type RootCause = RunResult['rootCauses'][number];
type Colours = ReturnType<typeof picocolors.createColors>;

/** Rules named: the report has them all. */
const MOST_RULES = 5;
/** Root causes named; they come ranked by money. */
const MOST_CAUSES = 8;

export function causes(
  { rootCauses, cells, unexplained: left }: RunResult,
  findings: readonly Finding[],
  colours: Colours,
  width: number,
): string {
  if (rootCauses.length === 0) return '';
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const more = rootCauses.length - MOST_CAUSES;
  return [
    `Root causes: ${cells.mismatch - left} of ${mismatchesOf(cells.mismatch)} explained`,
    ...rootCauses.slice(0, MOST_CAUSES).flatMap((cause) => {
      const [first] = cause.findings.flatMap((id) => byId.get(id) ?? []);
      return causeLines(cause, first, colours, width);
    }),
    ...(more > 0 ? [`  … and ${more} more causes in the report`] : []),
  ].join('\n');
}

function causeLines(
  { id, title, sku, explains, of, moneyAtRisk }: RootCause,
  first: Finding | undefined,
  colours: Colours,
  width: number,
): string[] {
  const [head = '', ...rest] = indented(`${title}${sku === null ? '' : `, ${sku}`}`, 4, width);
  const facts = `explains ${explains} of ${of} · ${most(moneyAtRisk)} · ${id}`;
  return [
    `  ${colours.red('✗')} ${colours.bold(head.trimStart())}`,
    ...rest.map((line) => colours.bold(line)),
    ...indented(facts, 6, width),
    ...(first === undefined ? [] : exampleLines(first, colours, width)),
  ];
}

/** The greatest amount in any one currency; amounts are only ordered, never added. */
function most(money: readonly ResultMoney[]): string {
  const sides = money.flatMap(({ currency, overBilled, underBilled }) => [
    { amount: decimal(underBilled), words: `under-billed ${currency} ${underBilled}` },
    { amount: decimal(overBilled), words: `over-billed ${currency} ${overBilled}` },
  ]);
  const byAmount = sides.filter(({ amount }) => !isZero(amount)).sort((a, b) => compareDecimals(b.amount, a.amount));
  const [first] = byAmount;
  if (first === undefined) return 'no money at risk';
  return `${byAmount.length > 1 ? 'most ' : ''}${first.words}`;
}

/** Mismatches that no cause explains. */
export function unexplained(
  { cells, rootCauses }: RunResult,
  findings: readonly Finding[],
  colours: Colours,
  width: number,
): string {
  if (cells.mismatch === 0) return '';
  const left = findings.filter(({ status, rootCause }) => status === 'mismatch' && rootCause === null);
  if (left.length === 0) return 'No mismatch stays unexplained.';
  const byRule = new Map<string, Finding[]>();
  for (const finding of left) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const more = byRule.size - MOST_RULES;
  const stay = rootCauses.length === 0 ? '' : left.length === 1 ? ' stays unexplained' : ' stay unexplained';
  return [
    `${mismatchesOf(left.length)}${stay}, by rule, with the costliest of each`,
    ...[...byRule].slice(0, MOST_RULES).flatMap(([rule, of]) => ruleLines(rule, of, colours, width)),
    ...(more > 0 ? [`  … and ${more} more rules in the report`] : []),
  ].join('\n');
}

function ruleLines(rule: string, of: readonly Finding[], colours: Colours, width: number): string[] {
  const [first] = of;
  if (first === undefined) return [];
  const cost = moneyWords(first);
  return [
    `  ${colours.red('✗')} ${colours.bold(rule)} × ${of.length}${cost === '' ? '' : `  ${cost}`}`,
    ...exampleLines(first, colours, width),
  ];
}

/** Who, what, and the id to go on with. */
function exampleLines(finding: Finding, colours: Colours, width: number): string[] {
  const where = [finding.id, whoOf(finding), productOf(finding)].filter((part) => part !== null).join(' · ');
  return [colours.dim(`      ${shortened(where, width - 6)}`), ...indented(reasonOf(finding), 6, width)];
}

const mismatchesOf = (count: number): string => `${count} ${count === 1 ? 'mismatch' : 'mismatches'}`;
