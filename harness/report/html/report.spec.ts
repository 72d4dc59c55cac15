/** The page in a real browser, opened from disk as a reader would. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, expect, type Page, test } from 'playwright/test';
import { detail, openReport as open, writeReport as report, rows } from './testing/page.ts';

let url: string;
let large: string;
test.beforeAll(async () => {
  url = await report();
  large = await report({ orgs: 2000, findings: 10_000 });
});

async function withoutScript(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  return context.newPage();
}

test('opens from disk, asks nothing of the network and breaks none of its own rules', async ({ page }) => {
  const faults = await open(page, url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('✗ NOT READY');
  await expect(rows(page)).toHaveCount(20);
  await page.locator('.row-button').first().click();
  await expect(detail(page)).toBeVisible();
  expect(faults).toEqual([]);
});

test('a link to a finding leads to it, past all that stands above', async ({ page }) => {
  await open(page, url);
  const id = (await rows(page).first().locator('.row-button').getAttribute('id'))?.replace(
    /^.*?([0-9a-f]{12,})$/,
    '$1',
  );
  await page.goto('about:blank');
  await open(page, `${url}#finding=${id}`);
  await expect(detail(page).getByRole('heading', { level: 3 })).toBeInViewport();
});

test('tells verdict, gates, money, coverage, causes and findings without script', async ({ browser }) => {
  const page = await withoutScript(browser);
  await open(page, url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('✗ NOT READY');
  for (const name of [
    'Gate',
    'Money at risk',
    'Checks and coverage',
    'Organisations',
    'Tie-out',
    'Accounts',
    'Root causes',
    'Pictures',
    'Statement',
  ]) {
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  }
  const first = page.locator('details.finding').first();
  await first.locator('summary').click();
  await expect(first.getByText('Legacy bills this product')).toBeVisible();
  await expect(first.getByText(/^GET \/v1\/regions/)).toBeVisible();
  await page.context().close();
});

test('reads well where a CI server forbids script and style', async ({ browser }) => {
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
  // biome-ignore lint/performance/useDomNodeTextContent: what a reader sees, with blocks apart
  const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
  expect(text).toMatch(/not compared: prices.*NOT READY.*48 mismatches/);
  expect(text).toContain('Contract bills − legacy bills = money of the findings + residual');
  expect(text).toContain('Charges 250 240 2 7 product not mapped, 1 repeated');
  expect(text).toContain('Parity, at least 100 % 98.6512 % ✗ Not met');
  expect(text).toContain('? Not comparable 4');
  expect(text).toContain('The contract side leaves bundleQuantity out bundle-ignored');
  await page.locator('details.finding summary').first().click();
  await expect(page.locator('details.finding').first().getByText('Legacy bills this product')).toBeVisible();
  await context.close();
  server.close();
});

test('searches by words and tokens, and keeps the view in the address', async ({ page }) => {
  await open(page, url);
  const box = page.getByRole('searchbox', { name: 'Search findings' });
  await box.fill('rule:currency money:>1000');
  await expect(page.locator('.shown')).toHaveText(/^\d+ findings? of 64$/);
  const found = await rows(page).count();
  expect(found).toBeGreaterThan(0);
  for (const rule of await page.locator('.row-button').allTextContents()) expect(rule).toBe('currency');
  await page.reload();
  await expect(rows(page)).toHaveCount(found);
  await box.fill('nothing has this');
  await expect(page.getByText('No finding fits')).toBeVisible();
  await page.getByRole('button', { name: 'Show all 64' }).click();
  await expect(page.locator('.shown')).toHaveText('64 findings of 64');
});

test('filters by status and rule', async ({ page }) => {
  await open(page, url);
  await page.getByRole('button', { name: /^Not comparable/ }).click();
  await expect(page.locator('.shown')).toHaveText('52 findings of 64');
  await expect(page.locator('tbody .status-not-comparable')).toHaveCount(0);
  await page.getByRole('button', { name: /^Tolerated/ }).click();
  await page.getByRole('searchbox', { name: 'Search findings' }).fill('status:tolerated');
  await expect(page.locator('tbody .status-tolerated')).not.toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search findings' }).fill('');
  await page.getByRole('button', { name: /^contract-end \d/ }).click();
  for (const rule of await page.locator('.row-button').allTextContents()) expect(rule).toBe('contract-end');
});

test('sorts by a column and says so', async ({ page }) => {
  await open(page, url);
  const header = page.getByRole('columnheader', { name: 'Rule' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows(page).first()).toContainText('actual-quantity');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(rows(page).first()).toContainText('product-missing-in-contract');
});

test('is worked by keyboard alone', async ({ page }) => {
  await open(page, url);
  await expect(rows(page)).toHaveCount(20);
  await page.keyboard.press('/');
  await page.keyboard.type('rule:overage-rate');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = page.locator('.row-button').nth(1);
  await expect(second).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(detail(page).getByRole('heading', { level: 3 })).toBeFocused();
  await expect(detail(page)).toContainText('2 of 8');
  await page.keyboard.press('j');
  await expect(detail(page)).toContainText('3 of 8');
  await page.keyboard.press('k');
  await page.keyboard.press('Escape');
  await expect(detail(page)).toHaveCount(0);
  await expect(second).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('shows both sides, how they were read, and the evidence', async ({ page }) => {
  await open(page, `${url}#q=rule%3Aoverage-rate`);
  await page.locator('.row-button').first().click();
  const legacy = detail(page).locator('.side-legacy');
  const contract = detail(page).locator('.side-contract');
  await expect(legacy.locator('.value')).toHaveText('23.74');
  await expect(legacy).toContainText('"23.740" on the wire → compared as 23.74');
  await expect(contract.locator('.value')).toHaveText('25');
  await expect(contract.locator('.excerpt mark')).toHaveText(/▸\s+"overageRate": 25\.00/);
  await expect(contract).toContainText('5f6d0b52-8a0c-4b1e-9a52-0d7c1f6f2a11');
  await expect(contract).toContainText('/charges/1/overageRate');
  await expect(detail(page)).toContainText('contract − legacy +1.26 (+5.31 %)');
  await expect(detail(page)).toContainText('USD 6.30 over-billed');
});

test('has the line in dispute in view, and goes on to the next finding without losing the place', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await open(page, url);
  await rows(page).first().locator('.row-button').click();
  const bodies = detail(page).locator('.excerpt');
  await expect(bodies.first()).toBeVisible();
  for (const each of await bodies.all()) {
    const inView = await each.evaluate((body) => {
      const { top, bottom, right } = body.getBoundingClientRect();
      const own = (body.querySelector('mark') as HTMLElement).getBoundingClientRect();
      return own.top >= top && own.bottom <= bottom && own.right <= right + 1;
    });
    expect(inView).toBe(true);
  }
  const next = detail(page).getByRole('button', { name: 'Next' });
  await next.click();
  await expect(detail(page)).toContainText('2 of ');
  await expect(next).toBeFocused();
  await expect(rows(page).nth(1)).toHaveClass(/open/);
  await expect(rows(page).nth(1)).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(detail(page)).toContainText('3 of ');
  await detail(page).getByRole('button', { name: 'Previous' }).click();
  await expect(detail(page)).toContainText('2 of ');
});

test('copies a link that leads back to the finding, and a curl command without secrets', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, url);
  await page.locator('.row-button').first().click();
  const title = await detail(page).getByRole('heading', { level: 3 }).textContent();
  await detail(page).getByRole('button', { name: 'Copy as curl' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/x-api-key: \$LEGACY_API_KEY" 'https:\/\//);
  await detail(page).getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await expect(detail(other).getByRole('heading', { level: 3 })).toHaveText(title ?? '');
});

test('goes back from a finding by the back button, and on to the one it follows from', async ({ page }) => {
  await open(page, `${url}#q=rule%3Aoverage-charge`);
  await page.locator('.row-button').first().click();
  await expect(detail(page)).toBeVisible();
  await page.goBack();
  await expect(detail(page)).toHaveCount(0);
  await page.goForward();
  await detail(page)
    .getByRole('link', { name: /^finding / })
    .click();
  await expect(detail(page).getByRole('heading', { level: 3 })).not.toHaveText('Overage charge');
});

test('runs nothing that a hostile name brings', async ({ page }) => {
  await open(page, `${url}#status=all`);
  for (let at = 0; at < (await page.locator('.row-button').count()); at += 3) {
    await page.locator('.row-button').nth(at).click();
  }
  await expect(page.locator('.findings img, .findings svg, .panel img')).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`follows the system's ${scheme} scheme, and the toggle`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme });
    const page = await context.newPage();
    await open(page, url);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const [light, dark] = ['rgb(245, 246, 248)', 'rgb(12, 15, 20)'];
    expect(await ground()).toBe(scheme === 'light' ? light : dark);
    await page.getByRole('button', { name: scheme === 'light' ? 'Dark' : 'Light' }).click();
    expect(await ground()).toBe(scheme === 'light' ? dark : light);
    await context.close();
  });
}

for (const width of [360, 800, 1280]) {
  test(`does not scroll sideways at ${width} px`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await open(page, url);
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await over()).toBe(0);
    await page.locator('.row-button').nth(12).click();
    await expect(detail(page)).toBeVisible();
    expect(await over()).toBe(0);
    await context.close();
  });
}

test('reads 10,000 findings page by page', async ({ page }) => {
  const faults = await open(page, `${large}#status=all`);
  await expect(page.locator('.shown')).toHaveText('10,000 findings of 10,000');
  await expect(rows(page)).toHaveCount(20);
  await page.getByRole('navigation', { name: 'Pages of findings' }).getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('21 to 40 of 10,000')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search findings' }).fill('org:acme rule:currency');
  await expect(page.getByText(/^\d+ findings of 10,000$/)).toBeVisible();
  expect(faults).toEqual([]);
});
