import type { Reporter } from '../reporter.ts';
import { writeResultFiles } from './write.ts';

/** result.json and findings.jsonl, as pinned by their JSON Schemas in reports/. */
export const jsonReporter: Reporter = {
  name: 'json',
  write: ({ out, result, findings }) => writeResultFiles(out, result, findings),
};
