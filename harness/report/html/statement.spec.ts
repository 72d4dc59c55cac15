/** The statement in a real browser: both bills of each pair, found, sorted, led to their findings, saved. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { expect, type Page, test } from 'playwright/test';
import { bills, openReport, rows, writeReport } from './testing/page.ts';

let url: string;
test.beforeAll(async () => {
  url = await writeReport();
});

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search statement' });
const shown = (page: Page) => page.locator('.statement').getByRole('status');
const column = (page: Page, label: string) =>
  page.locator(`.statement .statement-table td[data-label="${label}"]`).allTextContents();

test('stands in the page without script, the worst first and few of many', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openReport(page, await writeReport({ orgs: 400, findings: 400 }));
  await expect(bills(page)).toHaveCount(50);
  await expect(page.getByText(/^The 50 worst of [\d,]+ pairs;/)).toBeVisible();
  await expect(bills(page).first().locator('.residual')).toHaveText('✗ +0.125');
  await context.close();
});

test('finds pairs by words and fields, and says what it does not understand', async ({ page }) => {
  await openReport(page, url);
  await expect(bills(page)).toHaveCount(10);
  await search(page).fill('currency:jpy');
  await expect(bills(page).first()).toBeVisible();
  expect(new Set(await column(page, 'Currency'))).toEqual(new Set(['JPY']));
  await search(page).fill('money:>60000 -currency:kwd');
  await expect(shown(page)).toHaveText(/^2 pairs of \d+/);
  await search(page).fill('rule:overage-rate');
  await expect(page.getByText('Not understood: rule:')).toBeVisible();
  await search(page).fill('legacy states no rate');
  await expect(bills(page).first()).toContainText('not known');
});

test('sorts amounts within each currency, what is not known last, and goes back to the worst first', async ({
  page,
}) => {
  await openReport(page, url);
  await search(page).fill('currency:kwd');
  const heading = page.locator('.statement').getByRole('columnheader', { name: 'Difference' });
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  const sizes = (await column(page, 'Difference')).map((text) => Number(text.replaceAll(/[^\d.]/g, '')));
  expect(sizes.length).toBeGreaterThan(5);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  await page.getByRole('button', { name: 'Worst first' }).click();
  await expect(bills(page).first().locator('.residual')).toBeVisible();
});

test('leads from a pair to its findings', async ({ page }) => {
  await openReport(page, url);
  const link = bills(page).getByRole('link').first();
  const amount = (await link.textContent()) ?? '';
  await link.click();
  await expect(page).toHaveURL(/q=org/);
  await expect(rows(page).first()).toContainText(amount.replace(/^[+−]/, '').slice(0, 4));
});

test('saves the pairs that the search leaves', async ({ page }) => {
  await openReport(page, url);
  await search(page).fill('currency:usd');
  const [, count] = /^(\d+) pairs/.exec((await shown(page).textContent()) ?? '') ?? [];
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save these pairs' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^statement-.*\.csv$/);
  const saved = parse(await readFile(await file.path(), 'utf8'), { bom: true, columns: true }) as Record<
    string,
    string
  >[];
  expect(saved).toHaveLength(Number(count));
  expect(new Set(saved.map(({ currency }) => currency))).toEqual(new Set(['USD']));
});

test('pages through thousands of pairs with few elements', async ({ page }) => {
  test.slow();
  const faults = await openReport(page, await writeReport({ orgs: 4000, findings: 2000 }));
  await expect(shown(page)).toHaveText(/^[\d,]{5,} pairs of/);
  await page.getByRole('navigation', { name: 'Pages of pairs' }).getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText(/^11 to 20 of/)).toBeVisible();
  expect(await page.locator('.statement *').count()).toBeLessThan(320);
  expect(faults).toEqual([]);
});
