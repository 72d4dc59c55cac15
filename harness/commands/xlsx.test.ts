/** The workbook of a run, written by the command and read back by a reader that is none of ours. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, compareDecimals, type Decimal, decimal, parseDecimal, ZERO } from '../domain/decimal.ts';
import type { Finding, FindingMoney, ResultMoney, StatementRow } from '../domain/run-result.ts';
import {
  activeParts,
  type ReadSheet,
  readBack,
  sheetIn,
  textOf,
  type Value,
} from '../report/xlsx/testing/read-back.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

const WORLD = { seed: 42, orgs: 60, defects: 'bundle-ignored*4,rate-off*3,committed-off,currency-wrong*2,org-dropped' };
const WAIVERS = `waivers:
  - { rule: overage-rate, reason: "=renegotiated(from May on)", owner: billing@example.com, ticket: PURE-6749, expires: 2099-07-31 }
  - { cause: bundle-ignored, reason: "+agreed", owner: finance@example.com, expires: 2099-12-31 }
`;

let place: Workplace;
let sheets: ReadonlyMap<string, ReadSheet>;
let findings: readonly Finding[];
let statement: readonly StatementRow[];
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('s.yaml', embedded({ ...WORLD, name: 'nightly', extra: WAIVERS }));
  const ran = await place.parity(['run', 's.yaml', '--out', 'out', '--reporter', 'json,xlsx', '--quiet']);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain(path.join('out', 'report.xlsx'));
  sheets = await workbook('out');
  findings = await place.findings('out');
  statement = (await place.read('out/statement.jsonl'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StatementRow);
});
afterAll(() => place.dispose());

const bytesIn = (out: string): Promise<Buffer> => readFile(path.join(place.dir, out, 'report.xlsx'));
const workbook = async (out: string) => readBack(await bytesIn(out));

/** A number cell as canonical text. */
function exact(value: Value | undefined): Decimal {
  if (typeof value !== 'number') throw new Error(`${textOf(value)} is no number`);
  return decimal(String(value));
}

type Sums = Record<string, Decimal>;

function summed(rows: readonly (readonly [key: string, amount: Decimal])[]): Sums {
  const sums: Sums = {};
  for (const [key, amount] of rows) sums[key] = add(sums[key] ?? ZERO, amount);
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => compareDecimals(sum, ZERO) !== 0));
}

/** By currency and direction, of what a result or a file says. */
const ofMoney = (money: readonly ResultMoney[]): Sums =>
  summed(
    money.flatMap(({ currency, overBilled, underBilled }) => [
      [`${currency} over`, decimal(overBilled)] as const,
      [`${currency} under`, decimal(underBilled)] as const,
    ]),
  );

/** By currency and direction, of a sheet with a column for each direction. */
const ofColumns = (rows: ReadSheet['rows']): Sums =>
  summed(
    rows
      .filter((row) => row['currency'] !== null)
      .flatMap((row) => [
        [`${row['currency']} over`, exact(row['over-billed'])] as const,
        [`${row['currency']} under`, exact(row['under-billed'])] as const,
      ]),
  );

/** By currency and direction, of one column of amounts in the sheet of findings. */
const ofFindings = (column: string, status: string): Sums =>
  summed(
    sheetIn(sheets, 'Findings')
      .rows.filter((row) => row[column] !== null && row['status'] === status)
      .map((row) => [`${row['currency']} ${String(row['direction']).replace('-billed', '')}`, exact(row[column])]),
  );

describe('the statement', () => {
  it('has every figure of statement.jsonl, and their sums', () => {
    const { rows } = sheetIn(sheets, 'Statement');
    expect(rows).toHaveLength(statement.length);
    const columns = {
      'legacy bill': 'legacy',
      'contract bill': 'contract',
      difference: 'difference',
      findings: 'findings',
      residual: 'residual',
    } as const;
    for (const [index, row] of rows.entries()) {
      const stated = statement[index] as StatementRow;
      expect(textOf(row['organisation ids'])).toBe(stated.orgs.map(({ id }) => id).join(' + '));
      expect([textOf(row['period start']), textOf(row['period end'])]).toEqual([
        stated.period?.start,
        stated.period?.end,
      ]);
      for (const [column, field] of Object.entries(columns)) {
        const amount = stated[field];
        if (amount === null) expect(row[column]).toBeNull();
        else expect(exact(row[column])).toBe(decimal(amount));
      }
    }
  });

  it('adds up to the tie-out of result.json, and so does the sheet of it', async () => {
    const { tieOut = [] } = await place.result('out');
    const known = sheetIn(sheets, 'Statement').rows.filter((row) => row['difference'] !== null);
    const told = sheetIn(sheets, 'Tie-out').rows;
    expect(told.map((row) => row['currency'])).toEqual(tieOut.map(({ currency }) => currency));
    expect(tieOut.length).toBeGreaterThan(3);
    for (const [index, { currency, legacy, contract, difference, findings: money, residual }] of tieOut.entries()) {
      const own = known.filter((row) => row['currency'] === currency);
      const sumOf = (column: string) => own.reduce((sum, row) => add(sum, exact(row[column])), ZERO);
      const expected = [legacy, contract, difference, money, residual].map((text) => decimal(text));
      expect(['legacy bill', 'contract bill', 'difference', 'findings', 'residual'].map(sumOf)).toEqual(expected);
      const row = told[index] ?? {};
      expect(
        ['legacy bills', 'contract bills', 'difference', 'findings', 'residual'].map((column) => exact(row[column])),
      ).toEqual(expected);
    }
  });
});

