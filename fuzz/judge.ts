/**
 * A run in process: answers from memory, read, compared and judged as `parity run` does, but for its second reading. What is served
 * never moves, so that a second reading says what the first one said: no mismatch goes, and none comes.
 */

import { compare } from '../harness/compare/compare.ts';
import { fatesOf, type RecordFate } from '../harness/compare/conservation/accounts.ts';
import { align } from '../harness/compare/pairs/align.ts';
import type { ContractSide } from '../harness/domain/contract-side.ts';
import type { Transport } from '../harness/domain/exchange.ts';
import type { LegacySide } from '../harness/domain/legacy-side.ts';
import type { SourceName } from '../harness/domain/side.ts';
import type { Judgement } from '../harness/domain/verdict.ts';
import { SideCapture } from '../harness/runner/capture/side-capture.ts';
import type { LoadedScenario } from '../harness/scenario/scenario.ts';

export interface Judged {
  readonly judgement: Judgement;
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  /** What became of each record. Worked out when asked for. */
  fates(): readonly RecordFate[];
}

const silent = (): void => undefined;

export async function judge(
  { scenario, policy }: LoadedScenario,
  legacySources: readonly SourceName[],
  transport: Transport,
): Promise<Judged> {
  const capture = new SideCapture({ scenario, legacySources, transport, shard: null, plan: silent });
  const { legacy, contract, today } = await capture.first();
  const whole = { ...policy, today };
  const judgement = compare(legacy, contract, whole);
  const fates = (): readonly RecordFate[] => {
    const alignment = legacy === null ? null : align(legacy, contract, whole);
    return fatesOf({ legacy, contract, policy: whole, alignment }, judgement.cells);
  };
  return { judgement, legacy, contract, fates };
}
