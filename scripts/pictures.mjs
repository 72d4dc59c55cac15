/** Takes the pictures of README and docs again, of a run of `parity demo` (build first): `npm run pictures`. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { findOrInstallBrowser } from './browser.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const WIDTH = 1280;

/** Each picture: its height, and what brings into view what it shows. */
const PICTURES = [
  { name: 'report-first-screen', height: 765, bring: async () => undefined },
  {
    name: 'report-statement',
    height: 640,
    bring: async (page) => {
      await page.getByRole('searchbox', { name: 'Search statement' }).waitFor();
      await page.locator('#statement').evaluate((heading) => heading.scrollIntoView());
    },
  },
  {
    name: 'report-finding',
    height: 800,
    bring: async (page) => {
      // Names that every machine has letters for.
      await page.getByRole('searchbox', { name: 'Search findings' }).fill('-org:東京メディカル');
      await page.locator('.row-button').first().click();
      await page.locator('.panel .excerpt').first().waitFor();
      await page.locator('.split').evaluate((list) => list.scrollIntoView());
      // Without the ring that the keyboard's place has.
      await page.evaluate(() => document.activeElement?.blur());
    },
  },
];

const dir = await mkdtemp(path.join(tmpdir(), 'parity-pictures-'));
const args = ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const browser = await chromium.launch({ executablePath: await findOrInstallBrowser(), args });
try {
  const demo = spawnSync(process.execPath, [CLI, 'demo', '--quiet', '--out', path.join(dir, 'run')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (demo.status !== 0) throw new Error(`parity demo ended with ${demo.status}`);
  for (const { name, height, bring } of PICTURES) {
    const page = await browser.newPage({ viewport: { width: WIDTH, height }, colorScheme: 'light' });
    await page.goto(pathToFileURL(path.join(dir, 'run', 'report.html')).href);
    await page.locator('.findings-table tbody tr').first().waitFor();
    await bring(page);
    const file = fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));
    await page.screenshot({ path: file });
    console.log(file);
    await page.close();
  }
} finally {
  await browser.close();
  await rm(dir, { recursive: true, force: true });
}
