/** What is said of a snapshot: whether it holds, and what it holds. */
import type { Side, SourceName } from './side.ts';

export interface SnapshotFault {
  readonly file: string;
  /** From 1; null where no single line is at fault. */
  readonly line: number | null;
  readonly message: string;
}

export interface Verification {
  readonly dir: string;
  readonly holds: boolean;
  readonly complete: boolean;
  readonly scenario: string | null;
  readonly createdAt: string | null;
  readonly pseudonymised: boolean;
  /** `identity` or `gzip`. */
  readonly encoding: string | null;
  /** Lines that hold, of those that were found. */
  readonly lines: { readonly whole: number; readonly found: number };
  readonly exchanges: number;
  readonly answers: number;
  /** Requests without an answer: recorded as such, and no fault of the snapshot. */
  readonly failures: number;
  /** SHA-256 over all lines, as they are now. */
  readonly digest: string;
  /** Every fault of a line, then those of the whole. */
  readonly faults: readonly SnapshotFault[];
}

export interface EndpointStats {
  readonly side: Side;
  readonly source: SourceName;
  /** Path with its ids left out: `/api/v2/billing/contracts/{id}`. */
  readonly endpoint: string;
  /** By status; `failed` for requests without an answer. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly exchanges: number;
  /** Tries beyond the first. */
  readonly retries: number;
  /** Bytes of the bodies, decompressed, as UTF-8. */
  readonly bodyBytes: number;
  /** Median and slowest time of a whole request with its waits, in milliseconds. */
  readonly durationMs: { readonly median: number; readonly max: number };
}

export interface SnapshotStats {
  readonly dir: string;
  readonly scenario: string | null;
  readonly complete: boolean;
  readonly pseudonymised: boolean;
  readonly exchanges: number;
  readonly failures: number;
  readonly retries: number;
  /** Time spent waiting before retries, in milliseconds, over all requests. */
  readonly waitedMs: number;
  /** Answers with status 429, on any try. */
  readonly rateLimited: number;
  readonly organisations: Readonly<Record<Side, number>> & { readonly both: number; readonly all: number };
  readonly bodyBytes: number;
  /** Bytes of the file of exchanges. */
  readonly diskBytes: number;
  /** First request begun and last one ended, ISO instants of our clock; null for an empty snapshot. */
  readonly from: string | null;
  readonly to: string | null;
  readonly endpoints: readonly EndpointStats[];
}
