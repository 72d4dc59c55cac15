/** What a reader does with findings beyond reading them: groups, pictures, slices, the whole pair, the runs before. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'playwright/test';
import { detail, openReport, rows, writeReport } from './testing/page.ts';

let url: string;
test.beforeAll(async () => {
  url = await writeReport();
});

test('gathers findings by what they share, and leads into a group', async ({ page }) => {
  await openReport(page, url);
  await page.getByLabel('Group by').selectOption('rule');
  const first = page.locator('.groups tbody tr').first();
  const count = await first.locator('td.number').first().textContent();
  await first.getByRole('button').click();
  await expect(page.locator('.shown')).toHaveText(`${count} findings of 64`);
  await page.reload();
  await expect(page.locator('.shown')).toHaveText(`${count} findings of 64`);
});

test('saves what the search leaves, and nothing of other organisations', async ({ page }) => {
  await openReport(page, `${url}#q=rule%3Aoverage-rate`);
  await expect(rows(page).first()).toBeVisible();
  const found = await rows(page).count();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON' }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
    findings: { rule: string; orgs: { id: string }[] }[];
    exchanges: Record<string, { url: string }>;
  };
  expect(saved.findings).toHaveLength(found);
  expect(new Set(saved.findings.map(({ rule }) => rule))).toEqual(new Set(['overage-rate']));
  expect(Object.keys(saved.exchanges).length).toBeGreaterThan(0);
});

test('draws what both sides state, with the same in a table', async ({ page }) => {
  await openReport(page, url);
  const picture = page.getByRole('region', { name: 'Legacy against contract quantity' });
  await expect(picture.getByRole('img')).toBeVisible();
  await picture.getByText('As a table').click();
  await expect(picture.getByRole('table')).toBeVisible();
  await picture.getByRole('link').first().click();
  await expect(page).toHaveURL(/q=c/);
});

test('shows the whole pair, the tolerance and the runs before', async ({ page }) => {
  await openReport(page, `${url}#q=rule%3Aactual-quantity`);
  await page.locator('.row-button').first().click();
  await expect(detail(page).getByText('up to 0.5, or up to 1 % of the greater value, in open periods')).toBeVisible();
  await expect(detail(page).getByText('Runs before')).toBeVisible();
  await expect(page.getByText(/^Since the last run \(2026-04-19 12:00:00 UTC\): \d+ new, 0 fixed/)).toBeVisible();
});

test('finds what is new since the last run', async ({ page }) => {
  await openReport(page, `${url}#q=status%3Anew`);
  const told = (await page.locator('.since').textContent()) ?? '';
  const [, fresh] = /: (\d+) new/.exec(told) ?? [];
  await page.getByRole('searchbox', { name: 'Search findings' }).fill('status:new -status:tolerated -status:waived');
  await expect(page.locator('.shown')).toHaveText(`${fresh} findings of 64`);
});

test('what is folded is there once it is opened, and once a link leads into it', async ({ page }) => {
  await openReport(page, url);
  const about = page.locator('.abouts details:not(:has(#rules))').first();
  const content = about.locator(':scope > :not(summary)');
  await expect(content).toHaveCount(0);
  await about.locator('summary').click();
  await expect(content.first()).toBeVisible();
  await openReport(page, `${url}#q=rule%3Aoverage-rate`);
  await page.locator('.row-button').first().click();
  await detail(page).getByRole('link', { name: 'overage-rate' }).click();
  await expect(page.locator('#rule-overage-rate')).toBeInViewport();
});

test('holds few elements, however many findings', async ({ page }) => {
  test.slow();
  await openReport(page, await writeReport({ orgs: 2000, findings: 20_000 }));
  await page.locator('.row-button').first().click();
  await expect(detail(page).locator('.excerpt').first()).toBeVisible();
  expect(await page.evaluate(() => document.getElementsByTagName('*').length)).toBeLessThan(2000);
});
