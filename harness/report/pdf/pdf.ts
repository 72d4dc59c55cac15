/** The report for the file: A4 with page numbers, all findings and the sign-off block, printed by a browser. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HarnessError } from '../../domain/errors.ts';
import { writeAtomically } from '../atomic-write.ts';
import { loadAssets } from '../html/assets.ts';
import { reportData } from '../html/evidence/collect.ts';
import { renderPaper } from '../html/page.tsx';
import { pictureDataOf } from '../html/picture-data/picture-data.ts';
import type { ReportContext } from '../reporter.ts';

/** A run with a hundred thousand findings takes minutes. */
const PRINT_LIMIT_MS = 15 * 60_000;

/** No GPU, no traffic of the browser's own. */
const ARGS = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-pdf-header-footer',
];

/**
 * Writes the PDF whole or not at all.
 * @param browser path of a Chromium, as `findBrowser` gives it
 * @throws HarnessError `report-write`
 */
export async function writePdf(context: ReportContext, file: string, browser: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parity-pdf-'));
  try {
    const page = path.join(folder, 'page.html');
    await writeAtomically(page, renderPaper(reportData(context), pictureDataOf(context), await loadAssets()));
    await writeAtomically(file, [await printed(page, folder, browser)]);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function printed(page: string, folder: string, browser: string): Promise<Uint8Array> {
  const made = path.join(folder, 'page.pdf');
  const args = [...ARGS, ...asRoot(), `--user-data-dir=${path.join(folder, 'profile')}`, `--print-to-pdf=${made}`];
  const { status, error, stderr } = spawnSync(browser, [...args, pathToFileURL(page).href], {
    encoding: 'utf8',
    timeout: PRINT_LIMIT_MS,
  });
  const pdf = await readFile(made).catch(() => null);
  if (pdf !== null && status === 0) return pdf;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1);
  throw new HarnessError('report-write', `${browser} printed no PDF${reason ? `: ${reason}` : ''}`, {
    hint: 'Set PARITY_BROWSER to another Chromium or Chrome, or print report.html from a browser.',
  });
}

/** Chromium refuses to run as root inside its own sandbox; containers run as root. The page holds no script and its policy lets nothing in. */
const asRoot = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
