/**
 * The HTML report in a real browser: size of the file, time until the table stands, time of a filter, elements, memory. With
 * `peers` among the words, Playwright's HTML report and Allure 3 with as many rows, fetched for the occasion, as ratios to ours.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { compare } from '../dist/compare/compare.js';
import { RULES } from '../dist/compare/rules/registry.js';
import { toChecks } from '../dist/report/checks.js';
import { htmlReporter } from '../dist/report/html/html-reporter.js';
import { toFindings } from '../dist/report/json/findings.js';
import { toResult } from '../dist/report/json/result.js';
import { toStatement } from '../dist/report/json/statement.js';
import { passedChecks } from '../dist/report/passed-checks.js';
import { findOrInstallBrowser } from '../scripts/browser.mjs';
import { peers } from './parts/peers.mjs';
import { policy, worldOf } from './parts/world.mjs';

const RUN = {
  id: '20260420T120000Z-0000',
  scenario: 'bench',
  scenarioSha256: '',
  startedAt: '2026-04-20T12:00:00.000Z',
  finishedAt: '2026-04-20T12:01:00.000Z',
  sources: { legacy: 'live', contract: 'live' },
  shard: null,
  origins: {},
  sandbox: null,
};
const REQUESTS = { legacy: 0, contract: 0, retries: 0, rateLimited: 0, replayed: 0 };
const AT = '2026-04-20T12:00:00.000Z';

/** An answer such as the evidence of a finding leads to; the body is as large as a contract's usually is. */
const exchangeOf = (id) => ({
  v: 1,
  id,
  source: id.startsWith('usage') ? 'usage-api' : 'contract-api',
  method: 'GET',
  url: `https://api.example.com/${id}`,
  path: `/${id}`,
  subject: id,
  reading: 0,
  startedAt: AT,
  durationMs: 120,
  attempts: [{ startedAt: AT, durationMs: 120, status: 200, error: null, waitedMs: 0 }],
  outcome: {
    kind: 'answer',
    status: 200,
    headers: {},
    body: JSON.stringify({
      id,
      charges: Array.from({ length: 5 }, (_, at) => ({ id: `${id}-${at}`, actualQuantity: at * 7 })),
    }),
  },
});
const faceOf = (id) => ({ url: `/${id}`, at: AT, correlationId: null });

async function write(out, wanted) {
  // Two findings a wrong pair, or a little more.
  const { legacy, contract } = worldOf(Math.ceil(wanted / 8), 1);
  const judgement = compare(legacy, contract, policy);
  const findings = toFindings(judgement, faceOf).slice(0, wanted);
  const result = toResult(judgement, { version: 'bench', run: RUN, requests: REQUESTS });
  const began = process.hrtime.bigint();
  const [file] = await htmlReporter.write({
    result,
    earlier: [],
    checks: toChecks(judgement),
    passed: passedChecks(toChecks(judgement)),
    findings,
    statement: toStatement(judgement),
    exchanges: exchangeOf,
    rules: RULES,
    tolerances: {},
    out,
  });
  return { file, findings: findings.length, ms: Number(process.hrtime.bigint() - began) / 1e6 };
}

/** Milliseconds from navigation to a table with rows, and from typing to the rows that fit; medians of a few loads. */
async function measure(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const ready = [];
  for (let round = 0; round < 5; round++) {
    await page.goto(pathToFileURL(file).href);
    await page.locator('.findings-table tbody tr').first().waitFor();
    ready.push(await page.evaluate(() => performance.now()));
  }
  const filters = [];
  for (const text of ['rule:overage-quantity', 'org:org-7', 'money:>100', '']) {
    filters.push(
      await page.evaluate(async (query) => {
        const input = document.getElementById('query');
        const began = performance.now();
        input.value = query;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        return performance.now() - began;
      }, text),
    );
  }
  const nodes = await page.evaluate(() => document.getElementsByTagName('*').length);
  const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
  await page.close();
  const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  return { ready: median(ready), filter: Math.max(...filters), nodes, heap };
}

async function* lines(words) {
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-bench-'));
  const args = ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath: await findOrInstallBrowser(), args });
  try {
    for (const wanted of [10_000, 100_000]) {
      const { file, findings, ms } = await write(dir, wanted);
      const bytes = (await stat(file)).size;
      const { ready, filter, nodes, heap } = await measure(browser, file);
      yield `${findings.toLocaleString('en')} findings: ${(bytes / 1e6).toFixed(2)} MB, written in ${(ms / 1000).toFixed(1)} s, ready in ${Math.round(ready)} ms, slowest of 4 filters ${Math.round(filter)} ms, ${nodes} elements, ${Math.round(heap / 1e6)} MB of heap`;
      if (wanted === 10_000 && words.includes('peers')) yield* peers(browser, dir, { rows: wanted, ready, bytes });
    }
  } finally {
    await browser.close();
    await rm(dir, { recursive: true, force: true });
  }
}

export default { name: 'report: the HTML report in a browser', lines };
