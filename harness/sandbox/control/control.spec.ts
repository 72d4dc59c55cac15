/** The control page in a browser. */
import { expect, test } from 'playwright/test';
import { violations } from '../../report/html/testing/axe.ts';
import { type RunningSandbox, startSandbox } from '../index.ts';

let sandbox: RunningSandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox({ seed: 3, orgs: 20, defects: ['rate-off*2'] });
});
test.afterEach(() => sandbox.close());

test('tells what is served, switches, and shows requests as they come', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(sandbox.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cutover Parity sandbox');
  await expect(page.getByText('Nothing was asked yet.')).toBeVisible();
  await expect(page.getByLabel('rate-off*2')).toBeChecked();
  await fetch(`${sandbox.url}/v1/regions?appIds=botpack`, { headers: { 'x-api-key': sandbox.apiKey } });
  await expect(page.locator('#requests tr').first()).toContainText('/v1/regions?appIds=botpack');
  await page.getByLabel('rate-off*2').uncheck();
  await page.getByText('Faults of server and network').first().click();
  await page.locator('input[value="unavailable"]').check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 switched on.')).toBeVisible();
  expect(sandbox.defects).toHaveLength(0);
  const answer = await fetch(`${sandbox.url}/v1/regions?appIds=botpack`, { headers: { 'x-api-key': sandbox.apiKey } });
  expect(answer.status).toBe(503);
  await expect(page.locator('#requests tr').first()).toContainText('unavailable');
  expect(complaints).toStrictEqual([]);
});

test('searches the switches, keeps what is on, and has Apply at hand', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.goto(sandbox.url);
  await page.getByRole('searchbox', { name: 'Search' }).fill('currency');
  const shown = page.locator('fieldset label:visible');
  await expect(shown.first()).toBeVisible();
  for (const text of await shown.allTextContents()) expect(text.toLowerCase()).toContain('currency');
  await expect(page.getByRole('status')).toHaveText(`${await shown.count()} found`);
  await expect(page.getByRole('button', { name: 'Apply' })).toBeInViewport();
  await shown.first().getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('2 switched on.')).toBeVisible();
});

test('shows curl lines whole, and copies them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(sandbox.url);
  const code = page.locator('pre').first();
  expect(await code.evaluate((pre) => pre.scrollWidth <= pre.clientWidth)).toBe(true);
  await page.getByRole('button', { name: 'Copy curl' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`breaks no rule of axe, ${colorScheme}, and does not scroll sideways at 360 px`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(sandbox.url);
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await context.close();
  });
}
