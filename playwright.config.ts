/** `node scripts/browser-tests.mjs` finds the browser and names it in PARITY_BROWSER; without it, Playwright's own is used. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'playwright/test';

const browser = process.env['PARITY_BROWSER'];

/** Quiet and the same everywhere: no GPU, no traffic of the browser's own. */
const ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses to run as root inside its own sandbox; containers of CI run as root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export default defineConfig({
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  // Left to itself it uses half of the cores.
  workers: Math.max(2, availableParallelism() - 1),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { args: ARGS, ...(browser ? { executablePath: browser } : {}) },
    // A trace of every test takes as long as the tests do; `npm run test:browser -- --trace on` records one.
    screenshot: 'only-on-failure',
  },
  projects: [
    // Scenarios as tests: docs/playwright.md. PARITY_SCENARIOS says which.
    { name: 'parity-capture', testDir: 'harness/playwright', testMatch: '*.setup.ts' },
    {
      name: 'parity',
      testDir: 'harness/playwright',
      testMatch: 'parity.spec.ts',
      dependencies: ['parity-capture'],
    },
    // The product's own browser tests: npm run test:browser.
    { name: 'report', testDir: 'harness', testMatch: ['report/**/*.spec.ts', 'sandbox/**/*.spec.ts'] },
  ],
});
