/** What the PDF is printed from, and which browser prints it. */
import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportData } from '../html/evidence/collect.ts';
import { renderPaper } from '../html/page.tsx';
import { pictureDataOf } from '../html/picture-data/picture-data.ts';
import { sampleContext } from '../testing/sample.ts';
import { findBrowser } from './browser.ts';
import { writePdf } from './pdf.ts';

const folder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'parity-pdf-'));

/** A program in the place of a browser. */
async function program(body: string): Promise<string> {
  const file = path.join(await folder(), 'chromium');
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('the page for paper', () => {
  const context = sampleContext({ out: '', findings: 300, orgs: 40 });
  const html = [...renderPaper(reportData(context), pictureDataOf(context), { style: '', script: 'never' })].join('');

  it('holds every finding with its sentence, resolved ones too', () => {
    for (const { id } of context.findings) expect(html).toContain(`>${id}</code>`);
    expect(html).toContain('All 300 findings');
  });

  it('holds the sign-off block and no script', () => {
    expect(html).toContain('Prepared by');
    expect(html).toContain(context.result.run.scenarioSha256);
    expect(html).not.toContain('<script');
    expect(html).toContain("default-src 'none'");
  });

  it('names its run at the foot of each page, as text that ends no rule', () => {
    const { result } = context;
    const hostile = { ...context, result: { ...result, run: { ...result.run, scenario: '"}</style>' } } };
    const page = [...renderPaper(reportData(hostile), pictureDataOf(hostile), { style: '', script: '' })].join('');
    expect(page).toContain('@bottom-left{content:"\\22 \\7d \\3c \\2f style\\3e ');
  });
});

describe('the browser', () => {
  it('is the one that is named, if it starts', async () => {
    const named = await program('echo Chromium 140.0');
    expect(findBrowser({ PARITY_BROWSER: named }, [])).toBe(named);
    expect(() => findBrowser({ PARITY_BROWSER: `${named}-gone` }, [named])).toThrow('which does not start');
  });

  it('is the first that starts, and its absence says what to install', async () => {
    const stub = await program('echo "install it with snap" >&2; exit 1');
    const real = await program('echo Chromium 140.0');
    expect(findBrowser({}, ['/nowhere/chromium', stub, real])).toBe(real);
    expect(() => findBrowser({}, [stub])).toThrow('no Chromium, Chrome or Edge was found');
  });

  it('leaves no file behind when it prints nothing, and says what the browser said', async () => {
    const out = await folder();
    const broken = await program('echo "cannot open display" >&2; exit 1');
    const written = writePdf(sampleContext({ out }), path.join(out, 'report.pdf'), broken);
    await expect(written).rejects.toThrow('printed no PDF: cannot open display');
    expect(await readdir(out)).toEqual([]);
  });
});
