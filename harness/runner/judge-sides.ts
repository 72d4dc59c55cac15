/** From a capture to a judgement, with hindsight. */
import { compare } from '../compare/compare.ts';
import { type Hindsight, NO_HINDSIGHT } from '../compare/hindsight.ts';
import { orgsToReadAgain, periodsToLookBehind } from '../compare/questions.ts';
import { HarnessError } from '../domain/errors.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { RunListener } from '../domain/run-event.ts';
import type { Judgement } from '../domain/verdict.ts';
import type { CapturedSides, SideCapture } from './capture.ts';
import { timed } from './timed.ts';

/**
 * Captures and compares; then reads again what may only have moved, asks for what may explain, and compares for good.
 * @throws what the capture throws
 */
export async function judgeSides(
  capture: SideCapture,
  scenario: Omit<ComparisonPolicy, 'today'>,
  listen: RunListener,
): Promise<Judgement> {
  const first = await timed('capture', listen, () => capture.first());
  const policy: ComparisonPolicy = { ...scenario, today: first.today };
  const judge = (sides: CapturedSides, more: Hindsight): Promise<Judgement> =>
    timed('compare', listen, async () => {
      const { share } = capture;
      const part = share === null ? null : (ids: readonly string[]): boolean => share.judges(ids);
      return compare(sides.legacy, sides.contract, policy, more, part);
    });
  const extent = capture.share === null ? 'whole' : 'part';
  let judgement = await judge(first, NO_HINDSIGHT);
  let sides = first;
  let hindsight = NO_HINDSIGHT;
  const moving = orgsToReadAgain(judgement, extent);
  if (moving.size > 0 && first.legacy !== null) {
    sides = await timed('read-again', listen, () => capture.again(moving));
    hindsight = { ...hindsight, before: { legacy: first.legacy, contract: first.contract, orgs: moving } };
    judgement = await judge(sides, hindsight);
  }
  const puzzling = periodsToLookBehind(judgement, extent);
  if (puzzling.size === 0) return judgement;
  const earlier = await timed('read-again', listen, () => whatWasKept(capture.earlier(puzzling), listen));
  const { earlierRecords } = capture;
  if (earlier.size === 0 && earlierRecords.length === 0) return judgement;
  return judge(sides, { ...hindsight, earlier, earlierRecords });
}

/** An archive may hold one period alone. That one is judged all the same; what would explain a difference is not there. */
async function whatWasKept<T>(
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
