import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The dear ones last: most changes are noticed before. */
const RANKS = ['/decisions/', 'properties.test.ts', 'sample.test.ts'];
const rankOf = ({ moduleId }: TestSpecification): number => RANKS.findIndex((part) => moduleId.includes(part));

class CheapFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => rankOf(a) - rankOf(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** The tests of the comparison, and the sample snapshot replayed: what mutation testing runs for each change. */
export default defineConfig({
  test: {
    include: ['harness/compare/**/*.test.ts', 'harness/runner/sample.test.ts'],
    // One world for all of them: what is loaded once is loaded once, and a change takes a second in place of ten.
    isolate: false,
    sequence: { sequencer: CheapFirst },
    testTimeout: 30_000,
  },
});
