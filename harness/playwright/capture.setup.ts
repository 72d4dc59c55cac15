/** The project `parity-capture`. From the build, as users get it: they import `cutover-parity/playwright`. */
import { test } from 'playwright/test';

type Built = typeof import('./index.ts');
const { captureTests }: Built = await import(new URL('../../dist/playwright/index.js', import.meta.url).href);

for (const { title, body } of captureTests()) test(title, () => body());
