/** `--propose-waivers FILE` and `parity waive`: waivers for what a run leaves open; never written over a file that is there. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { addDays, parseDate } from '../domain/billing-period.ts';
import { HarnessError } from '../domain/errors.ts';
import type { Finding, RunResult } from '../domain/run-result.ts';
import { writeAtomically } from '../report/atomic-write.ts';
import { type Proposal, proposalsFor } from '../report/waivers/proposals.ts';
import { waiversYaml } from '../report/waivers/propose.ts';

/** Long enough for one more billing cycle, short enough to be looked at again. */
const DAYS = 60;

interface JudgedRun {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
}

export interface Proposed {
  readonly proposals: readonly Proposal[];
  readonly yaml: string;
}

/**
 * @param option that names the file
 * @throws HarnessError `usage` if the file is there: someone may have written reasons into it
 */
export async function mustBeNew(file: string, option: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) {
    throw new HarnessError('usage', `${file} is there already; ${option} writes a new file only`, {
      hint: 'Name another file, or move that one away.',
    });
  }
}

/** By the clock of the answers, as waivers expire by it. */
export function proposed({ result, findings }: JudgedRun): Proposed {
  const today = parseDate(result.run.today ?? result.run.finishedAt);
  if (today === null) throw new Error('an instant without a date');
  const proposals = proposalsFor(result, findings);
  return { proposals, yaml: waiversYaml(proposals, addDays(today, DAYS)) };
}

/** @throws HarnessError `report-write` */
export async function writeProposal(file: string, run: JudgedRun): Promise<void> {
  await writeAtomically(path.resolve(file), [proposed(run).yaml]);
}
