/** Reports of others with as many rows as ours, made by themselves and opened in the same browser. Fetched from npm; nothing of them is a dependency. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ALLURE = 'allure@3';
/** A report that takes longer than this is told of as such. */
const LIMIT_MS = 240_000;
const ROWS_IN_FILE = 50;

const PLAYWRIGHT = fileURLToPath(new URL('../../node_modules/playwright/cli.js', import.meta.url));

function run(command, args, cwd) {
  const began = Date.now();
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 1e9 });
  return { ok: status === 0, seconds: (Date.now() - began) / 1000, stderr: stderr ?? '' };
}

/**
 * Tests that do nothing and pass, so that the report is all there is: a failing one would cost a new worker each. A few in a file, as
 * people write them: the report shows the first files open.
 */
async function playwrightReport(dir, rows) {
  const folder = path.join(dir, 'playwright');
  await mkdir(folder, { recursive: true });
  const test = fileURLToPath(new URL('../../node_modules/playwright/test.js', import.meta.url));
  for (let from = 0; from < rows; from += ROWS_IN_FILE) {
    await writeFile(
      path.join(folder, `rows-${from}.spec.cjs`),
      `const { test } = require(${JSON.stringify(test)});\nfor (let i = ${from}; i < ${Math.min(rows, from + ROWS_IN_FILE)}; i++) test('organisation ' + i, () => {});\n`,
    );
  }
  await writeFile(
    path.join(folder, 'playwright.config.cjs'),
    "module.exports = { testDir: __dirname, workers: 2, reporter: [['html', { open: 'never', outputFolder: 'report' }]] };\n",
  );
  const outcome = run(process.execPath, [PLAYWRIGHT, 'test', '--config', 'playwright.config.cjs'], folder);
  return { ...outcome, file: path.join(folder, 'report', 'index.html'), row: '.test-file-test' };
}

async function allureReport(dir, rows) {
  const folder = path.join(dir, 'allure');
  const results = path.join(folder, 'allure-results');
  await mkdir(results, { recursive: true });
  for (let at = 0; at < rows; at++) {
    const result = {
      uuid: `u-${at}`,
      name: `organisation ${at}`,
      fullName: `f-${at}`,
      status: 'failed',
      stage: 'finished',
      start: at,
      stop: at + 1,
      statusDetails: { message: 'legacy says 1, contract says 2' },
      labels: [{ name: 'suite', value: `s-${at % 50}` }],
      steps: [],
      attachments: [],
      parameters: [],
    };
    await writeFile(path.join(results, `u-${at}-result.json`), JSON.stringify(result));
  }
  await writeFile(path.join(folder, 'package.json'), '{"private":true}');
  const installed = run('npm', ['install', '--no-audit', '--no-fund', ALLURE], folder);
  if (!installed.ok) return { ...installed, file: '', row: '' };
  await writeFile(
    path.join(folder, 'allurerc.mjs'),
    "export default { output: './report', plugins: { awesome: { options: { singleFile: true } } } };\n",
  );
  const outcome = run('npx', ['allure', 'generate', 'allure-results'], folder);
  return { ...outcome, file: path.join(folder, 'report', 'index.html'), row: '[data-testid="tree-leaf"]' };
}

async function sizeOf(file) {
  const folder = path.dirname(file);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function readyIn(browser, { file, row }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(pathToFileURL(file).href, { timeout: LIMIT_MS });
    await page.locator(row).first().waitFor({ timeout: LIMIT_MS });
    return await page.evaluate(() => performance.now());
  } catch (error) {
    return String(error).split('\n')[0];
  } finally {
    await page.close().catch(() => undefined);
  }
}

export async function* peers(browser, dir, ours) {
  for (const [name, make] of [
    ['Playwright', playwrightReport],
    ['Allure 3', allureReport],
  ]) {
    const made = await make(dir, ours.rows);
    const bytes = await sizeOf(made.file);
    if (bytes === 0) {
      yield `${name}: no report after ${Math.round(made.seconds)} s${made.ok ? '' : `: ${made.stderr.trim().split('\n').at(-1)}`}`;
      continue;
    }
    const ready = await readyIn(browser, made);
    const told =
      typeof ready === 'number' ? `${(ready / ours.ready).toFixed(2)} × our time until ready` : `not ready: ${ready}`;
    yield `${name}, ${ours.rows.toLocaleString('en')} rows: ${(bytes / ours.bytes).toFixed(2)} × our size, ${told}; made in ${Math.round(made.seconds)} s`;
  }
}
