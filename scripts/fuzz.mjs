/** `npm run fuzz`: bundles fuzz/main.ts, which Node 20 cannot run as it stands, and runs it. docs/fuzzing.md says what it does. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const OUT = '.fuzz';

const bundle = await rolldown({
  input: { main: 'fuzz/main.ts' },
  platform: 'node',
  // Packages stay packages; what is ours is bundled.
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id) && !id.startsWith('fuzz/'),
  plugins: [
    {
      name: 'where-sources-stand',
      transform: (code, id) =>
        code
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
          .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id))),
    },
  ],
});
await bundle.write({ dir: OUT, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
await bundle.close();
await import(pathToFileURL(path.resolve(OUT, 'main.mjs')).href);
