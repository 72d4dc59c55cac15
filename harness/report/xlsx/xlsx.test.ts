import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../domain/decimal.ts';
import type { Finding, StatementRow } from '../../domain/run-result.ts';
import { FINDING_COLUMNS } from '../columns/finding.ts';
import { STATEMENT_COLUMNS } from '../columns/statement.ts';
import type { ReportContext } from '../reporter.ts';
import { sampleContext } from '../testing/sample.ts';
import { cellOf, textCell } from './cell.ts';
import { pageOf, type Sheet, sheetsOf } from './sheet.ts';
import { activeParts, readBack, sheetIn, textOf } from './testing/read-back.ts';
import { workbookBytes } from './workbook.ts';
import { xlsxReporter } from './xlsx-reporter.ts';

async function written(change: Partial<ReportContext> = {}, findings = 64): Promise<Buffer> {
  const out = await mkdtemp(join(tmpdir(), 'parity-xlsx-'));
  const files = await xlsxReporter.write({ ...sampleContext({ out, findings }), ...change, out });
  expect(files).toEqual([join(out, 'report.xlsx')]);
  return readFile(files[0] ?? '');
}

const bytesOf = (sheets: readonly Sheet[]): Buffer =>
  Buffer.concat([...workbookBytes({ title: 't', created: '2026-04-20T12:00:00.000Z', creator: 'c', sheets })]);

describe('report.xlsx', () => {
  it('has a sheet for each question, tables with a heading that stays and filters', async () => {
    const sheets = await readBack(await written());
    expect([...sheets.keys()]).toEqual([
      'Summary',
      'Statement',
      'Causes',
      'Findings',
      'Waivers',
      'Accounts',
      'Tie-out',
    ]);
    for (const { name, frozen, filter, heads, rows } of sheets.values()) {
      if (name === 'Summary') expect([frozen, filter]).toEqual([0, null]);
      else {
        expect([name, frozen]).toEqual([name, 1]);
        expect(filter).toMatch(new RegExp(`^A1:[A-Z]+${rows.length + 1}$`));
        expect(heads.filter((head) => typeof head !== 'string' || head === '')).toEqual([]);
      }
    }
  });

  it('has the columns of the comma separated files', async () => {
    const sheets = await readBack(await written());
    expect(sheets.get('Findings')?.heads).toEqual(FINDING_COLUMNS.map(([header]) => header));
    expect(sheets.get('Statement')?.heads).toEqual(STATEMENT_COLUMNS.map(([header]) => header));
  });

  it('shows amounts with the places of their currency, dates as dates', async () => {
    const { formatOf, heads, rows } = sheetIn(await readBack(await written()), 'Statement');
    const formats = new Set(
      rows.map((row, index) => `${row['currency']} ${formatOf(index + 1, heads.indexOf('findings'))}`),
    );
    for (const one of ['JPY #,##0', 'KWD #,##0.000', 'USD #,##0.00']) expect(formats).toContain(one);
    expect(rows[0]?.['period start']).toEqual(new Date('2026-04-01T00:00:00.000Z'));
    expect(formatOf(1, heads.indexOf('period start'))).toBe('yyyy-mm-dd');
  });

  it('leaves a bill that cannot be worked out empty, and never writes 0 for it', async () => {
    const rows = (await readBack(await written())).get('Statement')?.rows ?? [];
    const unknown = rows.filter((row) => row['legacy bill'] === null);
    expect(unknown.length).toBeGreaterThan(0);
    for (const row of unknown) expect([row['difference'], row['residual']]).toEqual([null, null]);
  });

  it('has a row for each currency of a finding, so that the columns hold all money', async () => {
    const { findings } = sampleContext({ out: '', findings: 64 });
    const amounts = findings.flatMap(({ moneyAtRisk, moreMoneyAtRisk = [] }) =>
      moneyAtRisk === null ? [] : [moneyAtRisk, ...moreMoneyAtRisk],
    );
    const rows = (await readBack(await written())).get('Findings')?.rows ?? [];
    expect(amounts.length).toBeGreaterThan(findings.filter(({ moneyAtRisk }) => moneyAtRisk !== null).length);
    const told = rows
      .map((row) => `${row['currency']} ${row['amount at risk'] ?? row['amount not at risk']} ${row['direction']}`)
      .filter((text) => !text.startsWith('null'));
    expect(told).toEqual(
      amounts.map(({ currency, amount, direction }) => `${currency} ${decimal(amount)} ${direction}`),
    );
  });

  it('is the same to the byte for the same run', async () => {
    expect((await written()).equals(await written())).toBe(true);
  });

  it('tells of a part nothing that is counted over the whole', async () => {
    const { findings, result } = sampleContext({ out: '', findings: 64 });
    const part = await written({
      findings: findings.slice(0, 3),
      statement: [],
      extract: { query: 'org:acme', isOfCustomers: false },
    });
    const sheets = await readBack(part);
    expect([...sheets.keys()]).toEqual(['Summary', 'Causes', 'Findings', 'Waivers']);
    const told = sheetIn(sheets, 'Summary').values.flat().map(textOf);
    expect(told).toContain(`Extract of a run: ${result.run.scenario}`);
    expect(told.filter((text) => /READY|Gate|expected/.test(text))).toEqual([]);
  });

  it('does without what releases of before did not write', async () => {
    const { result } = sampleContext({ out: '', findings: 64 });
    const { accounts: _a, tieOut: _t, compared: _c, moneyWaived: _m, moneyUnknown: _u, periods: _p, ...old } = result;
    const sheets = await readBack(await written({ result: old, statement: [] }));
    for (const name of ['Statement', 'Accounts', 'Tie-out']) expect(sheets.get(name)?.rows).toEqual([]);
  });
});

