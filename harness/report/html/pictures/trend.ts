/** The scenario's runs up to this one. */
import type { RunResult } from '../../../domain/run-result.ts';
import type { Verdict } from '../../../domain/verdict.ts';
import { totals } from '../view/words.ts';

export interface TrendPoint {
  readonly run: string;
  readonly startedAt: string;
  readonly verdict: Verdict;
  readonly mismatches: number;
  /** Share of compared checks that agree, and of all checks that were compared; percent, for drawing. Null if there were none. */
  readonly parity: number | null;
  readonly compared: number | null;
  readonly moneyAtRisk: RunResult['moneyAtRisk'];
}

const percent = (part: number, of: number): number | null => (of === 0 ? null : (part / of) * 100);

function pointOf({ run, verdict, cells, moneyAtRisk }: RunResult): TrendPoint {
  const { agree, compared, all } = totals(cells);
  return {
    run: run.id,
    startedAt: run.startedAt,
    verdict,
    mismatches: cells.mismatch,
    parity: percent(agree, compared),
    compared: percent(compared, all),
    moneyAtRisk,
  };
}

/** Oldest first, this run last. */
export const trendOf = (earlier: readonly RunResult[], result: RunResult): readonly TrendPoint[] =>
  [...earlier, result].map(pointOf);
