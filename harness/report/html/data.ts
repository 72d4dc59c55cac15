/** What the page carries within itself: results, and of the exchanges only what a reader needs as evidence. */

import type { PassedChecks } from '../../domain/customer.ts';
import type { Finding, FindingEvidence, RunResult, StatementRow } from '../../domain/run-result.ts';
import type { SourceName } from '../../domain/side.ts';
import type { RuleText } from '../reporter.ts';
import type { PackedColumn, PackedFindings } from './find/pack.ts';

/** One exchange without its body. */
export interface ReportExchange {
  readonly source: SourceName;
  readonly method: string;
  /** Absolute; secrets are never in it. */
  readonly url: string;
  /** Null if no answer came; then `error` says why. */
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly attempts: number;
}

/** The part of a body around one value, as pretty JSON with everything else folded away. */
export interface Excerpt {
  readonly text: string;
  /** First and last line (from 0) of the value itself; null if the pointer leads nowhere. */
  readonly mark: readonly [number, number] | null;
}

/** One line of a structural difference, from `before` to `after`. */
export interface DiffLine {
  /** Keys from the top, `/` between them. */
  readonly path: string;
  readonly kind: 'equal' | 'changed' | 'added' | 'removed';
  /** As JSON text without quotes around texts; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The runs before this one, and how each finding stood in them. */
export interface HistoryData {
  /** Oldest first. */
  readonly runs: readonly { readonly id: string; readonly startedAt: string }[];
  /** By finding id, one letter a run (see `STANDING`); a finding that is not here stood in none of them. */
  readonly of: Readonly<Record<string, string>>;
  /** Set against the last of `runs`. */
  readonly fresh: number;
  readonly persisting: number;
  /** Unresolved then, a match now. */
  readonly fixed: number;
  /** Unresolved then, and neither a finding nor a match now: not looked at again. */
  readonly unseen: number;
}

/** Letters of `History.of`. */
export const STANDING = {
  mismatch: 'm',
  'not-comparable': 'n',
  unstable: 'u',
  tolerated: 't',
  waived: 'w',
  absent: '-',
} as const;

/** What stands behind the findings; large, and looked at only when a finding is opened. */
export interface ReportEvidence {
  /** By exchange id. */
  readonly exchanges: Readonly<Record<string, ReportExchange>>;
  /** By `excerptKey`. */
  readonly excerpts: Readonly<Record<string, Excerpt>>;
  /** What both sides state of whole pairs, legacy before contract; `pairOf` leads from a finding to its place here. */
  readonly pairs: readonly (readonly DiffLine[])[];
  readonly pairOf: Readonly<Record<string, number>>;
  /** By finding id, what moved between the two readings of a body. */
  readonly movements: Readonly<Record<string, readonly DiffLine[]>>;
}

/** What the run concluded, and how it is to be read. */
export interface ReportFrame {
  readonly result: RunResult;
  /** Of the rules that findings name. */
  readonly rules: readonly RuleText[];
  /** Null where no earlier run of the scenario stands beside this one. */
  readonly history: HistoryData | null;
  /** `id sku` of the root causes of the last run; null where there is none to tell. */
  readonly causesBefore: readonly string[] | null;
  /** By rule id, in words; a rule that is not here tolerates nothing. */
  readonly tolerances: Readonly<Record<string, string>> | null;
  /** Not null: a part of a run, chosen by this search, to be passed on. */
  readonly extract: string | null;
  /** Said where some excerpts had to be left out, else null. */
  readonly excerptNote: string | null;
}

/** A frame with the evidence that is at hand. */
export interface ReportBasis extends ReportFrame {
  readonly evidence: ReportEvidence;
}

export interface ReportData extends ReportBasis {
  readonly findings: readonly Finding[];
  /** The worst first. */
  readonly statement: readonly StatementRow[];
  /** Null where what matched is not at hand. */
  readonly passed: readonly PassedChecks[] | null;
  /** Unresolved findings by `customerKey` in each of `history.runs`. */
  readonly runsBefore: readonly ReadonlyMap<string, number>[];
}

export interface PackedHistory extends Omit<HistoryData, 'of'> {
  /** By finding, in their order. */
  readonly standings: PackedColumn;
}

/** What the page's data element holds; the evidence has an element of its own, so that nothing waits for it. */
export interface EmbeddedData extends Omit<ReportFrame, 'history'> {
  readonly history: PackedHistory | null;
  readonly findings: PackedFindings;
}

export const excerptKey = ({ exchange, pointer }: Pick<FindingEvidence, 'exchange' | 'pointer'>): string =>
  `${exchange}#${pointer}`;

/** Ids of elements that hold the page's data and that the browser part takes over. */
export const DATA_ELEMENT = 'parity-data';
export const EVIDENCE_ELEMENT = 'parity-evidence';
export const FINDINGS_ELEMENT = 'findings-list';
export const STATEMENT_DATA_ELEMENT = 'parity-statement';
export const STATEMENT_ELEMENT = 'statement-list';
export const CUSTOMERS_ELEMENT = 'customers-list';
export const TOOLS_ELEMENT = 'page-tools';
/** Attribute of the data element: how its text is to be read. */
export const ENCODING_ATTRIBUTE = 'data-encoding';
