/** The project `parity`. From the build, as users get it: they import `cutover-parity/playwright`. */
import { test } from 'playwright/test';

type Built = typeof import('./index.ts');
const { parityTests }: Built = await import(new URL('../../dist/playwright/index.js', import.meta.url).href);

for (const { name, tests } of await parityTests()) {
  test.describe(name, () => {
    for (const { title, tag, body } of tests) test(title, { tag }, () => body());
  });
}
