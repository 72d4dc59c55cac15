/** From a capture to a judgement, some families at a time; what is not settled then is judged at the end, with hindsight. */
import pLimit from 'p-limit';
import { compare } from '../compare/compare.ts';
import { type FamilyTotals, together } from '../compare/families/family-totals.ts';
import { factsOf } from '../compare/families/gather-facts.ts';
import { holds, judgeFamilies } from '../compare/families/judge-families.ts';
import { align } from '../compare/pairs/align.ts';
import { orgsToReadAgain, periodsToReadBefore } from '../compare/rereading/follow-up-requests.ts';
import { NO_REREADING, type RereadingContext } from '../compare/rereading/rereading-context.ts';
import { joinFacts } from '../compare/scope/family-facts.ts';
import { HarnessError } from '../domain/errors.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { RunListener } from '../domain/run-event.ts';
import type { Judgement } from '../domain/verdict.ts';
import type { Answers } from './capture/answers.ts';
import type { Batch } from './capture/batch.ts';
import type { FamilyBatch } from './capture/families.ts';
import type { CapturedSides, SideCapture } from './capture/side-capture.ts';
import { timed } from './timed.ts';

type Policy = Omit<ComparisonPolicy, 'today'>;

/**
 * Captures and compares; then reads again what may only have moved, asks for what may explain, and compares for good.
 * @param whole a capture of everything at once, from the answers that are recorded: for a run of which parts cannot be judged alone
 * @throws what the capture throws
 */
export async function judgeSides(
  capture: SideCapture,
  scenario: Policy,
  listen: RunListener,
  whole: (() => SideCapture) | null = null,
): Promise<{ readonly judgement: Judgement; readonly capture: SideCapture }> {
  const judged = await timed('capture', listen, () => judgeFamiliesAlone(capture, scenario));
  const first = capture.held();
  const policy: ComparisonPolicy = { ...scenario, today: first.today };
  if (!mayStand(judged, first, policy)) {
    if (whole === null) throw new Error('families were judged alone that cannot be');
    return judgeSides(whole(), scenario, listen);
  }
  return { judgement: await judgeHeld(capture, first, policy, judged.totals, listen), capture };
}

/** Batches that are asked for while another is judged. */
const AHEAD = 3;

interface JudgedFamilies {
  readonly totals: FamilyTotals;
  /** Organisations that are named together with others that are not of their families. */
  readonly joins: ReadonlySet<string>;
}

/** Reads batch by batch, and lets go what is right of it; holds the rest. */
async function judgeFamiliesAlone(capture: SideCapture, scenario: Policy): Promise<JudgedFamilies> {
  const batches: ((() => Batch) | null)[] = [...(await capture.open())];
  const shares: FamilyTotals[] = [];
  const held: Answers[] = [];
  const joins = new Set<string>();
  const ahead = pLimit(AHEAD);
  await Promise.all(
    batches.map((_, place) =>
      ahead(async () => {
        const batch = batches[place]?.();
        // Once unpacked, it is held by nobody else.
        batches[place] = null;
        if (batch === undefined) return;
        const answers = await capture.read(batch);
        const judged = batch.own === null ? null : judgeBatch(capture, answers, batch, batch.own, scenario);
        if (judged?.totals != null) shares[place] = judged.totals;
        for (const id of judged?.joins ?? []) joins.add(id);
        const rest = judged === null ? answers : judged.rest;
        if (rest !== null) held[place] = rest;
      }),
    ),
  );
  for (const answers of held) if (answers !== undefined) capture.hold(answers);
  return { totals: together(shares.filter((share) => share !== undefined)), joins };
}

interface JudgedBatch {
  readonly totals: FamilyTotals | null;
  /** What is to be held. */
  readonly rest: Answers | null;
  readonly joins: ReadonlySet<string>;
}

const NO_ORGS: ReadonlySet<string> = new Set();

