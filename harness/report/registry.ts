/** The reporters that write files, by the name that `--reporter` takes. */
import { csvReporter } from './csv/csv-reporter.ts';
import { githubReporter } from './github/github-reporter.ts';
import { htmlReporter } from './html/html-reporter.ts';
import { jsonReporter } from './json/json-reporter.ts';
import { junitReporter } from './junit/junit-reporter.ts';
import { markdownReporter } from './markdown/markdown-reporter.ts';
import type { ReporterName } from './names.ts';
import type { Reporter } from './reporter.ts';
import { webhookReporter } from './webhook/webhook-reporter.ts';

export const reporters: Readonly<Record<ReporterName, Reporter>> = {
  json: jsonReporter,
  html: htmlReporter,
  junit: junitReporter,
  csv: csvReporter,
  markdown: markdownReporter,
  github: githubReporter,
  webhook: webhookReporter,
};
