/** Finds a Chromium that starts: Playwright's own, or one that is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { HarnessError } from '../../domain/errors.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const START_LIMIT_MS = 30_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Path of a browser that starts: `PARITY_BROWSER`, else Playwright's own, else an installed one.
 * @throws HarnessError `usage` that says what to install
 */
export function findBrowser(env: Environment, places: readonly string[] = placesOf(env)): string {
  const named = env['PARITY_BROWSER'];
  if (named) {
    if (starts(named)) return named;
    throw new HarnessError('usage', `PARITY_BROWSER is ${named}, which does not start`, {
      hint: 'Set it to the path of a Chromium or Chrome, or unset it.',
    });
  }
  const present = places.find(starts);
  if (present !== undefined) return present;
  throw new HarnessError('usage', 'no Chromium, Chrome or Edge was found, which a PDF needs', {
    hint: 'Install one (`npx playwright install --with-deps chromium`, or your system’s package), or set PARITY_BROWSER to the path of one.',
  });
}

const placesOf = (env: Environment): readonly string[] => [...playwrightsOwn(), ...onPath(env), ...usualPlaces(env)];

/** Playwright is an optional peer: it is looked for beside this package, and in the folder where the command runs. */
function playwrightsOwn(): readonly string[] {
  return [import.meta.url, path.join(process.cwd(), 'package.json')].flatMap((from) => {
    try {
      const { chromium } = createRequire(from)('playwright') as { chromium: { executablePath(): string } };
      return [chromium.executablePath()];
    } catch {
      return [];
    }
  });
}

const onPath = (env: Environment): readonly string[] =>
  (env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => path.join(folder, process.platform === 'win32' ? `${name}.exe` : name)));

function usualPlaces(env: Environment): readonly string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', path.join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => path.join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (process.platform === 'win32') {
    const programs = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return programs
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
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
function starts(file: string): boolean {
  if (!existsSync(file)) return false;
  // On Windows --version opens a window.
  if (process.platform === 'win32') return true;
  const asked = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: START_LIMIT_MS });
  return asked.status === 0 && /\d+\.\d+/.test(asked.stdout);
}
