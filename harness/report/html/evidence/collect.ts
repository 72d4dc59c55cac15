/** Gathers the evidence that findings point to: every exchange without its body, and excerpts where sides differ. */
import type { Exchange } from '../../../domain/exchange.ts';
import type { Finding, FindingEvidence } from '../../../domain/run-result.ts';
import type { ReportContext } from '../../reporter.ts';
import { type Excerpt, excerptKey, type ReportData, type ReportExchange } from '../data.ts';
import { excerptOf, headOf, parseBody } from './excerpt.ts';
import { historyOf } from './history.ts';
import { movementsOf } from './movements.ts';
import { pairDifferences } from './pairs.ts';
import { toleranceWords } from './tolerance-words.ts';

/** Characters of excerpts in one page; those of the findings with the most money come first. */
const EXCERPT_BUDGET = 8_000_000;

const UNRESOLVED: ReadonlySet<Finding['status']> = new Set(['mismatch', 'not-comparable', 'unstable']);

const evidenceOf = (finding: Finding): FindingEvidence[] =>
  [finding.legacy, finding.contract]
    .flatMap((statement) => [statement?.evidence, statement?.first?.evidence])
    .filter((evidence) => evidence != null);

const faceOf = ({ source, method, url, outcome, durationMs, attempts }: Exchange): ReportExchange => ({
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
  /** Excerpts that the budget left out. */
  readonly left: number;
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

function collect(context: ReportContext): Collected {
  const exchanges: Record<string, ReportExchange> = {};
  const excerpts: Record<string, Excerpt> = {};
  let spent = 0;
  let left = 0;
  for (const [id, pointers] of pointersWanted(context.findings)) {
    const exchange = context.exchanges(id);
    if (exchange === null) continue;
    exchanges[id] = faceOf(exchange);
    if (exchange.outcome.kind !== 'answer' || pointers.size === 0) continue;
    if (spent >= EXCERPT_BUDGET) {
      left += pointers.size;
      continue;
    }
    const tree = parseBody(exchange.outcome.body);
    for (const pointer of pointers) {
      const excerpt = tree === undefined ? headOf(exchange.outcome.body) : excerptOf(tree, pointer);
      excerpts[excerptKey({ exchange: id, pointer })] = excerpt;
      spent += excerpt.text.length;
    }
  }
  return { exchanges, excerpts, left };
}

/** All that one page carries. */
export function reportData(context: ReportContext): ReportData {
  const { exchanges, excerpts, left } = collect(context);
  const { pairs, pairOf } = pairDifferences(context);
  const named = new Set(context.findings.map((finding) => finding.rule));
  return {
    result: context.result,
    findings: context.findings,
    evidence: { exchanges, excerpts, pairs, pairOf, movements: movementsOf(context) },
    rules: context.rules.filter((rule) => named.has(rule.id)),
    history: historyOf(context),
    causesBefore: context.earlier.at(-1)?.result.rootCauses.map(({ id, sku }) => `${id} ${sku}`) ?? null,
    tolerances: Object.fromEntries(
      Object.entries(context.tolerances).map(([rule, tolerance]) => [rule, toleranceWords(tolerance)]),
    ),
    excerptNote:
      left === 0
        ? null
        : `${left} excerpts of bodies were left out to keep this page small; the snapshot of the run has the bodies whole.`,
  };
}
