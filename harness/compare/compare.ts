/** The comparison as a whole: align, look through every rule, judge, conclude. Pure and deterministic. */
import { group } from 'd3-array';
import type { ContractSide } from '../domain/contract-side.ts';
import type { Cell, MoneyAtRisk, MoneyTotal } from '../domain/finding.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import { orgId } from '../domain/side.ts';
import type { Judgement } from '../domain/verdict.ts';
import { type Explanation, explain, leftOf } from './causes/explain.ts';
import { accountsOf } from './conservation/accounts.ts';
import { comparedParts, comparedWhat } from './conservation/compared-what.ts';
import { failuresWithoutCell } from './conservation/failures.ts';
import { type Books, balance, inStatementOrder, tieOutObservations } from './conservation/tie-out.ts';
import {
  type FamilyTotals,
  joinAccounts,
  joinCompared,
  joinOrgs,
  joinTally,
  joinTieOut,
  NO_FAMILY_TOTALS,
} from './families/family-totals.ts';
import { inOrder } from './judging/cell-order.ts';
import { driftOf } from './judging/drift.ts';
import { coveragePercent, parityPercent, passGate, tally } from './judging/gate.ts';
import { withInvariantParents } from './judging/invariant-parents.ts';
import { Judge } from './judging/judge.ts';
import { differencesOf, moneyOfOrg, moneyOfPair, pairsOfOrg, totalsOf } from './judging/money.ts';
import { besideNotes, besideOf, failureNotes, unaccountedNotes } from './judging/notes.ts';
import { type Examined, examine } from './judging/observe.ts';
import { countOrgs } from './judging/org-counts.ts';
import { unreadOf } from './judging/unread.ts';
import { votes } from './judging/vote.ts';
import { unwaived, waivedByCause } from './judging/waived-causes.ts';
import { type Exceeded, NONE_EXCEEDED, WaiverBook } from './judging/waivers.ts';
import { type Alignment, align } from './pairs/align.ts';
import type { Pair } from './pairs/pair.ts';
import { readPair } from './pairs/read-pair.ts';
import { NO_REREADING, type RereadingContext } from './rereading/rereading-context.ts';
import { RULES } from './rules/registry.ts';
import type { Sides } from './rules/rule.ts';
import type { Part } from './scope/comparison-scope.ts';
import { joinBeside } from './scope/family-facts.ts';

/**
 * Compares what both sides said under one policy. The same input gives the same judgement to the letter, in whatever
 * order organisations, lines and charges come.
 * @param legacy null to judge the contract side alone: only the rules that need one side look then
 * @param part whose cells are kept, by organisation ids; null: all
 * @param rereading what a first comparison made the run ask for: a second reading, the period before
 * @param families what families leave that were judged before; the sides do not hold them any more
 */
export function compare(
  legacy: LegacySide | null,
  contract: ContractSide,
  policy: ComparisonPolicy,
  rereading: RereadingContext = NO_REREADING,
  part: Part | null = null,
  families: FamilyTotals = NO_FAMILY_TOTALS,
): Judgement {
  return judgedWithout(NONE_EXCEEDED, { legacy, contract, policy, rereading, part, families });
}

interface Input {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  readonly policy: ComparisonPolicy;
  readonly rereading: RereadingContext;
  readonly part: Part | null;
  readonly families: FamilyTotals;
}

