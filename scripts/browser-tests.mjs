/** Runs the Playwright tests with a browser that is there. Further arguments go to `playwright test`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findOrInstallBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const playwright = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));

/** @returns the exit code of `playwright test`; null if a signal ended it. */
export async function runBrowserTests(args = [], env = {}) {
  const browser = await findOrInstallBrowser();
  console.log(`Browser: ${browser}`);
  return spawnSync(process.execPath, [playwright, 'test', '--project=report', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PARITY_BROWSER: browser },
  }).status;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await runBrowserTests(process.argv.slice(2))) ?? 1;
}
