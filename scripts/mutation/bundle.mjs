/** Bundles the comparison's tests for mocha, with scripts/mutation/vitest-in-mocha.mjs in place of vitest. Run by StrykerJS. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const TESTS = 'harness/compare';
const OUT = '.mutation';

const files = (await readdir(TESTS, { recursive: true })).filter((file) => file.endsWith('.test.ts'));
await rm(OUT, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(files.map((file) => [path.join(TESTS, file).replace(/\.ts$/, ''), path.join(TESTS, file)])),
  platform: 'node',
  resolve: { alias: { vitest: path.resolve('scripts/mutation/vitest-in-mocha.mjs') } },
  // Packages stay packages; what is ours is bundled.
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id) && id !== 'vitest' && !id.startsWith('harness/'),
  plugins: [
    {
      name: 'where-sources-stand',
      transform: (code, id) => code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
    },
  ],
});
await bundle.write({ dir: OUT, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'shared/[name].mjs' });
await bundle.close();