function judgeBatch(
  capture: SideCapture,
  answers: Answers,
  batch: Batch,
  { families, orgs }: FamilyBatch,
  scenario: Policy,
): JudgedBatch {
  const { legacy, contract } = capture.sidesOf(answers, orgs);
  const judged = judgeFamilies(legacy, contract, policyFor(orgs, scenario, capture), orgs);
  if (judged.kind === 'settled') {
    capture.letGo(answers);
    return { totals: judged.totals, rest: null, joins: NO_ORGS };
  }
  const { orgs: open, joins } = judged;
  const right = open === 'all' ? [] : families.filter((family) => !family.some((id) => open.has(id)));
  if (right.length === 0 || right.length === families.length) return { totals: null, rest: answers, joins };
  const part = { families: right, orgs: new Set(right.flat()) };
  const [own, others] = capture.split(answers, part.orgs, batch);
  const again = judgeBatch(capture, own, batch, part, scenario);
  // What is settled of the part was let go; anything else is held as it came.
  return again.totals === null ? { totals: null, rest: answers, joins: NO_ORGS } : { ...again, rest: others };
}

/** Of listed organisations those of these families alone. */
function policyFor(orgs: ReadonlySet<string>, scenario: Policy, { today }: SideCapture): ComparisonPolicy {
  const listed = scenario.orgs?.filter(({ id }) => orgs.has(id.toLowerCase())) ?? null;
  return { ...scenario, orgs: listed, today };
}

/** Whether what families were judged by is so, now that everybody was read. */
function mayStand(
  { totals, joins }: JudgedFamilies,
  { legacy, contract }: CapturedSides,
  policy: ComparisonPolicy,
): boolean {
  if (totals.facts.orgs.size === 0) return true;
  if ([...joins].some((id) => totals.facts.orgs.has(id))) return false;
  if (legacy === null) return true;
  const alignment = align(legacy, contract, policy, null, totals.facts);
  const facts = joinFacts(factsOf({ legacy, contract, policy, alignment }, NO_ORGS), totals.facts);
  return totals.assumptions.every((assumption) => holds(assumption, facts));
}

/** Judges what is held, and reads again what may only have moved. */
async function judgeHeld(
  capture: SideCapture,
  first: CapturedSides,
  policy: ComparisonPolicy,
  totals: FamilyTotals,
  listen: RunListener,
): Promise<Judgement> {
  const judge = (sides: CapturedSides, context: RereadingContext): Promise<Judgement> =>
    timed('compare', listen, async () => {
      const { share } = capture;
      const part = share === null ? null : (ids: readonly string[]): boolean => share.judges(ids);
      return compare(sides.legacy, sides.contract, policy, context, part, totals);
    });
  const extent = capture.share === null ? 'whole' : 'part';
  let judgement = await judge(first, NO_REREADING);
  let sides = first;
  let rereading = NO_REREADING;
  const moving = orgsToReadAgain(judgement, extent);
  if (moving.size > 0 && first.legacy !== null) {
    sides = await timed('read-again', listen, () => capture.again(moving));
    rereading = { ...rereading, before: { legacy: first.legacy, contract: first.contract, orgs: moving } };
    judgement = await judge(sides, rereading);
  }
  const unexplained = periodsToReadBefore(judgement, extent);
  if (unexplained.size === 0) return judgement;
  const earlier = await timed('read-again', listen, () => whatIsArchived(capture.earlier(unexplained), listen));
  const { earlierRecords } = capture;
  if (earlier.size === 0 && earlierRecords.length === 0) return judgement;
  return judge(sides, { ...rereading, earlier, earlierRecords });
}

/** An archive may hold one period alone. That one is judged all the same; what would explain a difference is not there. */
async function whatIsArchived<T>(
  earlier: Promise<ReadonlyMap<string, T>>,
  listen: RunListener,
): Promise<ReadonlyMap<string, T>> {
  try {
    return await earlier;
  } catch (error) {
    // Of shards that are merged each asked what it needed: there it must be.
    const archived = error instanceof HarnessError && error.code === 'snapshot-missing' && 'dir' in error.context;
    if (!archived) throw error;
    const [what] = error.message.split('\n');
    listen({ type: 'warning', code: error.code, message: `the period before cannot be looked at: ${what}` });
    return new Map();
  }
}
