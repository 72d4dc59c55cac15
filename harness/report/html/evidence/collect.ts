/** Gathers the evidence that findings point to: every exchange without its body, and excerpts where sides differ. */
import type { Exchange } from '../../../domain/exchange.ts';
import type { Finding, FindingEvidence } from '../../../domain/run-result.ts';
import type { ReportContext } from '../../reporter.ts';
import { toleranceWords } from '../../words/tolerance.ts';
import { type Excerpt, excerptKey, type ReportData, type ReportExchange } from '../data.ts';
import { worstFirst } from '../find/statement.ts';
import { excerptOf, headOf, parseBody } from './excerpt.ts';
import { historyOf } from './history.ts';
import { pairDifferences } from './pairs.ts';
import { movementsOf } from './unstable-figures.ts';

/** Characters of excerpts in one page; those of the findings with the most money come first. */
const EXCERPT_BUDGET = 8_000_000;

const UNRESOLVED: ReadonlySet<Finding['status']> = new Set(['mismatch', 'not-comparable', 'unstable']);

const evidenceOf = (finding: Finding): FindingEvidence[] =>
  [finding.legacy, finding.contract]
    .flatMap((statement) => [statement?.evidence, statement?.first?.evidence])
    .filter((evidence) => evidence != null);

const reportExchange = ({ source, method, url, outcome, durationMs, attempts }: Exchange): ReportExchange => ({
  source,
  method,
  url,
  status: outcome.kind === 'answer' ? outcome.status : null,
  error: outcome.kind === 'failure' ? outcome.message : null,
  durationMs,
  attempts: attempts.length,
});

interface Collected {
  readonly exchanges: Record<string, ReportExchange>;
  readonly excerpts: Record<string, Excerpt>;
  /** Pointers of the excerpts that the budget left out, by exchange. */
  readonly left: ReadonlyMap<string, ReadonlySet<string>>;
  readonly leftCount: number;
}

/** Pointers by exchange, so that each body is parsed once; in the order of the findings. */
function pointersWanted(findings: readonly Finding[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const finding of findings) {
    for (const { exchange, pointer } of evidenceOf(finding)) {
      const pointers = wanted.get(exchange) ?? new Set();
      wanted.set(exchange, pointers);
      if (UNRESOLVED.has(finding.status)) pointers.add(pointer);
    }
  }
  return wanted;
}

function* excerptsOf(body: string, pointers: Iterable<string>): Iterable<readonly [string, Excerpt]> {
  const tree = parseBody(body);
  for (const pointer of pointers) yield [pointer, tree === undefined ? headOf(body) : excerptOf(tree, pointer)];
}

function collect(context: ReportContext): Collected {
  const exchanges: Record<string, ReportExchange> = {};
  const excerpts: Record<string, Excerpt> = {};
  let spent = 0;
  const left = new Map<string, ReadonlySet<string>>();
  let leftCount = 0;
  for (const [id, pointers] of pointersWanted(context.findings)) {
    const exchange = context.exchanges(id);
    if (exchange === null) continue;
    exchanges[id] = reportExchange(exchange);
    if (exchange.outcome.kind !== 'answer' || pointers.size === 0) continue;
    if (spent >= EXCERPT_BUDGET) {
      left.set(id, pointers);
      leftCount += pointers.size;
      continue;
    }
    for (const [pointer, excerpt] of excerptsOf(exchange.outcome.body, pointers)) {
      excerpts[excerptKey({ exchange: id, pointer })] = excerpt;
      spent += excerpt.text.length;
    }
  }
  return { exchanges, excerpts, left, leftCount };
}

/** Beside the page where its excerpts would make it too large: one JSON object a line. */
export const SIDECAR = 'report-evidence.jsonl';

/** What a page carries, and the lines of what it had to leave to a file beside it; null if nothing. */
export interface PageData {
  readonly data: ReportData;
  readonly sidecar: Iterable<string> | null;
}

function* linesOf({ left }: Collected, { exchanges }: ReportContext): Iterable<string> {
  for (const [exchange, pointers] of left) {
    const outcome = exchanges(exchange)?.outcome;
    if (outcome?.kind !== 'answer') continue;
    for (const [pointer, { text }] of excerptsOf(outcome.body, pointers)) {
      yield `${JSON.stringify({ exchange, pointer, text })}\n`;
    }
  }
}

export function pageData(context: ReportContext): PageData {
  const collected = collect(context);
  const data = dataOf(context, collected);
  return { data, sidecar: collected.leftCount === 0 ? null : linesOf(collected, context) };
}

/** All that one page carries. */
export const reportData = (context: ReportContext): ReportData => pageData(context).data;

function dataOf(context: ReportContext, { exchanges, excerpts, leftCount }: Collected): ReportData {
  const { pairs, pairOf } = pairDifferences(context);
  const named = new Set(context.findings.map((finding) => finding.rule));
  return {
    result: context.result,
    findings: context.findings,
    statement: worstFirst(context.statement),
    passed: context.passed,
    runsBefore: context.earlier.flatMap(({ statuses, unresolved }) =>
      statuses === null || unresolved === null ? [] : [unresolved],
    ),
    evidence: { exchanges, excerpts, pairs, pairOf, movements: movementsOf(context) },
    rules: context.rules.filter((rule) => named.has(rule.id)),
    history: historyOf(context),
    causesBefore: context.earlier.at(-1)?.result.rootCauses.map(({ id, sku }) => `${id} ${sku}`) ?? null,
    tolerances:
      context.tolerances &&
      Object.fromEntries(
        Object.entries(context.tolerances).map(([rule, tolerance]) => [rule, toleranceWords(tolerance)]),
      ),
    extract: context.extract?.query ?? null,
    excerptNote:
      leftCount === 0
        ? null
        : `${leftCount} excerpts of bodies stand in ${SIDECAR} beside this page, to keep it small; the snapshot of the run has the bodies whole.`,
  };
}
