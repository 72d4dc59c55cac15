/** The PDF as a browser makes it: pages of A4, as many as all findings need. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { sampleContext } from '../testing/sample.ts';

type Pdf = typeof import('./pdf.ts');
type Finder = typeof import('./browser.ts');
const { writePdf }: Pdf = await import(new URL('../../../dist/report/pdf/pdf.js', import.meta.url).href);
const { findBrowser }: Finder = await import(new URL('../../../dist/report/pdf/browser.js', import.meta.url).href);

/** Sizes of all pages, in points. */
async function pagesOf(findings: number): Promise<readonly string[]> {
  const out = await mkdtemp(path.join(tmpdir(), 'parity-pdf-'));
  const file = path.join(out, 'report.pdf');
  await writePdf(sampleContext({ out, findings, orgs: 40 }), file, findBrowser(process.env));
  const text = await readFile(file, 'latin1');
  expect(text.startsWith('%PDF-')).toBe(true);
  return [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
    [width, height].map((each) => Math.round(Number(each))).join(' × '),
  );
}

test('has pages of A4, and more of them the more findings there are', async () => {
  test.slow();
  const few = await pagesOf(20);
  const many = await pagesOf(400);
  expect(new Set([...few, ...many])).toEqual(new Set(['595 × 842']));
  expect(many.length).toBeGreaterThan(few.length + 5);
});
