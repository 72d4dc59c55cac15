/** One run against another in a real browser: from disk, without style or script, for everyone. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'playwright/test';
import type { Change, RunComparison, RunSummary } from '../../../domain/run-comparison.ts';
import type { Finding } from '../../../domain/run-result.ts';
import { violations } from '../testing/axe.ts';

type Built = typeof import('./write.ts');

const HOSTILE = '<img src=x onerror="globalThis.hacked=1">‮evil';

const finding = {
  id: '0123456789ab',
  status: 'mismatch',
  category: 'overage',
  rule: 'overage-rate',
  orgs: [{ id: '9d750d63-95ae-4df7-8955-2bca7152ca19', name: HOSTILE }],
  sku: 'PC-170-NV-WALLB',
  partNumber: null,
  moneyAtRisk: { currency: 'USD', amount: '1234567.80', direction: 'over-billed' },
  reason: `legacy says 23.74, contract says 25.00, ${HOSTILE}`,
  derivedFrom: null,
} as unknown as Finding;

const change = (kind: Change['kind'], id: string): Change => ({
  kind,
  trend: kind === 'changed' ? 'worse' : null,
  id,
  before: kind === 'new' ? { status: 'match', finding: null } : { status: 'mismatch', finding: { ...finding, id } },
  after: kind === 'fixed' ? { status: 'match', finding: null } : { status: 'mismatch', finding: { ...finding, id } },
  why: null,
});

const runSummary = (id: string, verdict: RunSummary['verdict']): RunSummary => ({
  id,
  scenario: HOSTILE,
  startedAt: '2026-04-20T02:00:00.000Z',
  verdict,
  alone: false,
  waivers: { used: 0 },
  moneyWaived: [],
  parity: '99.2',
  coverage: '100',
});

const COMPARISON: RunComparison = {
  before: runSummary('20260420T020000Z-1f3a', 'parity'),
  after: runSummary('20260421T020000Z-77be', 'mismatch'),
  counts: {
    new: 1,
    changed: 1,
    persisting: 1,
    unverified: 0,
    'not-looked-at': 1,
    waived: 0,
    tolerated: 0,
    fixed: 1,
    worse: 1,
  },
  waived: [],
  money: [
    {
      currency: 'USD',
      before: { overBilled: '0.00', underBilled: '0' },
      after: { overBilled: '1234567.80', underBilled: '0.00' },
    },
  ],
  lost: [{ reason: `GET /api/v2/billing/contracts answered 403 ${'x'.repeat(300)}`, count: 51 }],
  narrower: 'looked at 2 organisations alone (--org)',
  unproven: ['The later run is narrower than the earlier one: it looked at 2 organisations alone (--org).'],
  sightLost: true,
  checks: { both: 538, onlyBefore: 26, onlyAfter: 28 },
  changes: [
    change('new', 'aa'),
    change('changed', 'bb'),
    change('persisting', 'cc'),
    change('not-looked-at', 'ee'),
    change('fixed', 'dd'),
  ],
  notes: [`the scenario was changed ${HOSTILE}`],
};

let url: string;
test.beforeAll(async () => {
  // The build, as users get it: Playwright would compile our JSX for itself and not for Preact.
  const { writeComparisonPage }: Built = await import(
    new URL('../../../../dist/report/html/comparison/write.js', import.meta.url).href
  );
  const file = join(await mkdtemp(join(tmpdir(), 'parity-comparison-')), 'comparison.html');
  await writeComparisonPage(file, COMPARISON, '0.1.0');
  url = pathToFileURL(file).href;
});

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 360],
] as const) {
  test(`breaks no rule of axe, asks nothing, runs nothing and fits, ${colorScheme}, ${width} px`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    for (const closed of await page.locator('details:not([open]) > summary').all()) await closed.click();
    expect(await violations(page)).toEqual([]);
    expect(asked.filter((one) => one !== url && !one.startsWith('data:'))).toEqual([]);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
    await context.close();
  });
}

test('says what is new before what is fixed, and never calls lost what was fixed', async ({ page }) => {
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    /^1 new, 1 changed .*1 fixed/,
    'Both runs',
    'Could be compared before, and not now: 51',
    /New: 1/,
    /Changed: 1/,
    /Not looked at: 1/,
    /Fixed: 1/,
    /Persisting: 1/,
  ]);
  const band = page.getByRole('region', { name: 'NOT READY' });
  expect(await band.textContent()).toMatch(/1 new.*NOT READY/);
  await expect(band).toContainText('it looked at 2 organisations alone');
  await expect(page.getByRole('table', { name: '' }).first()).toContainText('▲ Over-billed USD01,234,567.80');
  await expect(page.getByText('▲ worse')).toBeVisible();
});
