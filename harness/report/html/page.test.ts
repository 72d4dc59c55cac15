import { createHash } from 'node:crypto';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../domain/run-result.ts';
import { HOSTILE_NAMES, sampleContext } from '../testing/sample.ts';
import { loadAssets } from './assets.ts';
import { embed } from './embed.ts';
import { reportData } from './evidence/collect.ts';
import { htmlReporter } from './html-reporter.ts';
import { renderPage } from './page.tsx';
import { pictureDataOf } from './picture-data/picture-data.ts';

const context = sampleContext({ out: '' });
const ASSETS = { script: 'void 0;', style: 'p{margin:0}' };
const page = (result: RunResult = context.result): string =>
  [...renderPage(reportData({ ...context, result }), pictureDataOf({ ...context, result }), ASSETS)].join('');

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const UNWAIVED = { waivers: { used: 0, unused: 0, expired: 0 }, moneyWaived: [] };

describe('the page', () => {
  it('allows its own script and style by their hashes, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page())?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${sha256(ASSETS.script)}`);
    expect(policy).toContain(`style-src ${sha256(ASSETS.style)}`);
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:/);
  });

  it('has no inline handler, no style attribute, and no script but its own and its data', () => {
    const html = page();
    const body = html.slice(html.indexOf('<body>'));
    expect(body).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect(body).not.toMatch(/<[^>]*\sstyle=/i);
    expect(html.match(/<script/g)).toHaveLength(4);
  });

  it('shows hostile names as text', () => {
    const html = page();
    for (const name of HOSTILE_NAMES) if (name.includes('<')) expect(html).not.toContain(name);
    expect(html).toContain('&lt;img src=x onerror=');
  });

  it('never says READY alone where waivers are behind it', () => {
    const html = page({ ...context.result, moneyUnknown: 0, verdict: 'parity' });
    expect(html).toContain('<title>READY with 1 waiver, KWD 25.200 waived (');
    expect(textOf(html)).toContain('✓ READY with 1 waiver, KWD 25.200 waived');
    const none = textOf(page({ ...context.result, moneyUnknown: 0, moneyAtRisk: [], unread: [] }));
    expect(none).toContain('None beyond what is waived.');
    expect(none).not.toContain('bills the same');
  });

  it.each([
    ['parity', 'READY'],
    ['mismatch', 'NOT READY'],
    ['inconclusive', 'INCONCLUSIVE'],
  ] as const)('says %s as %s, in heading and title', (verdict, word) => {
    const html = page({ ...context.result, ...UNWAIVED, verdict });
    expect(html).toContain(`</span> ${word}</h1>`);
    expect(html).toContain(`<title>${word} (not compared: prices) · us-nightly`);
  });

  it('keeps both directions of each currency apart', () => {
    const money = /<section class="card money".*?<\/section>/s
      .exec(page())?.[0]
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(money).toContain('USD ▼ 4,724.80 ▲ 4,850.40');
    expect(money).toContain('KWD ▼ 17,600.000 0');
  });

  const textOf = (html: string): string =>
    html
      .slice(html.indexOf('<main>'), html.indexOf('</main>'))
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  const { compared, tieOut: _tieOut, accounts: _accounts, ...rest } = context.result;
  const looked = { ...compared, prices: true, because: {} } as NonNullable<RunResult['compared']>;

  it('says first what was not compared, and nothing of it where all was', () => {
    expect(textOf(page())).toMatch(/^ Cutover verdict · not compared: prices ✗ NOT READY/);
    expect(page()).toContain('Prices were not compared: no configured source carries');
    const whole = page({ ...context.result, ...UNWAIVED, verdict: 'parity', compared: looked });
    expect(whole).toContain('<title>READY · us-nightly');
    expect(textOf(whole)).toMatch(/^ Cutover verdict ✓ READY/);
  });

  it('says beside sums of money what is in none of them', () => {
    expect(textOf(page()).split('And 3 pairs whose money cannot be worked out.')).toHaveLength(3);
    const none = textOf(page({ ...context.result, moneyAtRisk: [] }));
    expect(none).toContain('None that can be worked out. And 3 pairs');
    expect(none).not.toContain('bills the same');
  });

  it('shows waived money as waived, and in no sum of money at risk', () => {
    expect(textOf(page())).toContain('Waived, and not in these sums: over-billed KWD 25.200.');
  });

  it('ties bills out and accounts for records, each explained in a sentence', () => {
    const text = textOf(page());
    expect(text).toContain('KWD 205,371.000 187,796.325 −17,574.675 −17,574.800 ✗ +0.125 legacy 0.000');
    expect(text).toContain('Charges 250 240 2 7 product not mapped, 1 repeated');
    expect(text).toContain('a residual that is not 0 is itself a finding');
    expect(text).toContain('Every record that was read is in exactly one column');
  });

  it('draws few of many pairs, the worst first', () => {
    const many = sampleContext({ out: '', orgs: 400, findings: 400 });
    const html = [...renderPage(reportData(many), pictureDataOf(many), ASSETS)].join('');
    const rows = /<table class="statement-table">.*?<\/table>/s.exec(html)?.[0].match(/<tr/g) ?? [];
    expect(rows).toHaveLength(51);
    expect(textOf(html)).toMatch(/The 50 worst of [\d,]+ pairs; statement\.jsonl has them all/);
  });

  it('of an earlier release has no such sections, and of one whose statement is lost says so', () => {
    const earlier = page(rest);
    for (const id of ['tie-out', 'accounts', 'statement']) expect(earlier).not.toContain(`id="${id}"`);
    const lost = [...renderPage(reportData({ ...context, statement: [] }), pictureDataOf(context), ASSETS)].join('');
    expect(textOf(lost)).toContain('No pair is at hand');
  });

  it('says what an enforced gate would do where the gate only reports', () => {
    const gate = { ...context.result.gate, mode: 'report' as const };
    expect(page({ ...context.result, gate })).toContain('An enforced gate would not be met.');
  });

  it('does not speak of a legacy side that was not looked at', () => {
    const run = { ...context.result.run, sources: { legacy: null, contract: 'live' as const } };
    const html = page({ ...context.result, run, moneyAtRisk: [] });
    expect(html).toContain('Contract side alone');
    expect(html).toContain('Not judged: only the contract side was looked at.');
  });
});

