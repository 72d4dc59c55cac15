/** Finds a Chromium that starts, or installs one. Tests need a browser and are never skipped for want of it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const PLAYWRIGHT = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const INSTALL_LIMIT_MS = 10 * 60_000;

/**
 * Path of a browser that starts: `PARITY_BROWSER`, else Playwright's own, else an installed one, else one installed now
 * (by Playwright; on Debian and its kin, as root, by apt-get).
 * @throws Error that says what was tried and what to do.
 */
export function findOrInstallBrowser(env = process.env) {
  const named = env.PARITY_BROWSER;
  if (named) {
    if (starts(named)) return named;
    throw new Error(`PARITY_BROWSER is ${named}, which does not start. Set it to a Chromium or Chrome, or unset it.`);
  }
  const present = [playwrightsOwn(), ...onPath(env), ...usualPlaces(env)].find(starts);
  if (present !== undefined) return present;
  for (const install of [installByPlaywright, installSystemLibraries, installByApt]) {
    if (!install()) continue;
    const installed = [playwrightsOwn(), ...onPath(env), ...usualPlaces(env)].find(starts);
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium was found and none could be installed.\n' +
      "Install one (`npx playwright install --with-deps chromium`, or your system's package of chromium or Chrome),\n" +
      'or set PARITY_BROWSER to the path of one.',
  );
}

function playwrightsOwn() {
  try {
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

const onPath = (env) =>
  (env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => path.join(folder, process.platform === 'win32' ? `${name}.exe` : name)));

function usualPlaces(env) {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', path.join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => path.join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (process.platform === 'win32') {
    const programs = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return programs.flatMap((folder) => [
      path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(folder, 'Chromium', 'Application', 'chrome.exe'),
      path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/usr/lib/chromium'].flatMap((folder) =>
    NAMES.map((name) => path.join(folder, name)),
  );
}

/** A file can be there and still not start: a library is missing, or it is a stub that only says how to install the real one. */
function starts(file) {
  if (file === undefined || !existsSync(file)) return false;
  // On Windows --version opens a window.
  if (process.platform === 'win32') return true;
  const asked = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return asked.status === 0 && /\d+\.\d+/.test(asked.stdout);
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
  const own = playwrightsOwn();
  if (own === undefined || !existsSync(own) || !hasApt() || !isRoot()) return false;
  return attempt('npx playwright install-deps chromium', process.execPath, [PLAYWRIGHT, 'install-deps', 'chromium']);
};

const installByApt = () =>
  hasApt() &&
  isRoot() &&
  attempt('apt-get update', 'apt-get', ['update']) &&
  attempt('apt-get install chromium', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
