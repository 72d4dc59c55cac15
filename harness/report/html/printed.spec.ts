/** What a page prints: all findings, whatever part of them is in sight, and where the rest is. */
import { expect, type Page, test } from 'playwright/test';
import { openReport, rows, writeReport } from './testing/page.ts';

const onPaper = (page: Page) => page.locator('.on-paper');

/** The page as it stands once the browser begins to print. */
async function print(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
}

test('prints all findings, resolved ones too, and not only those of the page in sight', async ({ page }) => {
  await openReport(page, await writeReport());
  await print(page);
  await expect(onPaper(page).locator('tbody tr')).toHaveCount(64);
  await expect(onPaper(page)).toContainText('All 64 findings');
  await expect(onPaper(page).locator('.status-waived').first()).toBeVisible();
  await expect(rows(page).first()).toBeHidden();
  await expect(page.getByRole('region', { name: 'Sign-off' })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(onPaper(page)).toBeEmpty();
});

test('prints what a search has chosen, and says that it is a part', async ({ page }) => {
  await openReport(page, `${await writeReport()}#q=rule%3Aoverage-rate`);
  await print(page);
  const found = await onPaper(page).locator('tbody tr').count();
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(64);
  await expect(onPaper(page)).toContainText(`The ${found} findings that fit the search rule:overage-rate`);
  await expect(onPaper(page)).toContainText('The run has 64; the others are not printed.');
});

test('says how many more there are than it prints, and where', async ({ page }) => {
  test.slow();
  await openReport(page, await writeReport({ orgs: 300, findings: 3000 }));
  await expect(rows(page).first()).toBeVisible();
  await print(page);
  await expect(onPaper(page).locator('tbody tr')).toHaveCount(2000);
  await expect(onPaper(page)).toContainText(
    'The first 2,000 of all 3,000 findings. 1,000 more stand in findings.jsonl',
  );
});
