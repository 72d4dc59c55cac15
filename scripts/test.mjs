/** All tests: builds, runs vitest and Playwright, and ends with one line that counts both: `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBrowserTests } from './browser-tests.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => path.join(root, 'node_modules', ...name.split('/'));
const folder = mkdtempSync(path.join(tmpdir(), 'parity-tests-'));

const node = (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status;

/** What a runner wrote, or null where it ended before it could. */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * A runner that fails without a failed test (a file that cannot be imported, an unhandled rejection), and one that ran
 * nothing, count as one failure: a green line must mean that both ran and all passed.
 */
function counted(name, exitCode, passed, failed) {
  if (passed + failed === 0) console.error(`${name} ran no test`);
  else if (exitCode !== 0 && failed === 0) console.error(`${name} failed outside of its tests (exit code ${exitCode})`);
  else return { passed, failed };
  return { passed, failed: 1 };
}

function unitTests() {
  const file = path.join(folder, 'vitest.json');
  const exitCode = node([
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readJson(file);
  return counted('vitest', exitCode, report?.numPassedTests ?? 0, report?.numFailedTests ?? 0);
}

async function browserTests() {
  const file = path.join(folder, 'playwright.json');
  let exitCode = null;
  try {
    exitCode = await runBrowserTests(['--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  const stats = readJson(file)?.stats;
  return counted('playwright', exitCode, stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0));
}

async function runAll() {
  if (node([path.join(root, 'scripts', 'build.mjs')]) !== 0) {
    console.error('The build failed; no test was run');
    return [{ passed: 0, failed: 1 }];
  }
  return [unitTests(), await browserTests()];
}

const outcomes = await runAll();
rmSync(folder, { recursive: true, force: true });
const total = (key) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
