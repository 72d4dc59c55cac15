import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { add, decimal, subtract } from '../../domain/decimal.ts';
import type { Finding, StatementRow } from '../../domain/run-result.ts';
import { sampleContext } from '../testing/sample.ts';
import { csvReporter } from './csv-reporter.ts';

async function writtenStatement(
  change: (statement: readonly StatementRow[]) => readonly StatementRow[] = (all) => all,
): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'parity-csv-'));
  const context = sampleContext({ out, orgs: 12, findings: 24 });
  const files = await csvReporter.write({ ...context, statement: change(context.statement) });
  expect(files).toEqual([join(out, 'findings.csv'), join(out, 'statement.csv')]);
  return readFile(files[1] ?? '', 'utf8');
}

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

describe('statement.csv', () => {
  it('has a row for each pair and the same columns in all (golden)', async () => {
    const text = await writtenStatement();
    expect(text.startsWith('\uFEFForganisations,')).toBe(true);
    await expect(text).toMatchFileSnapshot('./testing/statement.golden.csv');
  });

  it('leaves a bill that cannot be worked out empty, and never writes 0 for it', async () => {
    const rows = readBack(await writtenStatement());
    const unknown = rows.filter((row) => row['legacy bill'] === '');
    expect(unknown.length).toBeGreaterThan(0);
    for (const row of unknown) expect([row['difference'], row['residual']]).toEqual(['', '']);
  });

  it('adds up: what the contract side bills beyond legacy is what findings and residual say', async () => {
    for (const row of readBack(await writtenStatement())) {
      if (row['legacy bill'] === '') continue;
      const of = (column: string) => decimal(row[column] ?? '');
      expect(subtract(of('contract bill'), of('legacy bill'))).toBe(of('difference'));
      expect(add(of('findings'), of('residual'))).toBe(of('difference'));
    }
  });

  it.each(['=HYPERLINK("http://x")', '@SUM(A1)', '-2+3', '\tx'])('shows %j as text', async (hostile) => {
    const [row] = readBack(
      await writtenStatement((all) => [
        { ...(all[0] as StatementRow), orgs: [{ id: 'o', name: hostile }], note: hostile },
      ]),
    );
    expect([row?.['organisations'], row?.['note']]).toEqual([`'${hostile}`, `'${hostile}`]);
  });
});

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

  it('has waived money in a column of its own, so that the other one sums to money at risk', async () => {
    const rows = readBack(await written());
    const told = (column: string, statuses: readonly string[]): boolean =>
      rows.every((row) => row[column] === '' || statuses.includes(row['status'] ?? ''));
    expect(told('amount at risk', ['mismatch'])).toBe(true);
    expect(told('amount not at risk', ['waived', 'tolerated', 'unstable'])).toBe(true);
    expect(rows.some((row) => row['status'] === 'waived' && row['amount not at risk'] !== '')).toBe(true);
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
