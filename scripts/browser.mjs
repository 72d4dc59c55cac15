/** Finds a Chromium that starts, or installs one. Tests need a browser and are never skipped for want of it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const PLAYWRIGHT = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
const INSTALL_LIMIT_MS = 10 * 60_000;

/**
 * Path of a browser that starts: one that `parity report --pdf` finds, else one installed now (by Playwright; on Debian and its
 * kin, as root, by apt-get). Needs the build.
 * @throws Error that says what was tried and what to do.
 */
export async function findOrInstallBrowser(env = process.env) {
  const { findBrowser } = await import('../dist/report/pdf/browser.js');
  const present = found(findBrowser, env);
  if (present instanceof Error && env.PARITY_BROWSER) throw present;
  if (typeof present === 'string') return present;
  for (const install of [installByPlaywright, installSystemLibraries, installByApt]) {
    if (!install()) continue;
    const installed = found(findBrowser, env);
    if (typeof installed === 'string') return installed;
  }
  throw present;
}

/** The path, or the error that says what to do. */
function found(findBrowser, env) {
  try {
    return findBrowser(env);
  } catch (error) {
    return error;
  }
}

function attempt(what, command, args) {
  console.log(`No browser yet: ${what}`);
  const done = spawnSync(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'inherit',
    timeout: INSTALL_LIMIT_MS,
  });
  if (done.status !== 0) console.log(`That did not work${done.error ? `: ${done.error.message}` : ''}.`);
  return done.status === 0;
}

const isRoot = () => process.getuid?.() === 0;
const hasApt = () => process.platform === 'linux' && existsSync('/usr/bin/apt-get');

const installByPlaywright = () =>
  attempt('npx playwright install chromium', process.execPath, [PLAYWRIGHT, 'install', 'chromium']);

/** Playwright's browser is there but needs libraries of the system. */
const installSystemLibraries = () => {
  if (!hasApt() || !isRoot() || !existsSync(chromium.executablePath())) return false;
  return attempt('npx playwright install-deps chromium', process.execPath, [PLAYWRIGHT, 'install-deps', 'chromium']);
};

const installByApt = () =>
  hasApt() &&
  isRoot() &&
  attempt('apt-get update', 'apt-get', ['update']) &&
  attempt('apt-get install chromium', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