describe('the findings', () => {
  it('have every value and every amount of findings.jsonl', () => {
    const expected = findings.flatMap((finding) => {
      const { id, status, delta, legacy, contract, moneyAtRisk, moreMoneyAtRisk = [], waiver } = finding;
      const amounts: readonly (FindingMoney | null)[] = [moneyAtRisk, ...moreMoneyAtRisk];
      return amounts.map((money) => ({
        id,
        status,
        values: [legacy?.value, contract?.value, delta].map((value) => canonical(value ?? '')),
        money: money === null ? '' : `${money.currency} ${decimal(money.amount)} ${money.direction}`,
        waiver: [waiver?.owner, waiver?.ticket, waiver?.expires].map((text) => text ?? ''),
      }));
    });
    const told = sheetIn(sheets, 'Findings').rows.map((row) => ({
      id: row['id'],
      status: row['status'],
      values: [row['legacy'], row['contract'], row['delta']].map((value) => canonical(textOf(value))),
      money:
        row['currency'] === null
          ? ''
          : `${row['currency']} ${exact(row['amount at risk'] ?? row['amount not at risk'])} ${row['direction']}`,
      waiver: [row['waiver owner'], row['waiver ticket'], row['waiver expires']].map(textOf),
    }));
    expect(told).toEqual(expected);
    expect(told.some(({ status, money }) => status === 'waived' && money !== '')).toBe(true);
  });

  it('add up to the money at risk of result.json and to what is waived, by currency', async () => {
    const { moneyAtRisk, moneyWaived = [] } = await place.result('out');
    expect([moneyAtRisk.length, moneyWaived.length].every((count) => count > 1)).toBe(true);
    expect(ofFindings('amount at risk', 'mismatch')).toEqual(ofMoney(moneyAtRisk));
    expect(ofFindings('amount not at risk', 'waived')).toEqual(ofMoney(moneyWaived));
  });
});

/** Numbers in one spelling; all else as it is. */
const canonical = (text: string): string => parseDecimal(text) ?? text;

