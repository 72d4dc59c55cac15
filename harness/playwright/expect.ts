/** `expect(pair).toBeAtParity()`. */
import { expect as base } from 'playwright/test';
import type { OpenCapture } from './captured.ts';
import { CouldNotVerify } from './errors.ts';
import { mismatchText, unverifiedText } from './failure-text.ts';
import type { CellTally, PairStanding } from './standing.ts';

/** A pair of the capture, with what was found. */
export interface ComparedPair {
  readonly title: string;
  readonly cells: CellTally;
  readonly ids: readonly string[];
  readonly capture: OpenCapture;
}

export const comparedPair = (capture: OpenCapture, { title, cells, findings }: PairStanding): ComparedPair => ({
  title,
  cells,
  ids: findings,
  capture,
});

/** Playwright tells its processes by FORCE_COLOR whether what they say will be seen in colour. */
const COLOUR = !['0', undefined].includes(process.env['FORCE_COLOR']);

const total = (cells: CellTally): number => Object.values(cells).reduce((sum, count) => sum + count, 0);

export const expect = base.extend({
  /**
   * Passes if every check of the pair matches, or is tolerated or waived by the scenario; figures that moved while they were read
   * decide nothing, as in a run. Fails with both values of each mismatch.
   * @throws CouldNotVerify if none mismatches and some could not be compared
   */
  toBeAtParity(pair: ComparedPair) {
    const findings = pair.capture.findings(pair.ids);
    const checks = total(pair.cells);
    if (checks === 0) throw new CouldNotVerify(`${pair.title}: nothing could be compared`);
    const input = { title: pair.title, checks, run: pair.capture.dir, colour: COLOUR };
    const mismatches = findings.filter(({ status }) => status === 'mismatch');
    const open = findings.filter(({ status }) => status === 'not-comparable');
    if (mismatches.length === 0 && open.length > 0) {
      throw new CouldNotVerify(unverifiedText({ ...input, findings: open }));
    }
    const unseen = open.length === 0 ? '' : `\n\n${unverifiedText({ ...input, findings: open })}`;
    return {
      name: 'toBeAtParity',
      pass: mismatches.length === 0,
      message: () =>
        mismatches.length === 0
          ? `${pair.title}: all ${input.checks} checks agree, and were expected not to`
          : `${mismatchText({ ...input, findings: mismatches })}${unseen}`,
    };
  },
});
