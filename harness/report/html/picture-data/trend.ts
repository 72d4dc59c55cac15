/** The scenario's runs up to this one. */
import type { RunResult } from '../../../domain/run-result.ts';
import type { Verdict } from '../../../domain/verdict.ts';
import { totals } from '../../words/common.ts';
import { verdictWord } from '../../words/waived.ts';

export interface TrendPoint {
  readonly run: string;
  readonly startedAt: string;
  readonly verdict: Verdict;
  /** As it is told, with the waivers behind it. */
  readonly word: string;
  readonly mismatches: number;
  /** Share of compared checks that agree, and of all checks that were compared; percent, for drawing. Null if there were none. */
  readonly parity: number | null;
  readonly compared: number | null;
  readonly moneyAtRisk: RunResult['moneyAtRisk'];
}

const percent = (part: number, of: number): number | null => (of === 0 ? null : (part / of) * 100);

function pointOf(result: RunResult): TrendPoint {
  const { run, verdict, cells, moneyAtRisk } = result;
  const { agree, compared, all } = totals(cells);
  return {
    run: run.id,
    startedAt: run.startedAt,
    verdict,
    word: verdictWord(result),
    mismatches: cells.mismatch,
    parity: percent(agree, compared),
    compared: percent(compared, all),
    moneyAtRisk,
  };
}

/** Oldest first, this run last. */
export const trendOf = (earlier: readonly RunResult[], result: RunResult): readonly TrendPoint[] =>
  [...earlier, result].map(pointOf);
