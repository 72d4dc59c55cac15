/** Zero violations of axe's rules in every view, light and dark, wide and narrow; and every action by keyboard alone. */
import { expect, type Locator, type Page, test } from 'playwright/test';
import { violations } from './testing/axe.ts';
import { bills, detail, openReport, rows, writeReport } from './testing/page.ts';

let url: string;
test.beforeAll(async () => {
  url = await writeReport();
});

interface View {
  readonly bring: (page: Page) => Promise<void>;
  /** Where something stands that was not there before; empty: the whole page. */
  readonly where: readonly string[];
}

/** What a reader can bring up; each starts from a fresh page. */
const VIEWS: Readonly<Record<string, View>> = {
  'first screen': { where: [], bring: async (page) => expect(rows(page).first()).toBeVisible() },
  'a finding': {
    where: ['.panel', '.findings-table tbody tr:first-child'],
    bring: async (page) => {
      await rows(page).first().locator('.row-button').click();
      await expect(detail(page).locator('.excerpt').first()).toBeVisible();
    },
  },
  groups: {
    where: ['.groups'],
    bring: async (page) => {
      await page.getByLabel('Group by').selectOption('cause');
      await expect(page.locator('.groups tbody tr').first()).toBeVisible();
    },
  },
  'everything unfolded': {
    where: ['details'],
    bring: async (page) => {
      for (const details of await page.locator('details').all()) {
        if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click();
      }
    },
  },
  statement: {
    where: ['.statement'],
    bring: async (page) => {
      await expect(bills(page).first()).toBeVisible();
      await page.getByRole('searchbox', { name: 'Search statement' }).fill('currency:kwd');
      await expect(bills(page).first()).toContainText('KWD');
    },
  },
  'no pair found': {
    where: ['.statement'],
    bring: async (page) => {
      await page.getByRole('searchbox', { name: 'Search statement' }).fill('nothing has rule:this');
      await expect(page.getByText('No pair fits')).toBeVisible();
    },
  },
  help: {
    where: ['dialog'],
    bring: async (page) => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  'nothing found': {
    where: ['.findings'],
    bring: async (page) => {
      await page.getByRole('searchbox', { name: 'Search findings' }).fill('nothing has this money:lots');
      await expect(page.getByText('No finding fits')).toBeVisible();
    },
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 360]) {
    test(`breaks no rule of axe, ${colorScheme}, ${width} px`, async ({ browser }) => {
      test.slow();
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const found: string[] = [];
      for (const [name, { bring, where }] of Object.entries(VIEWS)) {
        await openReport(page, url);
        await expect(rows(page).first()).toBeVisible();
        await bring(page);
        found.push(...(await violations(page, where)).map((violation) => `${name}, ${violation}`));
      }
      expect(found).toEqual([]);
      await context.close();
    });
  }
}

/** Presses Tab, or Shift and Tab where that is the shorter way, until the thing has the focus, as someone without a mouse must. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const wayTo = () =>
    target.evaluate((element) => {
      const focused = document.activeElement;
      if (element === focused) return null;
      const isBefore =
        focused !== null && focused.compareDocumentPosition(element) === Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore ? 'Shift+Tab' : 'Tab';
    });
  for (let presses = 0; presses < 600; presses++) {
    const key = await wayTo();
    if (key === null) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never reached ${target}`);
}

test('does everything by keyboard alone', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openReport(page, url);
  await expect(rows(page).first()).toBeVisible();
  const press = async (target: Locator, key = 'Enter'): Promise<void> => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  await press(page.getByRole('button', { name: 'Dark' }));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await press(page.locator('.cause-title').first());
  await expect(page).toHaveURL(/q=cause/);
  await press(page.locator('#query'), 'ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await press(page.locator('.as-table summary').first());
  await expect(page.locator('.as-table table').first()).toBeVisible();
  await press(page.locator('.heat td a').first());
  await expect(page).toHaveURL(/rule%3A/);
  await press(page.locator('#query'), 'ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await press(page.getByRole('button', { name: /^Not comparable/ }), 'Space');
  await expect(page.getByRole('button', { name: /^Not comparable/ })).toHaveAttribute('aria-pressed', 'false');
  await press(page.locator('.rule-chip').first(), 'Space');
  await expect(page).toHaveURL(/rule=/);
  await press(page.getByRole('button', { name: 'All rules' }));
  const saved = page.waitForEvent('download');
  await press(page.getByRole('button', { name: 'CSV' }));
  expect((await saved).suggestedFilename()).toMatch(/^findings-.*\.csv$/);
  await press(page.getByRole('columnheader', { name: 'Rule' }).getByRole('button'));
  await expect(page.getByRole('columnheader', { name: 'Rule' })).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/page=2/);
  await page.keyboard.press('p');
  await expect(page).not.toHaveURL(/page=/);
  await press(page.locator('.row-button').first());
  await press(detail(page).getByRole('button', { name: 'Copy as issue text' }));
  await expect(detail(page).getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('### actual-quantity');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await press(page.locator('.groups .link').first());
  await expect(page).toHaveURL(/q=cause/);
  const residual = page.locator('.statement').getByRole('columnheader', { name: 'Residual' });
  await press(residual.getByRole('button'));
  await expect(residual).toHaveAttribute('aria-sort', 'descending');
});
