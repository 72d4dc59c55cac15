/** The reporters that write files, by the name that `--reporter` takes; each is read when it is asked for. */
import type { ReporterName } from './names.ts';
import type { Reporter } from './reporter.ts';

const LOADERS: Readonly<Record<ReporterName, () => Promise<Reporter>>> = {
  json: async () => (await import('./json/json-reporter.ts')).jsonReporter,
  html: async () => (await import('./html/html-reporter.ts')).htmlReporter,
  junit: async () => (await import('./junit/junit-reporter.ts')).junitReporter,
  csv: async () => (await import('./csv/csv-reporter.ts')).csvReporter,
  xlsx: async () => (await import('./xlsx/xlsx-reporter.ts')).xlsxReporter,
  markdown: async () => (await import('./markdown/markdown-reporter.ts')).markdownReporter,
  github: async () => (await import('./github/github-reporter.ts')).githubReporter,
  webhook: async () => (await import('./webhook/webhook-reporter.ts')).webhookReporter,
};

export const loadReporter = (name: ReporterName): Promise<Reporter> => LOADERS[name]();