describe('the other sheets', () => {
  it('name every waiver with owner, ticket, expiry and all the money that it covers', async () => {
    const { rows } = sheetIn(sheets, 'Waivers');
    const { moneyWaived = [], cells } = await place.result('out');
    expect(ofColumns(rows)).toEqual(ofMoney(moneyWaived));
    const counts = rows.flatMap((row) => (typeof row['findings'] === 'number' ? [row['findings']] : []));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cells.waived);
    const facts = ['reason', 'owner', 'ticket', 'expires', 'root causes'];
    expect([...new Set(rows.map((row) => facts.map((fact) => textOf(row[fact])).join('|')))]).toEqual([
      '=renegotiated(from May on)|billing@example.com|PURE-6749|2099-07-31|',
      '+agreed|finance@example.com||2099-12-31|bundle-ignored',
    ]);
    expect(textOf(rows[0]?.['rules'])).toContain('overage-rate');
  });

  it('add the causes, and what none explains, up to all money at risk', async () => {
    await place.write('plain.yaml', embedded({ ...WORLD, name: 'nightly' }));
    const again = ['--legacy', 'snapshot:out', '--contract', 'snapshot:out', '--reporter', 'json,xlsx', '--quiet'];
    expect((await place.parity(['run', 'plain.yaml', '--out', 'plain', ...again])).code).toBe(1);
    const { rows } = sheetIn(await workbook('plain'), 'Causes');
    const { moneyAtRisk, rootCauses, unexplained, cells } = await place.result('plain');
    expect(rootCauses.length).toBeGreaterThan(0);
    expect(ofColumns(rows)).toEqual(ofMoney(moneyAtRisk));
    const explained = rows.flatMap((row) => {
      const count = row['mismatches explained'];
      return typeof count === 'number' ? [count] : [];
    });
    expect(explained).toEqual([...rootCauses.map(({ explains }) => explains), unexplained]);
    expect(explained.reduce((sum, count) => sum + count, 0)).toBe(cells.mismatch);
  });

  it('have the accounts of result.json, and each row adds up', async () => {
    const { accounts = [] } = await place.result('out');
    const { rows, heads } = sheetIn(sheets, 'Accounts');
    expect(rows.map((row) => [row['read'], row['compared'], row['not comparable']])).toEqual(
      accounts.map(({ received, compared, notComparable }) => [received, compared, notComparable]),
    );
    const reasons = heads.map(String).filter((head) => head.startsWith('out of scope: '));
    expect(reasons).toHaveLength(9);
    for (const row of rows) {
      const count = (column: string): number => (row[column] as number | null) ?? 0;
      const outside = reasons.reduce((sum, reason) => sum + count(reason), 0);
      expect(outside).toBe(count('out of scope'));
      expect(count('compared') + count('not comparable') + outside + count('in no account')).toBe(count('read'));
    }
    expect(accounts.some(({ outOfScope }) => outOfScope.length > 0)).toBe(true);
  });

  it('sum the run up: verdict, scope, period, gate, and the money by currency', async () => {
    const { values } = sheetIn(sheets, 'Summary');
    const result = await place.result('out');
    const row = (label: string): readonly Value[] => values.find(([first]) => first === label) ?? [];
    expect(row('Verdict')[1]).toBe('NOT READY');
    expect(row('Scope')[1]).toBe('All organisations that either side knows; the open billing period.');
    expect(row('Parity, at least (%)').slice(1, 4)).toEqual([100, expect.any(Number), 'not met']);
    const finished = row('Finished (UTC)')[1] as Date;
    expect(Math.abs(finished.getTime() - Date.parse(result.run.finishedAt))).toBeLessThan(1000);
    for (const { currency, overBilled, underBilled } of result.moneyAtRisk) {
      expect([exact(row(currency)[1]), exact(row(currency)[2])]).toEqual([decimal(overBilled), decimal(underBilled)]);
    }
    for (const { currency, overBilled, underBilled } of result.moneyWaived ?? []) {
      expect([exact(row(currency)[3]), exact(row(currency)[4])]).toEqual([decimal(overBilled), decimal(underBilled)]);
    }
  });

  it('hold nothing that a spreadsheet could run, ask for or open', async () => {
    expect(activeParts(await bytesIn('out'))).toEqual([]);
    expect([...sheets.values()].map(({ formulas }) => formulas)).toEqual([...sheets.values()].map(() => 0));
  });
});

describe('parity report --reporter xlsx', () => {
  it('writes the workbook of a finished run again, the same to the byte', async () => {
    const { code, stdout } = await place.parity(['report', 'out', '--reporter', 'csv,xlsx', '--out', 'again']);
    expect(code).toBe(0);
    expect(stdout).toContain(path.join('again', 'report.xlsx'));
    expect((await bytesIn('again')).equals(await bytesIn('out'))).toBe(true);
    expect(await place.read('again/statement.csv')).toContain('contract bill');
  });

  it('cuts out what concerns one organisation, and tells of no other', async () => {
    const one = findings.find(({ orgs, status }) => orgs.length === 1 && status === 'mismatch')?.orgs[0];
    const args = ['report', 'out', '--only', `org:${one?.id}`, '--out', 'part', '--reporter', 'xlsx,csv'];
    const { code, stdout } = await place.parity(args);
    expect([code, stdout.includes('statement.csv'), stdout.includes('checks.csv')]).toEqual([0, true, true]);
    expect(sheetIn(await workbook('part'), 'Checks').values.length).toBeGreaterThan(5);
    const told = [...(await workbook('part')).values()].flatMap(({ values }) => values.flat().map(textOf));
    expect(told.some((text) => text === one?.id)).toBe(true);
    expect(told.filter((text) => text.includes('READY'))).toEqual([]);
    const others = findings.flatMap(({ orgs }) => orgs).filter(({ id }) => id !== one?.id);
    expect(others.length).toBeGreaterThan(5);
    for (const { id, name } of others) {
      expect(told.filter((text) => text.includes(id) || (name !== null && text === name))).toEqual([]);
    }
  });
});

it('parity validate writes one, too', async () => {
  const ran = await place.parity(['validate', 's.yaml', '--out', 'checked', '--reporter', 'json,xlsx', '--quiet']);
  expect([0, 1, 3]).toContain(ran.code);
  const { values } = sheetIn(await workbook('checked'), 'Summary');
  expect(values.find(([first]) => first === 'Legacy side')?.[1]).toBe('not asked');
});
