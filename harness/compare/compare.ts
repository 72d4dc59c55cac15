/** The comparison as a whole: align, look through every rule, judge, conclude. Pure and deterministic. */
import type { ContractSide } from '../domain/contract-side.ts';
import type { Cell, MoneyAtRisk } from '../domain/finding.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { Judgement } from '../domain/verdict.ts';
import { type Alignment, align } from './align.ts';
import { inOrder } from './cell-order.ts';
import { underTheirPairs } from './derived-sides.ts';
import { driftOf } from './drift.ts';
import { type Explanation, explain } from './explain.ts';
import { coveragePercent, parityPercent, passGate, tally } from './gate.ts';
import { type Hindsight, NO_HINDSIGHT } from './hindsight.ts';
import { Judge } from './judge.ts';
import { moneyOfOrg, moneyOfPair, totalsOf } from './money.ts';
import { movements, UNMOVED } from './movement.ts';
import { alignmentNotes, failureNotes } from './notes.ts';
import { type Examined, examine } from './observe.ts';
import { countOrgs, type Part } from './org-counts.ts';
import { RULES } from './registry.ts';
import { votes } from './vote.ts';
import { WaiverBook } from './waivers.ts';

/**
 * Compares what both sides said under one policy. The same input gives the same judgement to the letter, in whatever
 * order organisations, lines and charges come.
 * @param legacy null to judge the contract side alone: only the rules that need one side look then
 * @param part whose cells are kept, by organisation ids; null: all
 * @param hindsight what a first comparison made the run ask for: a second reading, the period before
 */
export function compare(
  legacy: LegacySide | null,
  contract: ContractSide,
  policy: ComparisonPolicy,
  hindsight: Hindsight = NO_HINDSIGHT,
  part: Part | null = null,
): Judgement {
  const alignment = legacy === null ? null : align(legacy, contract, policy);
  const waivers = new WaiverBook(policy.waivers, policy.today);
  const judge = new Judge(RULES, policy, waivers, (examined) => moneyOf(examined, alignment));
  let anythingCompared = false;
  const moved = alignment === null ? UNMOVED : movements(alignment, hindsight.before, policy);
  for (const examined of examine(alignment, { legacy, contract, policy }, RULES, moved)) {
    anythingCompared ||= isComparison(examined, legacy === null);
    judge.judge(examined);
  }
  const inPart = (cell: Cell): boolean => part === null || part(cell.scope.orgs.map(({ id }) => id));
  const ordered = inOrder(judge.cells.values());
  const judged = (alignment === null ? ordered : underTheirPairs(ordered, alignment)).filter(inPart);
  const unexpected = new Set([...judge.unexpected].filter(inPart));
  const explained =
    alignment === null ? NOTHING : explain(judged, { alignment, contract, policy, earlier: hindsight.earlier });
  const voted = alignment === null || legacy === null ? NO_VOTES : votes(judged, alignment, legacy, policy);
  const cells = judged.map((cell) => withCause(cell, explained, voted));
  const counted = tally(cells, unexpected);
  const money = totalsOf(cells);
  const drift = driftOf([...(legacy?.schema ?? []), ...contract.schema]);
  const input = { tally: counted, money, waivers: waivers.counts(), drift: drift.length, anythingCompared };
  return {
    ...passGate({ ...input, limits: policy.gate }),
    orgs: countOrgs(cells, unexpected, alignment, part),
    counts: counted.counts,
    moneyAtRisk: money,
    rootCauses: explained.causes,
    unexplained: cells.filter((cell) => cell.status === 'mismatch' && cell.rootCause === null).length,
    waivers: waivers.counts(),
    drift,
    cells,
    outsideCoverage: new Set([...unexpected].map(({ id }) => id)),
    notes: [
      ...(alignment === null ? [] : alignmentNotes(alignment)),
      ...failureNotes(legacy, contract),
      ...waivers.notes(),
      ...(contract.observed?.firstSeen ?? []),
    ],
    parityPercent: parityPercent(counted),
    coveragePercent: coveragePercent(counted),
  };
}

const NOTHING: Explanation = { causes: [], causeOf: new Map() };

const NO_VOTES: ReadonlyMap<string, string> = new Map();

function withCause(cell: Cell, { causeOf }: Explanation, voted: ReadonlyMap<string, string>): Cell {
  const rootCause = causeOf.get(cell.id) ?? null;
  const vote = voted.get(cell.id);
  if (rootCause === null && vote === undefined) return cell;
  return { ...cell, rootCause, reason: vote === undefined ? cell.reason : `${cell.reason}; ${vote}` };
}

function moneyOf({ pair, org }: Examined, alignment: Alignment | null): readonly MoneyAtRisk[] {
  if (pair !== null) return moneyOfPair(pair);
  if (org === null || alignment === null) return [];
  return moneyOfOrg(org, alignment.ground.products, alignment.readings);
}

/** A run that set nothing of one side against the other proves nothing. With one side alone, its own rules count. */
function isComparison({ pair, observations }: Examined, oneSided: boolean): boolean {
  if (oneSided) return observations.some(({ outcome }) => outcome.kind !== 'not-comparable');
  if (pair === null || pair.legacy === null || pair.contract === null) return false;
  return observations.some(({ rule, outcome }) => rule.category !== 'coverage' && outcome.kind !== 'not-comparable');
}