describe('text', () => {
  const hostile = [
    '=HYPERLINK("http://x","pay")',
    '+1+cmd',
    '-2+3',
    '@SUM(1)',
    '\t=1',
    '＝1+1',
    "=cmd|'/c calc'!A0",
    '<f>1+1</f>',
    ']]>&amp;<!DOCTYPE x>',
    '_x003D_1',
    ' padded ',
    '00123',
    '1e5',
    'شركة',
  ];
  const org = (name: string): Finding['orgs'] => [{ id: 'o', name }];

  it('is never a formula, and comes back as it was', async () => {
    const { findings, statement } = sampleContext({ out: '', findings: 64 });
    const bytes = await written({
      findings: hostile.map((name, index) => ({ ...(findings[index] as Finding), orgs: org(name), reason: name })),
      statement: hostile.map((name, index) => ({
        ...(statement[index] as StatementRow),
        orgs: [{ id: 'o', name }],
        note: name,
      })),
    });
    expect(activeParts(bytes)).toEqual([]);
    const sheets = await readBack(bytes);
    for (const [name, column] of [
      ['Findings', 'reason'],
      ['Findings', 'organisations'],
      ['Statement', 'note'],
    ] as const) {
      const { rows, formulas } = sheetIn(sheets, name);
      expect(rows.slice(0, hostile.length).map((row) => row[column])).toEqual(hostile);
      expect(formulas).toBe(0);
    }
  });

  it('that begins as a formula stays text when somebody edits it', () => {
    const styles = (text: string) => textCell(text).style?.quoted ?? false;
    expect(['=1', '+1', '-1', '@a', '\tx', 'Acme', '1'].map(styles)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('loses what XML cannot hold, and no more than a cell can hold', async () => {
    const texts = ['a\u0000b\u001b[2J', 'lone \ud800 surrogate', 'two\r\nlines', 'x'.repeat(40_000)];
    const bytes = bytesOf([
      pageOf(
        'Texts',
        [20],
        texts.map((text) => ({ cells: [textCell(text)] })),
      ),
    ]);
    const read = sheetIn(await readBack(bytes), 'Texts').values.map(([value]) => String(value));
    expect(read.slice(0, 3)).toEqual(['a·b·[2J', 'lone \ufffd surrogate', 'two\nlines']);
    expect([read[3]?.length, read[3]?.endsWith('x…')]).toEqual([32_767, true]);
  });
});

describe('figures', () => {
  const shown = (kind: Parameters<typeof cellOf>[0], text: string, currency: string | null = null) => {
    const { type, text: value, style } = cellOf(kind, text, currency);
    return [type, value, style?.format ?? 'General'];
  };

  it.each([
    ['amount', '1208113.90', 'USD', ['number', '1208113.90', '#,##0.00']],
    ['amount', '-12', 'KWD', ['number', '-12', '#,##0.000']],
    ['amount', '689552', 'JPY', ['number', '689552', '#,##0']],
    ['amount', '0.125', 'USD', ['number', '0.125', '#,##0.000']],
    ['figure', '0.0531', null, ['number', '0.0531', '#,##0.0000']],
    ['figure', 'none', null, ['text', 'none', 'General']],
    ['value', '23.74', null, ['number', '23.74', '#,##0.00']],
    ['value', '00123', null, ['text', '00123', 'General']],
    ['value', 'USD', null, ['text', 'USD', 'General']],
    ['value', '2026-04-30', null, ['number', '46142', 'yyyy-mm-dd']],
    ['date', '2026-02-30', null, ['text', '2026-02-30', 'General']],
    ['date', '1900-01-01', null, ['text', '1900-01-01', 'General']],
    ['date', '9999-12-31', null, ['number', '2958465', 'yyyy-mm-dd']],
  ] as const)('%s %s %s', (kind, text, currency, expected) => {
    expect(shown(kind, text, currency)).toEqual(expected);
  });

  it('of more digits than a spreadsheet holds are text, so that none is lost', () => {
    expect(shown('amount', '1234567890123.45', 'USD')[0]).toBe('number');
    expect(shown('amount', '12345678901234.56', 'USD')).toEqual(['text', '12345678901234.56', 'General']);
    expect(shown('figure', '0.000000000000000123456')[0]).toBe('number');
    expect(shown('figure', '12000000000000000000')[0]).toBe('number');
  });
});

describe('many rows', () => {
  it('are on as many sheets as they need', async () => {
    const columns = STATEMENT_COLUMNS.slice(0, 1);
    const rows = Array.from({ length: 7 }, (_, index) => ({ orgs: [{ id: `o${index}`, name: null }] }) as never);
    const sheets = sheetsOf({ name: 'Statement', columns, rows, currencyOf: () => null }, 4);
    const read = await readBack(bytesOf(sheets));
    expect([...read.keys()]).toEqual(['Statement', 'Statement 2', 'Statement 3']);
    expect([...read.values()].map(({ filter }) => filter)).toEqual(['A1:A4', 'A1:A4', 'A1:A2']);
    expect([...read.values()].flatMap((sheet) => sheet.rows.map((row) => row['organisations']))).toEqual(
      rows.map((_, index) => `o${index}`),
    );
  });

  it('are written as they are made: no more than a few are held at a time', () => {
    const { findings } = sampleContext({ out: '', findings: 10_000 });
    let made = 0;
    const sheets = sheetsOf({
      name: 'Findings',
      columns: FINDING_COLUMNS,
      rows: findings,
      currencyOf: ({ moneyAtRisk }) => {
        made += 1;
        return moneyAtRisk?.currency ?? null;
      },
    });
    let held = 0;
    let before = 0;
    for (const _ of workbookBytes({ title: 't', created: '2026-04-20T12:00:00.000Z', creator: 'c', sheets })) {
      held = Math.max(held, made - before);
      before = made;
    }
    expect(made).toBe(10_000);
    expect(held).toBeLessThan(400);
  });
});