/** Judged once more without a waiver that turns out to cover more money than it accepts. */
function judgedWithout(exceeded: Exceeded, input: Input): Judgement {
  const { legacy, contract, policy, rereading, part, families } = input;
  const alignment = legacy === null ? null : align(legacy, contract, policy, part, families.facts);
  const sides: Sides = { legacy, contract, policy, alignment, familyFacts: families.facts };
  const inPart = (orgIds: readonly string[]): boolean => part === null || part(orgIds);
  const waivers = new WaiverBook(policy.waivers, policy.today, { exceeded, looksAt: seenOf(policy, part) });
  const judge = new Judge(policy, waivers, (examined) => moneyOf(examined, alignment));
  let { anythingCompared } = families;
  for (const examined of examine(alignment, sides, RULES, rereading.before)) {
    anythingCompared ||= isComparison(examined, legacy === null);
    judge.judge(examined);
  }
  for (const failed of failuresWithoutCell(sides, judge.all(), judge.unexpected, RULES)) judge.judge(failed);
  const isOwn = ({ scope }: Cell): boolean => inPart(scope.orgs.map(({ id }) => id));
  const related = alignment === null ? judge.all() : withInvariantParents(judge.all(), alignment, RULES);
  const isPairOwn = ({ orgs }: Pair): boolean => inPart(orgs.map(({ id }) => id));
  const own = alignment === null ? NO_BOOKS : balance(alignment, related.filter(isOwn), isPairOwn);
  const books = withSettled(own, families);
  for (const observed of tieOutObservations(books)) judge.judge(observed);
  const all = [...related, ...judge.all().slice(related.length)];
  const judged = inOrder(byRule(all)).filter(isOwn);
  const context = { alignment, contract, policy, earlier: rereading.earlier };
  // Of what is waived the cause is told too: three pairs show it, whether they are waived or not.
  const explained = alignment === null ? NOTHING : explain(unwaived(judged), { ...context, alignment });
  const voted = alignment === null || legacy === null ? NO_VOTES : votes(judged, alignment, legacy, policy);
  const explainedCells = judged.map((cell) => withCause(cell, explained, voted));
  const waived = waivedByCause(explainedCells, waivers, judge.parents);
  const cells = waived === explainedCells ? explainedCells : inOrder(byRule(waived));
  const more = waivers.exceededBy(cells);
  if (more.size > exceeded.size) return judgedWithout(more, input);
  const { earlierRecords } = rereading;
  anythingCompared &&= !isEmpty(sides);
  return conclude({ sides, cells, judge, waivers, books, explained, anythingCompared, part, families, earlierRecords });
}

/**
 * Of the contract side alone: no contract has a billing period that contains the date asked for, or nothing but refusals was
 * answered; so that nothing of it was looked at.
 */
function isEmpty({ legacy, contract, policy }: Sides): boolean {
  if (legacy !== null || contract.details.length > 0) return false;
  const isUnread = contract.failures.length > 0 && contract.documents.length + contract.listed.length === 0;
  return isUnread || policy.period.kind === 'date';
}

/** Which organisations are looked at; null if all that the scenario is about are. */
function seenOf({ narrowed = false, orgs }: ComparisonPolicy, part: Part | null): ((id: string) => boolean) | null {
  if (part === null && !narrowed) return null;
  const listed = narrowed && orgs !== null ? new Set(orgs.map(({ id }) => orgId(id))) : null;
  return (id) => (part === null || part([id])) && (listed === null || listed.has(id));
}

interface Conclusion {
  readonly sides: Sides;
  readonly cells: readonly Cell[];
  readonly judge: Judge;
  readonly waivers: WaiverBook;
  readonly books: Books;
  readonly explained: Explanation;
  readonly anythingCompared: boolean;
  readonly part: Part | null;
  readonly families: FamilyTotals;
  readonly earlierRecords: RereadingContext['earlierRecords'];
}

/** Counts, sums, accounts and the verdict over all cells. */
function conclude(conclusion: Conclusion): Judgement {
  const { sides, cells, judge, waivers, books, explained, anythingCompared, part, families, earlierRecords } =
    conclusion;
  const { legacy, contract, policy, alignment = null } = sides;
  const ids = new Set([...judge.unexpected].map(({ id }) => id));
  const unexpected = new Set(cells.filter(({ id }) => ids.has(id)));
  const counted = joinTally(
    tally(cells, unexpected, (cell) => expectedPairsOf(cell, alignment)),
    families.tally,
  );
  const of = (status: Cell['status']): readonly MoneyTotal[] =>
    totalsOf(cells.filter((cell) => cell.status === status));
  const money = of('mismatch');
  const waived = of('waived');
  const unread = unreadOf([...(legacy?.failures ?? []), ...contract.failures]);
  const drift = driftOf([...(legacy?.schema ?? []), ...contract.schema, ...families.facts.drift]);
  const { accounts, unaccounted } = accountsOf(sides, cells, (orgIds) => part === null || part(orgIds), earlierRecords);
  const gateInput = {
    tally: counted,
    money,
    waived,
    waivers: waivers.counts(),
    drift: drift.length,
    anythingCompared,
    tieOut: books.tieOut,
    unaccounted: unaccounted.length,
    limits: policy.gate,
  };
  return {
    ...passGate(gateInput),
    orgs: joinOrgs(countOrgs(cells, unexpected, alignment, part), families.orgs),
    counts: counted.counts,
    moneyAtRisk: money,
    rootCauses: leftOf(explained.causes, cells),
    unexplained: cells.filter((cell) => cell.status === 'mismatch' && cell.rootCause === null).length,
    waivers: waivers.counts(),
    drift,
    cells: families.cells.length === 0 ? cells : inOrder(byRule([...cells, ...families.cells])),
    matches: families.matches,
    outsideCoverage: new Set([...[...unexpected].map(({ id }) => id), ...families.outside]),
    notes: [
      ...(alignment === null ? [] : notesBeside(alignment, families)),
      ...failureNotes(unread),
      ...unaccountedNotes(unaccounted),
      ...waivers.notes(),
      ...(contract.observed?.firstSeen ?? []),
    ],
    parityPercent: parityPercent(counted),
    coveragePercent: coveragePercent(counted),
    accounts: joinAccounts([...accounts, ...families.accounts]),
    tieOut: books.tieOut,
    statement: books.statement,
    compared: comparedWhat(sides, joinCompared(comparedParts(sides), families.compared)),
    unread,
    moneyWaived: waived,
    moneyUnknown: moneyUnknown(cells, alignment),
  };
}

