/** Benchmarks import what was built, which neither the type checker nor the search for dead code sees. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.mjs') && !file.includes('.test.'));

describe('a benchmark', () => {
  it.each(files)('%s finds all that it imports, and says what it measures', async (file) => {
    const { default: bench } = await import(`./${file}`);
    expect(bench.name).not.toBe('');
    expect(bench.cases ?? bench.lines).toBeDefined();
  });
});
