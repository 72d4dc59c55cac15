/** Sets one run against another. Pure. What the later run did not see is never called fixed. */

import {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type Occurrence,
  type RunComparison,
  type RunRecord,
  type RunSummary,
} from '../domain/run-comparison.ts';
import type { Finding, ResultMoney, RunResult } from '../domain/run-result.ts';
import { carriedOver } from './compare-runs-carried.ts';
import { narrowerThan, unprovenBy } from './compare-runs-proof.ts';
import { trendOf } from './compare-runs-trend.ts';

/** @param before the earlier run. @param after the later one; both whole. */
export function compareRuns(before: RunRecord, after: RunRecord): RunComparison {
  const [earlier, later] = [new Seen(before), new Seen(after)];
  const narrower = narrowerThan(after.result, before.result);
  const carried = carriedOver(earlier, later);
  const changes = [...appearing(earlier, later, carried), ...disappearing(earlier, later, carried, narrower)];
  const counts = countsOf(changes);
  const lost = lostBetween(earlier, later);
  const unread = after.result.orgs.unreachable - before.result.orgs.unreachable;
  const unproven = unprovenBy({ counts, lost, unread, narrower });
  return {
    before: summaryOf(before.result),
    after: summaryOf(after.result),
    counts,
    money: moneyOf(before.result.moneyAtRisk, after.result.moneyAtRisk),
    waived: moneyOf(before.result.moneyWaived ?? [], after.result.moneyWaived ?? []),
    lost,
    narrower,
    unproven,
    sightLost: unproven.length > 0,
    checks: sharedChecks(before, after),
    changes: CHANGE_KINDS.flatMap((kind) => changes.filter((change) => change.kind === kind)),
    notes: notesOn(before, after),
  };
}

/** What one run says of any check. */
class Seen {
  readonly run: RunRecord;
  readonly #findings: ReadonlyMap<string, Finding>;

  constructor(run: RunRecord) {
    this.run = run;
    this.#findings = new Map(run.findings.map((finding) => [finding.id, finding]));
  }

  of(id: string): Occurrence {
    const finding = this.#findings.get(id);
    if (finding !== undefined) return { status: finding.status, finding };
    const { matches } = this.run;
    return { status: matches === null ? 'unknown' : matches.has(id) ? 'match' : 'not-made', finding: null };
  }

  get mismatches(): readonly Finding[] {
    return this.run.findings.filter(({ status }) => status === 'mismatch');
  }
}

/** Mismatches of the later run. @param carried earlier finding by later id */
function appearing(earlier: Seen, later: Seen, carried: ReadonlyMap<string, Finding>): Change[] {
  return later.mismatches.map((finding): Change => {
    const after: Occurrence = { status: 'mismatch', finding };
    const same = earlier.of(finding.id);
    const previous = carried.get(finding.id) ?? (same.status === 'mismatch' ? same.finding : null);
    if (previous === null) return { kind: 'new', trend: null, id: finding.id, before: same, after, why: null };
    const trend = trendOf(previous, finding);
    return {
      kind: trend === null ? 'persisting' : 'changed',
      trend,
      id: finding.id,
      before: { status: 'mismatch', finding: previous },
      after,
      why: previous.id === finding.id ? null : `was in the period from ${previous.period?.start} before`,
    };
  });
}

const GONE: Readonly<Partial<Record<Occurrence['status'], ChangeKind>>> = {
  match: 'fixed',
  tolerated: 'tolerated',
  waived: 'waived',
};

/** Mismatches of the earlier run that the later one does not have. */
function disappearing(
  earlier: Seen,
  later: Seen,
  carried: ReadonlyMap<string, Finding>,
  narrower: string | null,
): Change[] {
  const found = new Set([...carried.values()].map(({ id }) => id));
  return earlier.mismatches.flatMap((finding): Change[] => {
    const after = later.of(finding.id);
    if (after.status === 'mismatch' || found.has(finding.id)) return [];
    const gone = { trend: null, id: finding.id, before: { status: 'mismatch', finding }, after } as const;
    if (after.status === 'match' && narrower !== null) {
      return [{ ...gone, kind: 'unverified', why: `matches now, in a narrower run: it ${narrower}` }];
    }
    const kind = GONE[after.status] ?? (after.status === 'not-made' ? 'not-looked-at' : 'unverified');
    const why = UNPROVEN.has(kind) ? whyUnproven(finding, after, later.run) : null;
    return [{ ...gone, kind, why }];
  });
}

const UNPROVEN: ReadonlySet<ChangeKind> = new Set(['unverified', 'not-looked-at']);

function whyUnproven(finding: Finding, { status, finding: now }: Occurrence, later: RunRecord): string {
  switch (status) {
    case 'not-comparable':
      return `could not be compared: ${now?.reason ?? 'no reason is told'}`;
    case 'unstable':
      return 'the figures moved while they were read';
    case 'unknown':
      return 'the later run does not say which checks matched (it has no matches.txt)';
    default:
      return whyNotMade(finding, later);
  }
}

