/** What a run tells while it goes on. The terminal, the log and the reporters only listen. */

import type { RunResult } from './run-result.ts';
import type { Side, SourceName } from './side.ts';

/** `read-again`: figures that did not agree, of organisations whose period is still open; or those of the period before. */
export type Stage = 'capture' | 'normalise' | 'compare' | 'read-again' | 'report';

export type RunEvent =
  | { readonly type: 'run-started'; readonly scenario: string; readonly runId: string; readonly out: string }
  | { readonly type: 'stage-started'; readonly stage: Stage }
  | { readonly type: 'stage-finished'; readonly stage: Stage; readonly durationMs: number }
  /** More requests than known before will be sent: what a progress bar adds to its total. */
  | { readonly type: 'requests-planned'; readonly source: SourceName; readonly count: number }
  | {
      readonly type: 'exchange-finished';
      readonly side: Side;
      readonly source: SourceName;
      readonly id: string;
      readonly subject: string;
      readonly status: number | null;
      readonly error: string | null;
      readonly durationMs: number;
      readonly attempts: number;
      readonly replayed: boolean;
    }
  /** The client waits on purpose: rate limit or back-off. */
  | { readonly type: 'waiting'; readonly source: SourceName; readonly reason: string; readonly ms: number }
  | { readonly type: 'warning'; readonly code: string; readonly message: string }
  | {
      readonly type: 'run-finished';
      readonly result: RunResult;
      readonly out: string;
      readonly files: readonly string[];
    };

export type RunListener = (event: RunEvent) => void;