describe('embedded data', () => {
  it('cannot end its element, small or large', () => {
    for (const data of [{ name: '</script><!--<script>' }, { name: '</script>'.repeat(20_000) }]) {
      const embedded = embed(data);
      expect(embedded.text).not.toContain('<');
      const json =
        embedded.encoding === 'json' ? embedded.text : gunzipSync(Buffer.from(embedded.text, 'base64')).toString();
      expect(JSON.parse(json)).toEqual(data);
    }
    expect(embed({ name: '</script>'.repeat(20_000) }).encoding).toBe('gzip-base64');
  });
});

describe('the browser part', () => {
  it('cannot end its element either', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parity-assets-'));
    await writeFile(join(folder, 'client.js'), 'const a = "</script>";');
    await writeFile(join(folder, 'client.css'), 'p::after { content: "</style>"; }');
    const { script, style } = await loadAssets([pathToFileURL(`${folder}/`)]);
    expect(script).toBe('const a = "<\\/script>";');
    expect(style).not.toContain('</style');
  });

  it('is asked for by name when it was not built', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parity-assets-'));
    await expect(loadAssets([pathToFileURL(`${folder}/`)])).rejects.toMatchObject({
      code: 'report-write',
      message: expect.stringContaining('client.'),
      hint: expect.stringContaining('npm run build'),
    });
  });
});

describe('the html reporter', () => {
  it('writes one file with the built browser part in it', async () => {
    const out = await mkdtemp(join(tmpdir(), 'parity-html-'));
    const files = await htmlReporter.write({ ...context, out });
    expect(files).toEqual([join(out, 'report.html')]);
    const html = await readFile(join(out, 'report.html'), 'utf8');
    const { script } = await loadAssets();
    expect(html).toContain(script);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  });

  it('keeps 10,000 findings within 3 MB', async () => {
    const out = await mkdtemp(join(tmpdir(), 'parity-html-'));
    await htmlReporter.write(sampleContext({ out, orgs: 2000, findings: 10_000 }));
    expect((await stat(join(out, 'report.html'))).size).toBeLessThan(3 * 1024 * 1024);
  });
});
