import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/run-result.ts';
import type { ReportContext } from '../reporter.ts';
import { HOSTILE_NAMES, sampleContext } from '../testing/sample.ts';
import { escaped } from './escape.ts';
import { markdownReporter } from './markdown-reporter.ts';

async function written(change: (context: ReportContext) => Partial<ReportContext> = () => ({})): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'parity-markdown-'));
  const context = sampleContext({ out, findings: 64 });
  const [file = ''] = await markdownReporter.write({ ...context, ...change(context) });
  return readFile(file, 'utf8');
}

/** The greatest length of a comment on a pull request. */
const COMMENT = 65_536;

const HOSTILE = [
  ...HOSTILE_NAMES,
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example me@evil.example',
  '<https://evil.example>',
  '**bold** _em_ `code` ~~gone~~ &lt;b&gt;',
  'a | b \\| c',
  '# head\n\n- list',
  '@octocat #1 $x$',
];

describe('summary.md', () => {
  it('tells verdict, gate, money, causes, mismatches and what was not compared (golden)', async () => {
    await expect(await written()).toMatchFileSnapshot('./testing/summary.golden.md');
  });

  it('stays below what a comment may hold, however much there is and however long the names are', async () => {
    const long = '|'.repeat(5000);
    const text = await written(({ result, findings }) => ({
      result: {
        ...result,
        rootCauses: Array.from({ length: 200 }, () => ({ ...result.rootCauses[0], title: long, sku: long })) as never,
        notes: Array.from({ length: 200 }, () => long),
      },
      findings: findings.map(
        (finding, index): Finding => ({
          ...finding,
          orgs: Array.from({ length: 9 }, (_, of) => ({ id: `${index}-${of}`, name: long })),
          sku: long,
          reason: `${index} ${long}`,
        }),
      ),
    }));
    expect(text.length).toBeLessThan(COMMENT);
  });
});

describe('text of customers', () => {
  it.each(HOSTILE)('%j is shown to the letter, in a table and in a list', async (name) => {
    const html = await marked(`| a | b |\n| --- | --- |\n| ${escaped(name, 500)} | end |\n\n- ${escaped(name, 500)}\n`);
    expect(html).not.toMatch(/<(?!\/?(?:table|thead|tbody|tr|th|td|ul|li)\b)/);
    expect([...html.matchAll(/<td/g)]).toHaveLength(2);
  });

  it('notifies nobody', () => {
    expect(escaped('@octocat', 50)).not.toContain('@octocat');
    expect(escaped('see #12', 50)).toBe('see \\#12');
  });
});
