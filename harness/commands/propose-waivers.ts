/** `--propose-waivers FILE`: writes waivers for what a run leaves open; never over a file that is there. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { addDays, parseDate } from '../domain/billing-period.ts';
import { HarnessError } from '../domain/errors.ts';
import type { Finding } from '../domain/run-result.ts';
import { writeAtomically } from '../report/atomic-write.ts';
import { proposeWaivers } from '../report/waivers/propose.ts';
import type { RunOutcome } from '../runner/run.ts';

/** Long enough for one more billing cycle, short enough to be looked at again. */
const DAYS = 60;

/** @throws HarnessError `usage` if the file is there: someone may have written reasons into it. */
export async function mustBeNew(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) {
    throw new HarnessError('usage', `${file} is there already; --propose-waivers writes a new file only`, {
      hint: 'Name another file, or move that one away.',
    });
  }
}

/** @throws HarnessError `report-write` */
export async function writeProposal(file: string, { result, findings }: RunOutcome): Promise<void> {
  const today = parseDate(newestAnswer(findings) ?? result.run.finishedAt);
  if (today === null) throw new Error('an instant without a date');
  await writeAtomically(path.resolve(file), [proposeWaivers(findings, addDays(today, DAYS))]);
}

/** By the clock of the answers, as waivers expire by it. */
function newestAnswer(findings: readonly Finding[]): string | null {
  const instants = findings.flatMap(({ legacy, contract }) =>
    [legacy, contract].flatMap((side) => (side?.evidence == null ? [] : [side.evidence.at])),
  );
  return instants.sort().at(-1) ?? null;
}