const notesBeside = ({ scope }: Alignment, { facts }: FamilyTotals): readonly string[] =>
  besideNotes(joinBeside(besideOf(scope), facts.beside), scope.policy.orgs === null);

const withSettled = ({ statement, tieOut, billedTwice }: Books, families: FamilyTotals): Books =>
  families.statement.length === 0 && families.tieOut.length === 0
    ? { statement, tieOut, billedTwice }
    : {
        statement: inStatementOrder([...statement, ...families.statement]),
        tieOut: joinTieOut([...tieOut, ...families.tieOut]),
        billedTwice,
      };

const NO_BOOKS: Books = { statement: [], tieOut: [], billedTwice: [] };

/** Cells by rule, in the order of the rules. */
function byRule(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const found = group(cells, ({ rule }) => rule);
  return RULES.map(({ id }) => found.get(id) ?? []);
}

/** An organisation that one side lacks stands for all the pairs that it would have. */
function expectedPairsOf({ rule, pair }: Cell, alignment: Alignment | null): number {
  if (alignment === null || !rule.startsWith('org-missing')) return 1;
  const org = alignment.orgs.find(({ key }) => key === pair);
  return org === undefined ? 1 : Math.max(1, pairsOfOrg(org, alignment.scope.products, alignment.readings).length);
}

const DIFFERING: ReadonlySet<Cell['status']> = new Set(['mismatch', 'waived', 'tolerated']);

/** Pairs that differ and whose money cannot be worked out. */
function moneyUnknown(cells: readonly Cell[], alignment: Alignment | null): number {
  if (alignment === null) return 0;
  const differing = new Set(cells.filter(({ status }) => DIFFERING.has(status)).map(({ pair }) => pair));
  return alignment.pairs.filter(
    (material) => differing.has(material.key) && differencesOf(readPair(material, alignment.readings)) === null,
  ).length;
}

const NOTHING: Explanation = { causes: [], causeOf: new Map() };

const NO_VOTES: ReadonlyMap<string, string> = new Map();

function withCause(cell: Cell, { causeOf }: Explanation, voted: ReadonlyMap<string, string>): Cell {
  const rootCause = causeOf.get(cell.id) ?? null;
  const vote = voted.get(cell.id);
  if (rootCause === null && vote === undefined) return cell;
  return { ...cell, rootCause, reason: vote === undefined ? cell.reason : `${cell.reason}; ${vote}` };
}

export function moneyOf({ pair, org }: Examined, alignment: Alignment | null): readonly MoneyAtRisk[] {
  if (pair !== null) return moneyOfPair(pair);
  if (org === null || alignment === null) return [];
  return moneyOfOrg(org, alignment.scope.products, alignment.readings);
}

/** A run that set nothing of one side against the other proves nothing. With one side alone, its own rules count. */
export function isComparison({ pair, observations }: Examined, oneSided: boolean): boolean {
  if (oneSided) return observations.some(({ outcome }) => outcome.kind !== 'not-comparable');
  if (pair === null || pair.legacy === null || pair.contract === null) return false;
  return observations.some(({ rule, outcome }) => rule.category !== 'coverage' && outcome.kind !== 'not-comparable');
}
