/** Names that `--reporter` takes. Apart from the reporters themselves, so that help needs none of what they load. */

/** In the order in which they run: the results for programs first. */
export const REPORTER_NAMES = ['json', 'html', 'junit', 'csv', 'xlsx', 'markdown', 'github', 'webhook'] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];

export const DEFAULT_REPORTERS: readonly ReporterName[] = ['json', 'html'];

/** Those that a finished run's folder has all for; `parity report` writes them again, whole or in part. */
export const REWRITTEN = ['html', 'csv', 'xlsx'] as const satisfies readonly ReporterName[];

/** Help of `--reporter`. */
export const REPORTER_HELP = `reports to write, by comma: ${REPORTER_NAMES.join(', ')} (default: ${DEFAULT_REPORTERS.join(',')})`;

/** The same of `parity report`. */
export const REWRITTEN_HELP = `what to write, by comma: ${REWRITTEN.join(', ')} (default: html)`;

/** The names in a list as typed; null where none is given. */
export const reporterNames = (list: string | undefined): readonly string[] | null =>
  list?.split(',').map((name) => name.trim()) ?? null;
