/** The one family of errors. A mismatch is a finding, never an error. */

/** Permanent codes; each says what failed, not where. */
export type ErrorCode =
  | 'usage'
  | 'scenario-invalid'
  | 'configuration'
  | 'network'
  | 'timeout'
  | 'http-status'
  | 'rate-limit'
  | 'body-too-large'
  | 'foreign-origin'
  | 'wire-contract'
  | 'normalisation'
  | 'snapshot-missing'
  | 'snapshot-format'
  | 'snapshot-write'
  | 'report-write'
  | 'interrupted';

export interface ErrorContext {
  readonly [key: string]: string | number | null | undefined;
}

/**
 * Something of ours or of the network failed. `message` says what, where, what was expected; `hint` what to do next.
 * Unknown errors are never wrapped into it: they are bugs and end with exit code 4.
 */
export class HarnessError extends Error {
  readonly code: ErrorCode;
  readonly context: ErrorContext;
  readonly hint: string | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; context?: ErrorContext; hint?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HarnessError';
    this.code = code;
    this.context = options.context ?? {};
    this.hint = options.hint ?? null;
  }
}

/** One fault in a file that a person wrote. Line and column count from 1. */
export interface FileIssue {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A scenario, or another file that people write, that cannot be used; carries every fault found, in the order of the file. */
export class ScenarioInvalidError extends HarnessError {
  readonly issues: readonly FileIssue[];

  constructor(issues: readonly FileIssue[], hint = 'Mend the scenario; nothing was sent.') {
    const lines = issues.map((issue) => `${issue.file}:${issue.line}:${issue.column}: ${issue.message}`);
    super('scenario-invalid', lines.join('\n'), { hint });
    this.issues = issues;
  }
}
