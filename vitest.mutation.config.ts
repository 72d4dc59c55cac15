import { defineConfig } from 'vitest/config';

/** The tests of the comparison alone: what mutation testing runs for each change. */
export default defineConfig({
  test: {
    include: ['harness/compare/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