function whyNotMade({ orgs, appId, partNumber, period }: Finding, { result }: RunRecord): string {
  const { run, periods } = result;
  const unseen = orgs.find(({ id }) => run.scope?.orgIds?.includes(id.toLowerCase()) === false);
  if (unseen !== undefined) return `the later run did not look at ${unseen.name ?? unseen.id}`;
  const app = run.scope?.apps.find((one) => one.appId === appId);
  const unmapped = app === undefined || (partNumber !== null && !app.partNumbers.includes(partNumber));
  if (run.scope !== undefined && appId !== null && unmapped) {
    return `the later run did not look at ${partNumber ?? 'any product'} of ${appId}`;
  }
  if (period !== null && periods !== undefined && !periods.some(({ start }) => start === period.start)) {
    return `the later run did not look at the period from ${period.start}`;
  }
  const when = period === null ? '' : ` (the period from ${period.start})`;
  return `the later run made no such check${when}: what it was about is gone, or was not asked for`;
}

const AGREED: ReadonlySet<Occurrence['status']> = new Set(['match', 'tolerated', 'waived']);

function lostBetween(earlier: Seen, later: Seen): RunComparison['lost'] {
  const reasons = new Map<string, number>();
  for (const { id, status, reason } of later.run.findings) {
    if (status !== 'not-comparable' || !AGREED.has(earlier.of(id).status)) continue;
    const why = reason ?? 'no reason is told';
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  return [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

function countsOf(changes: readonly Change[]): RunComparison['counts'] {
  const counts = {
    new: 0,
    changed: 0,
    persisting: 0,
    unverified: 0,
    'not-looked-at': 0,
    waived: 0,
    tolerated: 0,
    fixed: 0,
    worse: 0,
  };
  for (const { kind, trend } of changes) {
    counts[kind] += 1;
    if (trend === 'worse') counts.worse += 1;
  }
  return counts;
}

const checkOf = ({ gate }: RunResult, name: string): string =>
  gate.checks.find((check) => check.name === name)?.actual ?? 'not told';

const summaryOf = (result: RunResult): RunSummary => ({
  id: result.run.id,
  scenario: result.run.scenario,
  startedAt: result.run.startedAt,
  verdict: result.verdict,
  alone: result.run.sources.legacy === null,
  waivers: { used: result.waivers.used },
  moneyWaived: result.moneyWaived ?? [],
  parity: checkOf(result, 'minParity'),
  coverage: checkOf(result, 'minCoverage'),
});

const NONE = { overBilled: '0', underBilled: '0' };

function moneyOf(before: readonly ResultMoney[], after: readonly ResultMoney[]): RunComparison['money'] {
  const of = (money: readonly ResultMoney[], currency: string) => {
    const found = money.find((total) => total.currency === currency);
    return found === undefined ? NONE : { overBilled: found.overBilled, underBilled: found.underBilled };
  };
  const currencies = new Set([...before, ...after].map(({ currency }) => currency));
  return [...currencies]
    .sort()
    .map((currency) => ({ currency, before: of(before, currency), after: of(after, currency) }));
}

function sharedChecks(before: RunRecord, after: RunRecord): RunComparison['checks'] {
  const [first, second] = [checksOf(before), checksOf(after)];
  if (first === null || second === null) return null;
  let both = 0;
  for (const id of first) if (second.has(id)) both += 1;
  return { both, onlyBefore: first.size - both, onlyAfter: second.size - both };
}

const checksOf = ({ findings, matches }: RunRecord): ReadonlySet<string> | null =>
  matches === null ? null : new Set([...matches, ...findings.map(({ id }) => id)]);

/** What makes two runs less comparable. */
function notesOn(before: RunRecord, after: RunRecord): readonly string[] {
  const [first, second] = [before.result, after.result];
  const notes: string[] = [];
  if (first.run.id === second.run.id) notes.push('Both folders hold the same run.');
  else if (first.run.startedAt > second.run.startedAt) notes.push('The first run is the later one of the two.');
  if (first.run.scenario !== second.run.scenario) {
    notes.push(`The runs are of two scenarios: ${first.run.scenario} and ${second.run.scenario}.`);
  } else if (first.run.scenarioSha256 !== second.run.scenarioSha256) {
    notes.push('The scenario changed between the runs: mapping, tolerances, waivers or scope may be others.');
  }
  if (first.tool.version !== second.tool.version) {
    notes.push(`The releases differ: ${first.tool.version} and ${second.tool.version}.`);
  }
  const alone = [first, second].filter(({ run }) => run.sources.legacy === null).length;
  if (alone === 1) notes.push('One of the runs looked at the contract side alone.');
  for (const { run } of [first, second]) {
    if (run.shard !== null) notes.push(`Run ${run.id} is shard ${run.shard}: it says nothing of the other shards.`);
  }
  for (const { result, matches } of [before, after]) {
    if (matches === null) {
      notes.push(`Run ${result.run.id} does not say which checks matched (it has no matches.txt).`);
    }
  }
  return notes;
}
