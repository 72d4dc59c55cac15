import { defineConfig } from 'vitest/config';

/** The tests of the comparison, and the sample snapshot replayed: what mutation testing runs for each change. */
export default defineConfig({
  test: {
    include: ['harness/compare/**/*.test.ts', 'harness/runner/sample.test.ts'],
    testTimeout: 30_000,
  },
});
