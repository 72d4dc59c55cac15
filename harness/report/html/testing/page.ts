/** What the browser tests share: a report written by the build, opened from disk. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright/test';
import { sampleContext } from '../../testing/sample.ts';

type Built = typeof import('../html-reporter.ts');

/** The build, as users get it: Playwright would compile our JSX for itself and not for Preact. */
const built = new URL('../../../../dist/report/html/html-reporter.js', import.meta.url).href;

export async function writeReport(options: { orgs?: number; findings?: number } = {}): Promise<string> {
  const { htmlReporter }: Built = await import(built);
  const out = await mkdtemp(join(tmpdir(), 'parity-report-'));
  const [file = ''] = await htmlReporter.write(sampleContext({ out, ...options }));
  return pathToFileURL(file).href;
}

/** Opens the page and notes everything it should not do. */
export async function openReport(page: Page, address: string): Promise<string[]> {
  const faults: string[] = [];
  page.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) faults.push(`request ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(address);
  return faults;
}

export const rows = (page: Page) => page.locator('.findings-table tbody tr');
/** Rows of the statement. */
export const bills = (page: Page) => page.locator('.statement .statement-table tbody tr');
export const detail = (page: Page) => page.locator('.panel');
