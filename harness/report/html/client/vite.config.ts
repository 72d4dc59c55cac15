/** Builds the browser part of the report into one script and one style sheet, which the renderer puts into the page. */
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default {
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here('../../../../dist/report/html'),
    emptyOutDir: false,
    target: ['chrome111', 'firefox119', 'safari16.4'],
    reportCompressedSize: false,
    lib: {
      entry: here('./main.tsx'),
      formats: ['iife'],
      name: 'parityReport',
      fileName: () => 'client.js',
      cssFileName: 'client',
    },
  },
};
