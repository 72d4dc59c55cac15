import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'harness/**/*.test.tsx', 'bench/**/*.test.mjs', 'fuzz/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // Left to itself it keeps one core free; many tests only wait for the command that they started.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
