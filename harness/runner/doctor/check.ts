/** One line of what `parity doctor` says. */
export interface Check {
  readonly what: string;
  readonly outcome: 'good' | 'warning' | 'bad';
  /** What was found. */
  readonly words: string;
  /** What to do where it is not good. */
  readonly remedy?: string;
}
