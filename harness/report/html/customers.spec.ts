/** The customers: found, sorted, opened, and passed on; and the sentences that are read out first. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { expect, type Page, test } from 'playwright/test';
import { openReport, writeReport } from './testing/page.ts';

let url: string;
test.beforeAll(async () => {
  url = await writeReport();
});

const list = (page: Page) => page.locator('#customers-list .customer-table tbody tr');
const panel = (page: Page) => page.locator('.customer');

/** Sums a column of the panel's tables of checks. */
async function summed(page: Page, label: string): Promise<number> {
  const cells = await panel(page).locator(`.checks-table [data-label="${label}"]`).allTextContents();
  return cells.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
}

test('begins with sentences to read out: what was compared, what differs, what to do', async ({ page }) => {
  await openReport(page, url);
  const story = page.locator('.story p');
  expect(await story.count()).toBeGreaterThanOrEqual(3);
  await expect(story.first()).toContainText('This run compares');
  await expect(story.filter({ hasText: 'do not agree' })).toHaveCount(1);
  await expect(story.last()).toContainText('Next:');
});

test('finds customers by name, and sorts them', async ({ page }) => {
  await openReport(page, url);
  await expect(list(page).first()).toBeVisible();
  const name = (await list(page).nth(1).getByRole('link').first().textContent()) ?? '';
  await page.getByRole('searchbox', { name: 'Search customers' }).fill(`org:"${name.slice(0, 12).trim()}"`);
  await expect(list(page).first()).toContainText(name.slice(0, 12).trim());
  await page.getByRole('searchbox', { name: 'Search customers' }).fill('');
  await page.locator('#customers-list').getByRole('button', { name: 'Mismatches' }).click();
  const counts = (await list(page).locator('[data-label="Mismatches"]').allTextContents()).map(Number);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
});

test('opens one with all its checks, those that match too, its periods and its runs before', async ({ page }) => {
  await openReport(page, url);
  const row = list(page).first();
  const told = (label: string) => row.locator(`[data-label="${label}"]`).textContent().then(Number);
  const [match, mismatch, open] = [await told('Match'), await told('Mismatches'), await told('Not compared')];
  await row.getByRole('link').first().click();
  await expect(panel(page).getByText('Billing period')).toBeVisible();
  await expect(panel(page).getByText(/2026-04-19: \d+ · now: \d+/)).toBeVisible();
  expect(match).toBeGreaterThan(0);
  expect(await summed(page, 'Match')).toBe(match);
  expect(await summed(page, 'Mismatch')).toBe(mismatch);
  expect(await summed(page, 'Not compared')).toBe(open);
  await page.reload();
  await expect(panel(page)).toBeVisible();
});

test('saves all checks of one customer', async ({ page }) => {
  await openReport(page, url);
  await list(page).first().getByRole('link').first().click();
  const expected = await summed(page, 'Match');
  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Save its checks' }).click();
  const saved: Record<string, string>[] = parse(await readFile(await (await download).path(), 'utf8'), {
    bom: true,
    columns: true,
  });
  expect(saved.reduce((sum, row) => sum + Number(row['match']), 0)).toBe(expected);
});
