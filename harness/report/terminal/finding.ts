/** One finding on the terminal: both values, where they stand, and how to ask for them again. */
import picocolors from 'picocolors';
import type { Exchange } from '../../domain/exchange.ts';
import type { Finding, FindingStatement } from '../../domain/run-result.ts';
import type { Side } from '../../domain/side.ts';
import { excerptOf, headOf, parseBody } from '../html/evidence/excerpt.ts';
import { curlOf } from '../html/view/curl.ts';
import type { RuleText } from '../reporter.ts';
import { moneyWords } from '../words/finding.ts';
import { safeText } from '../words/safe-text.ts';

export interface FindingOptions {
  readonly colour: boolean;
  readonly rule: RuleText | null;
  /** Those that the finding cites and that are at hand, by id. */
  readonly exchanges: ReadonlyMap<string, Exchange>;
}

type Colours = ReturnType<typeof picocolors.createColors>;

const STATUS_COLOUR = {
  mismatch: 'red',
  'not-comparable': 'yellow',
  unstable: 'yellow',
  tolerated: 'green',
  waived: 'green',
} as const;

/** Nothing secret can stand in it: exchanges are recorded without credentials, and curl names variables for them. */
export function explainFinding(finding: Finding, options: FindingOptions): string {
  const colours = picocolors.createColors(options.colour);
  const parts = [
    heading(finding, colours),
    finding.reason === null ? '' : safeText(finding.reason),
    facts(finding),
    ...(['legacy', 'contract'] as const).map((side) => sideOf(side, finding[side], options, colours)),
    rule(options.rule, colours),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading({ id, rule: ruleId, status, orgs, sku, partNumber, period }: Finding, colours: Colours): string {
  const where = [
    orgs.map((org) => (org.name === null ? org.id : `${org.name} (${org.id})`)).join(' + '),
    sku ?? partNumber,
    period === null ? null : `${period.start} to ${period.end}, ${period.status}`,
  ];
  const places = where.filter((part) => part !== null && part !== '').map((part) => `  ${safeText(part ?? '')}`);
  return [
    `${colours[STATUS_COLOUR[status]](colours.bold(`${status}: ${ruleId}`))}  ${colours.dim(id)}`,
    ...places,
  ].join('\n');
}

function facts(finding: Finding): string {
  const { delta, relative, rootCause, derivedFrom, waiver } = finding;
  const rows: [string, string | null][] = [
    ['difference', delta === null ? null : `${delta}${relative === null ? '' : ` (${relative} of legacy)`}`],
    ['money', moneyWords(finding) || null],
    ['root cause', rootCause],
    ['follows from', derivedFrom],
    ['waived', waiver === null ? null : `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(13)}${safeText(value)}`])).join('\n');
}

function sideOf(side: Side, statement: FindingStatement | null, options: FindingOptions, colours: Colours): string {
  if (statement === null) return '';
  const { value, raw, derivation, evidence, first } = statement;
  const lines = [`${colours.bold(side)}  ${safeText(value ?? 'nothing')}`];
  if (raw !== null && raw !== value)
    lines.push(`  ${safeText(raw)} on the wire, compared as ${safeText(value ?? 'nothing')}`);
  if (derivation !== null) lines.push(`  ${safeText(derivation)}`);
  if (first !== undefined) lines.push(`  the first reading said ${safeText(first.value ?? 'nothing')}`);
  if (evidence === null) return lines.join('\n');
  const correlation = evidence.correlationId === null ? '' : `, correlation id ${evidence.correlationId}`;
  lines.push(
    `  ${evidence.exchange}, answered ${evidence.at}${correlation}`,
    `  at ${evidence.pointer || 'the whole body'}`,
  );
  const exchange = options.exchanges.get(evidence.exchange);
  if (exchange === undefined) return [...lines, '  (its exchange is not in the snapshot of this run)'].join('\n');
  return [...lines, ...bodyOf(exchange, evidence.pointer, colours), `  ${curlOf(exchange)}`].join('\n');
}

function bodyOf(exchange: Exchange, pointer: string, colours: Colours): string[] {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return [`  ${safeText(outcome.message)}`];
  const tree = parseBody(outcome.body);
  const excerpt = tree === undefined ? headOf(outcome.body) : excerptOf(tree, pointer);
  const [from, to] = excerpt.mark ?? [-1, -1];
  const body = excerpt.text.split('\n').map((line, index) => {
    const marked = index >= from && index <= to;
    return marked ? colours.cyan(`  → ${safeText(line)}`) : `    ${safeText(line)}`;
  });
  return [
    `  status ${outcome.status}, ${exchange.attempts.length} ${exchange.attempts.length === 1 ? 'try' : 'tries'}`,
    ...body,
  ];
}

function rule(text: RuleText | null, colours: Colours): string {
  if (text === null) return '';
  return [colours.bold(`${text.title} (docs/rules.md#${text.id})`), text.doc].join('\n');
}
