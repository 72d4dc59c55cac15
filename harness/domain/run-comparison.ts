/** One run set against another: what is new, worse, gone, and what cannot be said. */
import type { CellStatus } from './finding.ts';
import type { Finding, ResultMoney, RunResult } from './run-result.ts';
import type { Verdict } from './verdict.ts';

/** A finished run as far as it can be compared. */
export interface RunRecord {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** Ids of the checks that matched; null if the run does not say. */
  readonly matches: ReadonlySet<string> | null;
}

/**
 * How a check stands in one run. `not-made`: the run made no such check (another period, organisation or product out of
 * scope); `unknown`: the run does not say which checks matched, so this one matched or was not made.
 */
export type RunStatus = CellStatus | 'not-made' | 'unknown';

export const CHANGE_KINDS = [
  'new',
  'changed',
  'persisting',
  'unverified',
  'not-looked-at',
  'waived',
  'tolerated',
  'fixed',
] as const;
/**
 * What became of a mismatch. `fixed`: the later run made the same check, and it matches, and that run looked at no less than
 * the earlier one. `unverified`: it is gone, but the later run could not tell, does not say, or is a narrower one.
 * `not-looked-at`: it is gone, and the later run made no such check.
 */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Occurrence {
  readonly status: RunStatus;
  /** Null where the check matched, was not made, or is not known. */
  readonly finding: Finding | null;
}

export interface Change {
  readonly kind: ChangeKind;
  /** Of `changed`: by the size of the difference and of the money; `other` if neither grew or shrank. Else null. */
  readonly trend: 'worse' | 'better' | 'other' | null;
  /** Id of the finding in the later run; of one that is not there, that of the earlier run. */
  readonly id: string;
  readonly before: Occurrence;
  readonly after: Occurrence;
  /** Of `unverified` and `not-looked-at`, why it cannot be said; of one found again in another period, that. Else null. */
  readonly why: string | null;
}

export interface RunSummary {
  readonly id: string;
  readonly scenario: string;
  /** ISO instant. */
  readonly startedAt: string;
  readonly verdict: Verdict;
  /** The contract side was looked at alone. */
  readonly alone: boolean;
  /** Waivers in use, and the money of the pairs that they cover. */
  readonly waivers: { readonly used: number };
  readonly moneyWaived: readonly ResultMoney[];
  /** Percent; as the gate tells it. */
  readonly parity: string;
  readonly coverage: string;
}

export interface RunComparison {
  readonly before: RunSummary;
  readonly after: RunSummary;
  /** How many changes of each kind; `worse` of those that are `changed`. */
  readonly counts: Readonly<Record<ChangeKind | 'worse', number>>;
  /** By currency; amounts never added over currencies. */
  readonly money: readonly {
    readonly currency: string;
    readonly before: Omit<ResultMoney, 'currency'>;
    readonly after: Omit<ResultMoney, 'currency'>;
  }[];
  /** The same of money that waivers cover: it is there, and no part of `money`. */
  readonly waived: RunComparison['money'];
  /** Checks that agreed in the earlier run and could not be compared in the later one, by reason, the most frequent first. */
  readonly lost: readonly { readonly reason: string; readonly count: number }[];
  /** What the later run did not look at of all that the earlier one looked at, in words; null if nothing, or if it is not told. */
  readonly narrower: string | null;
  /**
   * Why it is not shown that nothing is new or worse and that what is gone is fixed, in sentences; empty if it is shown. What is
   * new stands in `counts`.
   */
  readonly unproven: readonly string[];
  /** True if the later run could not look where the earlier one did: `unproven` says why. */
  readonly sightLost: boolean;
  /** Checks made by both runs, and by one alone; null if a run does not say. */
  readonly checks: { readonly both: number; readonly onlyBefore: number; readonly onlyAfter: number } | null;
  /** By kind, in the order of the kinds; within a kind as the findings of the run stand. */
  readonly changes: readonly Change[];
  /** What makes the two runs less comparable, in words. */
  readonly notes: readonly string[];
}
