/** The history page in a real browser: from disk, by keyboard, without style, for everyone. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'playwright/test';
import { violations } from '../testing/axe.ts';
import { HISTORY } from './testing/sample.ts';

type Built = typeof import('./write.ts');

/** The build, as users get it: Playwright would compile our JSX for itself and not for Preact. */
const built = new URL('../../../../dist/report/html/history/write.js', import.meta.url).href;

let url: string;
test.beforeAll(async () => {
  const { writeHistoryPage }: Built = await import(built);
  const file = join(await mkdtemp(join(tmpdir(), 'parity-history-')), 'history.html');
  await writeHistoryPage(file, HISTORY, '0.1.0');
  url = pathToFileURL(file).href;
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no accessibility violation in ${colorScheme}, with every table open`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) faults.push(request.url());
    });
    await page.goto(url);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.addStyleTag({ content: '*{}' }).catch(() => undefined);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(faults.filter((fault) => !fault.includes('style'))).toEqual([]);
    await context.close();
  });
}

test('tells readiness, nights and causes where a CI server forbids script and style', async ({ browser }) => {
  const html = await readFile(fileURLToPath(url));
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.setHeader('content-security-policy', "sandbox; default-src 'none'");
    response.end(html);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  const text = ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');
  expect(text).toContain('→ NOT YET');
  expect(text).toContain('5 nights in a row at parity, 14 needed');
  expect(text).toContain('2026-04-28 Inconclusive');
  expect(text).toContain('appeared 2026-04-20, gone since 2026-04-29');
  await context.close();
  server.close();
});

for (const width of [360, 800, 1280, 3840]) {
  test(`does not scroll sideways at ${width} px`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(url);
    for (const summary of await page.locator('summary').all()) await summary.click();
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await over()).toBe(0);
    await context.close();
  });
}

test('has the numbers of every picture in a table', async ({ page }) => {
  await page.goto(url);
  for (const [region, row] of [
    ['Parity and coverage', '2026-04-28 Inconclusive 100 32.5'],
    ['Money at risk', '2026-04-20 Mismatch 120 884,521 1,200 0.00'],
    ['Root causes by night', '2026-04-26 nobody could tell'],
    ['Nights', '2026-04-26 No run'],
  ] as const) {
    const section = page.getByRole('region', { name: new RegExp(`^${region} `) }).first();
    await section.getByText('As a table').click();
    const rows = await section.locator('tbody tr').allInnerTexts();
    expect(rows.map((text) => text.replace(/[\s–?✗✓]+/g, ' ').trim())).toContainEqual(expect.stringContaining(row));
  }
});
