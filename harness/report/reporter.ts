/** What a reporter is: one output format, made from results and recorded exchanges alone. */
import type { PassedChecks } from '../domain/customer.ts';
import type { Exchange } from '../domain/exchange.ts';
import type { Category, CellStatus } from '../domain/finding.ts';
import type { Tolerance } from '../domain/policy.ts';
import type { EarlierRun, Finding, RunResult, StatementRow } from '../domain/run-result.ts';
import type { OrgRef } from '../domain/side.ts';

/** A rule in words, for readers of a report; the rules themselves are the comparison's. */
export interface RuleText {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly doc: string;
  readonly example: string;
}

/** One cell as far as those formats need it that tell of what passed, too. */
export interface Check {
  readonly id: string;
  readonly status: CellStatus;
  readonly category: Category;
  readonly rule: string;
  readonly orgs: readonly OrgRef[];
  readonly region: string | null;
  readonly appId: string | null;
  /** Key of the pair that it belongs to. */
  readonly pair: string;
  /** What each side states, as compared; null where it states nothing. */
  readonly legacy: string | null;
  readonly contract: string | null;
  /** Id of the root cause that explains it, else null. */
  readonly rootCause: string | null;
  /** Not comparable because no configured source carries the figure: nobody expected it to be. */
  readonly outsideCoverage: boolean;
}

/** A part of a run's findings. */
export interface Extract {
  /** The search that chose them. */
  readonly query: string;
  /** It chose organisations and nothing else: all their checks and bills are in it. */
  readonly isOfCustomers: boolean;
}

export interface ReportContext {
  readonly result: RunResult;
  /** Earlier runs of the scenario that stand beside this one, oldest first. */
  readonly earlier: readonly EarlierRun[];
  /** Every cell, `match` too; those that are no match are the findings with the same ids. May be walked many times. */
  readonly checks: Iterable<Check>;
  /** Checks that match by customer and rule; null where they are not at hand (a run of an earlier release). */
  readonly passed: readonly PassedChecks[] | null;
  /** In the order of findings.jsonl: by money, then by a fixed key. */
  readonly findings: readonly Finding[];
  /** Both bills of each pair, in a fixed order; empty where they are not at hand (a run of an earlier release, an extract). */
  readonly statement: readonly StatementRow[];
  /** The exchange with that id, or null if it is not at hand (a merged or moved run). */
  readonly exchanges: (id: string) => Exchange | null;
  /** Texts of the rules that the findings name; a rule without one is shown by its id. */
  readonly rules: readonly RuleText[];
  /** What the scenario tolerates, by rule id; a rule that is not here is judged to the last digit. Null: not known. */
  readonly tolerances: Readonly<Record<string, Tolerance>> | null;
  /** Set where this is a part of a run, cut out to be passed on: nothing may be told of the rest. */
  readonly extract?: Extract;
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
