/** What the page carries within itself: results, and of the exchanges only what a reader needs as evidence. */

import type { Finding, FindingEvidence, RunResult } from '../../domain/run-result.ts';
import type { SourceName } from '../../domain/side.ts';
import type { RuleText } from '../reporter.ts';

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

export interface ReportData {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** By exchange id. */
  readonly exchanges: Readonly<Record<string, ReportExchange>>;
  /** By `excerptKey`. */
  readonly excerpts: Readonly<Record<string, Excerpt>>;
  /** Of the rules that findings name. */
  readonly rules: readonly RuleText[];
  /** Said where some excerpts had to be left out, else null. */
  readonly excerptNote: string | null;
}

export const excerptKey = ({ exchange, pointer }: Pick<FindingEvidence, 'exchange' | 'pointer'>): string =>
  `${exchange}#${pointer}`;

/** Ids of elements that hold the page's data and that the browser part takes over. */
export const DATA_ELEMENT = 'parity-data';
export const FINDINGS_ELEMENT = 'findings-list';
export const TOOLS_ELEMENT = 'page-tools';
/** Attribute of the data element: how its text is to be read. */
export const ENCODING_ATTRIBUTE = 'data-encoding';
