/**
 * Root causes by counterfactual: every pair that mismatches is read and judged again under every hypothesis. What agrees then,
 * to the last digit, is explained; the fewest hypotheses that explain the most are named.
 */
import { ascending, group, rollup } from 'd3-array';
import { FEWEST_PAIRS } from '../../domain/cause-ids.ts';
import { compareDecimals, type Decimal, maximum, ZERO } from '../../domain/decimal.ts';
import type { Cell, RootCause } from '../../domain/finding.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import { findingsByCharge } from '../judging/findings-by-charge.ts';
import { totalsOf } from '../judging/money.ts';
import { hasLegacy, type LegacyPair, type OpenTerm, type Pair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import { ruleById } from '../rules/registry.ts';
import type { Outcome, Rule } from '../rules/rule.ts';
import type { CauseContext, Hypothesis, PairHypothesis, TermHypothesis } from './hypothesis.ts';
import { HYPOTHESES } from './registry.ts';

export interface Explanation {
  readonly causes: readonly RootCause[];
  /** Cause id by cell id. */
  readonly causeOf: ReadonlyMap<string, string>;
}

/** Cells that a hypothesis clears, by the way in which it does. */
type Cleared = ReadonlyMap<string | null, ReadonlySet<Cell>>;

interface Suspect<P> {
  readonly of: P;
  readonly cells: readonly Cell[];
}

/** Pure; the order of cells decides nothing but the order of what is returned. */
export function explain(cells: readonly Cell[], context: Omit<CauseContext, 'suspects'>): Explanation {
  const mismatches = cells.filter(({ status }) => status === 'mismatch');
  if (mismatches.length < FEWEST_PAIRS) return { causes: [], causeOf: new Map() };
  const byPair = group(mismatches, ({ pair }) => pair);
  const pairs = context.alignment.pairs.flatMap((material): Suspect<LegacyPair>[] => {
    const own = byPair.get(material.key);
    if (own === undefined) return [];
    const of = readPair(material, context.alignment.readings);
    return hasLegacy(of) ? [{ of, cells: own }] : [];
  });
  const terms = context.alignment.terms.flatMap((term): Suspect<OpenTerm>[] => {
    const own = byPair.get(term.key);
    return own === undefined || term.notComparableReason !== null ? [] : [{ of: term, cells: own }];
  });
  const whole: CauseContext = { ...context, suspects: pairs.map((suspect) => suspect.of) };
  const sided = findingsByCharge(mismatches, whole.suspects);
  const followers = group(mismatches, ({ derivedFrom }) => derivedFrom);
  const candidates = HYPOTHESES.flatMap((hypothesis) => {
    const cleared =
      hypothesis.looksAt === 'pair'
        ? clearedPairs(hypothesis, pairs, sided, whole)
        : clearedTerms(hypothesis, terms, whole);
    return [...cleared].map(([variant, own]) => ({ hypothesis, variant, cells: withFollowers(own, followers) }));
  });
  return conclude(candidates, mismatches);
}

function clearedPairs(
  hypothesis: PairHypothesis,
  suspects: readonly Suspect<LegacyPair>[],
  sided: ReadonlyMap<string, readonly Cell[]>,
  context: CauseContext,
): Cleared {
  const reread = hypothesis.prepare(context);
  const rules = rulesOf(hypothesis, 'pair');
  const judge = (pair: Pair) => new Map(rules.map((rule) => [rule.id, rule.compare(pair, context.policy)]));
  const again = function* (pair: LegacyPair) {
    for (const { pair: other, variant } of reread(pair)) yield { subject: other, variant };
  };
  const cleared = clearedAmong(hypothesis, suspects, judge, again);
  for (const cells of cleared.values()) {
    const touched = new Set([...cells].map(({ pair }) => pair));
    for (const cell of [...touched].flatMap((key) => sided.get(key) ?? [])) {
      if (isAmong(hypothesis.accountsFor ?? [], cell.rule)) cells.add(cell);
    }
  }
  return cleared;
}

function clearedTerms(
  hypothesis: TermHypothesis,
  suspects: readonly Suspect<OpenTerm>[],
  context: CauseContext,
): Cleared {
  const reread = hypothesis.prepare(context);
  const rules = rulesOf(hypothesis, 'term');
  const judge = (term: OpenTerm) => new Map(rules.map((rule) => [rule.id, rule.compare(term, context.policy)]));
  const again = function* (term: OpenTerm) {
    for (const { term: other, variant } of reread(term)) yield { subject: other, variant };
  };
  return clearedAmong(hypothesis, suspects, judge, again);
}

/** Its rules that look at that kind of thing. */
const rulesOf = <L extends 'pair' | 'term'>({ rules }: Hypothesis, looksAt: L): Extract<Rule, { looksAt: L }>[] =>
  rules.map((id) => ruleById(id)).filter((rule): rule is Extract<Rule, { looksAt: L }> => rule.looksAt === looksAt);

function clearedAmong<R, P extends R>(
  hypothesis: Hypothesis,
  suspects: readonly Suspect<P>[],
  judge: (subject: R) => ReadonlyMap<string, Outcome | null>,
  reread: (subject: P) => Iterable<{ readonly subject: R; readonly variant: string | null }>,
): Map<string | null, Set<Cell>> {
  const cleared = new Map<string | null, Set<Cell>>();
  for (const { of, cells } of suspects) {
    if (!cells.some(({ rule }) => isAmong(hypothesis.rules, rule))) continue;
    const before = judge(of);
    for (const { subject, variant } of reread(of)) {
      const all = cleared.get(variant) ?? new Set();
      for (const cell of clears(cells, before, judge(subject))) all.add(cell);
      cleared.set(variant, all);
    }
  }
  return cleared;
}

const isAmong = (rules: readonly RuleId[], rule: string): boolean => rules.some((id) => id === rule);

/**
 * Cells that agree now. None if a figure that the hypothesis changes does not agree with the other side: then it is not what
 * happened. What it leaves as it was may differ for another reason.
 */
function clears(
  cells: readonly Cell[],
  before: ReadonlyMap<string, Outcome | null>,
  after: ReadonlyMap<string, Outcome | null>,
): readonly Cell[] {
  for (const [rule, outcome] of after) {
    if (outcome?.kind === 'different' && !isSame(outcome, before.get(rule) ?? null)) return [];
  }
  return cells.filter(({ rule }) => after.get(rule)?.kind === 'equal');
}

type Different = Extract<Outcome, { kind: 'different' }>;

const isSame = (after: Different, before: Outcome | null): boolean =>
  before?.kind === 'different' && figuresOf(before) === figuresOf(after);

const figuresOf = ({ legacy, contract }: Different): string =>
  [legacy, contract].map((statement) => statement?.value).join(' ');

/** What follows from a cleared mismatch goes with it. */
function withFollowers(
  cleared: ReadonlySet<Cell>,
  followers: ReadonlyMap<string | null, readonly Cell[]>,
): ReadonlySet<Cell> {
  const all = new Set(cleared);
  // A set that grows while it is walked is walked to its end: followers of followers are reached too.
  for (const cell of all) for (const follower of followers.get(cell.id) ?? []) all.add(follower);
  return all;
}

/** One hypothesis in one of its ways. */
interface Candidate {
  readonly hypothesis: Hypothesis;
  readonly variant: string | null;
  readonly cells: ReadonlySet<Cell>;
}

/** The fewest that explain most; then each pair is given to those that explain most of it. */
function conclude(candidates: readonly Candidate[], mismatches: readonly Cell[]): Explanation {
  let chosen = choose(candidates);
  for (;;) {
    const shares = divide(chosen);
    const strong = shares.filter(({ cells }) => pairsOf(cells) >= FEWEST_PAIRS);
    // What a weak one leaves behind may go to the others: divided again without it.
    if (strong.length === shares.length) return withSuspects(shares, mismatches);
    const kept = new Set(strong.map(identity));
    chosen = chosen.filter((one) => kept.has(identity(one)));
  }
}

const identity = ({ hypothesis, variant }: Candidate): string => `${hypothesis.id} ${variant ?? ''}`;

/** Greedy: whichever explains most of what is left, as long as it does so in enough pairs. */
function choose(candidates: readonly Candidate[]): readonly Candidate[] {
  const chosen: Candidate[] = [];
  const explained = new Set<Cell>();
  let open = candidates.map((candidate) => ({ candidate, left: candidate.cells }));
  for (;;) {
    open = open
      .map(({ candidate, left }) => ({ candidate, left: new Set([...left].filter((cell) => !explained.has(cell))) }))
      .filter(({ left }) => pairsOf(left) >= FEWEST_PAIRS);
    const [best] = open.sort((a, b) => b.left.size - a.left.size || inListOrder(a.candidate, b.candidate));
    if (best === undefined) return chosen;
    chosen.push(best.candidate);
    for (const cell of best.left) explained.add(cell);
  }
}

/** Every cell goes to the one that explains most of its pair, and among equals to the one with the longest reach. */
function divide(chosen: readonly Candidate[]): readonly Candidate[] {
  const claims = chosen.map((one) => {
    const { cells } = one;
    return {
      one,
      cells,
      inPair: rollup(
        cells,
        ({ length }) => length,
        ({ pair }) => pair,
      ),
      share: new Set<Cell>(),
    };
  });
  for (const cell of new Set(claims.flatMap(({ cells }) => [...cells]))) {
    const strength = ({ inPair }: (typeof claims)[number]): number => inPair.get(cell.pair) ?? 0;
    const [owner] = claims
      .filter(({ cells }) => cells.has(cell))
      .sort((a, b) => strength(b) - strength(a) || b.cells.size - a.cells.size || inListOrder(a.one, b.one));
    owner?.share.add(cell);
  }
  return claims.map(({ one, share }) => ({ ...one, cells: share }));
}

function withSuspects(shares: readonly Candidate[], mismatches: readonly Cell[]): Explanation {
  const byHypothesis = new Map<Hypothesis, Candidate[]>();
  for (const share of shares) {
    byHypothesis.set(share.hypothesis, [...(byHypothesis.get(share.hypothesis) ?? []), share]);
  }
  const place = new Map(mismatches.map((cell, index) => [cell, index]));
  const causes = [...byHypothesis].map(([hypothesis, ways]) => causeFrom(hypothesis, ways, mismatches, place));
  const causeOf = new Map(shares.flatMap(({ hypothesis, cells }) => [...cells].map(({ id }) => [id, hypothesis.id])));
  return { causes: causes.sort(byMoneyThenReach), causeOf };
}

/** Those of one side stand beside a pair and are no pairs of their own. */
const pairsOf = (cells: ReadonlySet<Cell>): number =>
  new Set([...cells].filter(({ scope }) => scope.side === null).map(({ pair }) => pair)).size;

const inListOrder = (a: Candidate, b: Candidate): number =>
  HYPOTHESES.indexOf(a.hypothesis) - HYPOTHESES.indexOf(b.hypothesis);

/** Causes as far as what they explain is still a mismatch: without what waivers accept of it. */
export function leftOf(causes: readonly RootCause[], cells: readonly Cell[]): readonly RootCause[] {
  if (!cells.some(({ status, rootCause }) => status === 'waived' && rootCause !== null)) return causes;
  const mismatches = cells.filter(({ status }) => status === 'mismatch');
  const place = new Map(mismatches.map((cell, index) => [cell, index]));
  const byCause = group(mismatches, ({ rootCause }) => rootCause);
  const left = causes.flatMap((cause) => {
    const own = byCause.get(cause.id);
    return own === undefined ? [] : [causeOver(cause, own, mismatches, place)];
  });
  return left.sort(byMoneyThenReach);
}

function causeFrom(
  { id, title }: Hypothesis,
  ways: readonly Candidate[],
  mismatches: readonly Cell[],
  place: ReadonlyMap<Cell, number>,
): RootCause {
  const variants = ways.flatMap(({ variant }) => (variant === null ? [] : [variant]));
  const explained = variants.length === 0 ? title : `${title} (${variants.join('; ')})`;
  const cells = ways.flatMap((way) => [...way.cells]);
  return causeOver({ id, title: explained }, cells, mismatches, place);
}

/** @param own what it explains. @param mismatches all there are, with the place of each in the list */
function causeOver(
  { id, title }: Pick<RootCause, 'id' | 'title'>,
  own: readonly Cell[],
  mismatches: readonly Cell[],
  place: ReadonlyMap<Cell, number>,
): RootCause {
  const cells = [...own].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  const skus = new Set(cells.map(({ scope }) => scope.sku));
  const rules = new Set(cells.map(({ rule }) => rule));
  const [sku = null] = skus;
  const alike = mismatches.filter(({ rule, scope }) => rules.has(rule) && skus.has(scope.sku));
  return {
    id,
    title,
    sku: skus.size === 1 ? sku : null,
    explains: cells.length,
    of: alike.length,
    moneyAtRisk: totalsOf(cells),
    findings: cells.map((cell) => cell.id),
  };
}

/** By the greatest amount in any one currency; amounts are only ordered, never added. */
const byMoneyThenReach = (a: RootCause, b: RootCause): number =>
  compareDecimals(greatest(b), greatest(a)) || b.explains - a.explains || ascending(a.id, b.id);

const greatest = ({ moneyAtRisk }: RootCause): Decimal =>
  maximum(ZERO, ...moneyAtRisk.flatMap(({ overBilled, underBilled }) => [overBilled, underBilled]));
