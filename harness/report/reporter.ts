/** What a reporter is: one output format, made from results and recorded exchanges alone. */
import type { Exchange } from '../domain/exchange.ts';
import type { Finding, RunResult } from '../domain/run-result.ts';

/** A rule in words, for readers of a report; the rules themselves are the comparison's. */
export interface RuleText {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly doc: string;
  readonly example: string;
}

export interface ReportContext {
  readonly result: RunResult;
  /** In the order of findings.jsonl: by money, then by a fixed key. */
  readonly findings: readonly Finding[];
  /** The exchange with that id, or null if it is not at hand (a merged or moved run). */
  readonly exchanges: (id: string) => Exchange | null;
  /** Texts of the rules that the findings name; a rule without one is shown by its id. */
  readonly rules: readonly RuleText[];
  /** The folder to write into; it exists. */
  readonly out: string;
}

export interface Reporter {
  readonly name: string;
  /**
   * Writes its files whole or not at all, and names them: paths that begin with `out`.
   * @throws HarnessError `report-write`.
   */
  write(context: ReportContext): Promise<readonly string[]>;
}
