/** The reporters that write files, by the name that `--reporter` takes. */
import { htmlReporter } from './html/html-reporter.ts';
import { jsonReporter } from './json/json-reporter.ts';
import type { Reporter } from './reporter.ts';

/** In the order in which they run: the results for programs first. */
export const reporters: ReadonlyMap<string, Reporter> = new Map(
  [jsonReporter, htmlReporter].map((reporter) => [reporter.name, reporter]),
);
