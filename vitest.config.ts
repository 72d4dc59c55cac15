import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'harness/**/*.test.tsx', 'bench/**/*.test.mjs', 'fuzz/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // A worker reads each module once, not once a file: half the time. A test that changes what others share undoes it itself.
    isolate: false,
    // Left to itself it keeps one core free; many tests only wait for the command that they started.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
