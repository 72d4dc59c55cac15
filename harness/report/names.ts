/** Names that `--reporter` takes. Apart from the reporters themselves, so that help needs none of what they load. */

/** In the order in which they run: the results for programs first. */
export const REPORTER_NAMES = ['json', 'html', 'junit', 'csv', 'markdown', 'github', 'webhook'] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];

export const DEFAULT_REPORTERS: readonly ReporterName[] = ['json', 'html'];

/** Help of `--reporter`. */
export const REPORTER_HELP = `reports to write, by comma: ${REPORTER_NAMES.join(', ')} (default: ${DEFAULT_REPORTERS.join(',')})`;
