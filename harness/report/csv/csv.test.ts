import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/run-result.ts';
import { sampleContext } from '../testing/sample.ts';
import { csvReporter } from './csv-reporter.ts';

async function written(change: (findings: readonly Finding[]) => readonly Finding[] = (all) => all): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'parity-csv-'));
  const context = sampleContext({ out, findings: 24 });
  const [file = ''] = await csvReporter.write({ ...context, findings: change(context.findings) });
  return readFile(file, 'utf8');
}

const named =
  (...names: string[]) =>
  (findings: readonly Finding[]): readonly Finding[] =>
    names.map((name, index) => ({ ...(findings[index] as Finding), orgs: [{ id: `o${index}`, name }] }));

const readBack = (text: string, delimiter = ','): Record<string, string>[] =>
  parse(text, { bom: true, columns: true, delimiter, relax_quotes: true, relax_column_count: true });

describe('findings.csv', () => {
  it('has a row for each finding and the same columns in all (golden)', async () => {
    const text = await written();
    expect(text.startsWith('\uFEFFid,status,')).toBe(true);
    expect(readBack(text)).toHaveLength(24);
    await expect(text).toMatchFileSnapshot('./testing/findings.golden.csv');
  });

  it.each(['=HYPERLINK("http://x")', '+1+cmd', '-2+3', '@SUM(A1)', '\tx', '\r=1', '\n=1', '＝1+1'])(
    'shows %j as text',
    async (name) => {
      const [row] = readBack(await written(named(name)));
      expect(row?.['organisations']).toBe(`'${name}`);
    },
  );

  it('leaves plain numbers as they are, negative ones too', async () => {
    const rows = readBack(await written((all) => all.filter(({ delta }) => delta === '-110')));
    expect(rows.map((row) => row['delta'])).toContain('-110');
  });

  it('keeps quotes, separators, line breaks and any script whole', async () => {
    const names = ['a "quoted", name', 'two\r\nlines', 'شركة; a|b', '株式会社\u2028サンプル'];
    expect(readBack(await written(named(...names))).map((row) => row['organisations'])).toEqual(names);
  });

  it.each([';', '\t'])('begins no formula where it is read with %j between the cells', async (separator) => {
    const text = await written(named(`Acme${separator}=cmd|'/c calc'!A0`));
    const cells = parse(text, { bom: true, delimiter: separator, quote: false, relax_column_count: true }).flat();
    expect(cells.filter((cell: string) => /^[=+\-@]/.test(cell))).toEqual([]);
  });
});
