import { describe, expect, it } from 'vitest';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { sampleContext } from '../testing/sample.ts';
import { summarise } from './summary.ts';

const { result, findings } = sampleContext({ out: '/nowhere', orgs: 40, findings: 40 });
const PLAIN = {
  colour: false,
  width: 80,
  files: ['reports/us-nightly/r1/result.json'],
  nextCommand: 'parity run x.yaml',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys is exactly what must not come through
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const said = (change: Partial<RunResult>, options = PLAIN): string =>
  summarise({ ...result, ...change }, findings, options);

const UNWAIVED = { waivers: { used: 0, unused: 0, expired: 0 }, moneyWaived: [] };

describe('the summary on the terminal', () => {
  it('tells the story in order (golden)', async () => {
    await expect(said({})).toMatchFileSnapshot('./testing/summary.golden.txt');
  });

  it('lets no control character of a hostile name through, and no colour where none is wanted', () => {
    expect(said({})).not.toMatch(CONTROL);
    expect(said({}, { ...PLAIN, colour: true })).toContain('\u001b[');
  });

  it('keeps to the width of the terminal, but for paths and commands', () => {
    const lines = said({})
      .split('\n')
      .filter((line) => !line.includes('reports/') && !line.startsWith('Next:'));
    const tooWide = lines.filter((line) => [...line].length > 80);
    expect(tooWide).toEqual([]);
  });

  it('never says READY alone where waivers are behind it, and names who accepted what', () => {
    const text = said({ verdict: 'parity', moneyUnknown: 0 }).replaceAll(/\n +/g, ' ');
    expect(text).toContain('✓ READY with 1 waiver, KWD 18.900 waived');
    expect(text).toContain('⚑ until 2026-07-31: ');
    expect(said({ moneyAtRisk: [], moneyUnknown: 0, unread: [] })).toContain(
      'Money at risk: none beyond what is waived\n',
    );
  });

  it.each([
    ['parity', '✓ READY: parity'],
    ['mismatch', '✗ NOT READY: they differ'],
    ['inconclusive', '? INCONCLUSIVE: they differ'],
  ] as const)('says %s in words first', (verdict, words) => {
    expect(
      said({ ...UNWAIVED, verdict })
        .trimStart()
        .startsWith(words),
    ).toBe(true);
  });

  it('puts reason and remedy first and the request last, whole and within the width, whatever its length', () => {
    const path = `/v1/regions/us-east-1/organizations/9d750d63-95ae-4df7-8955-2bca7152ca19?appIds=${'wallboard,'.repeat(20)}`;
    const unread = [
      {
        side: 'legacy',
        source: 'usage-api',
        code: 'configuration',
        reason: 'the credential is not accepted (status 401); check the API key (legacy.usageApi.apiKey)',
        request: `GET ${path} (organisation Acme)`,
        count: 3,
      },
    ] as const;
    const reason = `legacy could not be read: ${unread[0].reason}; asked for organisation Acme: GET ${path}`;
    const blind = { ...findings[0], status: 'not-comparable', reason } as Finding;
    const told = {
      ...result,
      ...UNWAIVED,
      verdict: 'inconclusive',
      moneyAtRisk: [],
      moneyUnknown: 0,
      unread,
    } as RunResult;
    const text = summarise(told, [blind], PLAIN);
    const [first, ...lines] = text.trimStart().split('\n');
    expect(first).toMatch(/^\? INCONCLUSIVE: the set-up does not fit/);
    expect(lines.slice(0, 3).join(' ')).toMatch(/Legacy, usage API \(3 times\): the credential is not accepted/);
    expect(text.replaceAll(/\n */g, '')).toContain(path);
    expect(text).not.toContain('…');
    expect(text).toContain('Money at risk: not known');
  });

  it('tells reasons that differ by an id only once, with their count', () => {
    const open = ['Acme', 'Contoso'].map((name) => ({
      ...findings[0],
      status: 'not-comparable',
      orgs: [{ id: 'o', name }],
      reason: `${name} is billed in two regions`,
    })) as Finding[];
    expect(summarise(result, open, PLAIN)).toContain('? 2 × Acme is billed in two regions (the first of 2 like it)');
  });

  it.each([
    [
      { hidden: 0, found: 0, falseAlarms: 0, missed: [] },
      'The sandbox hid nothing in this world (seed 7); 0 false alarms.',
    ],
    [
      { hidden: 1, found: 0, falseAlarms: 0, missed: ['rate-off at x'] },
      'The sandbox hid 1 defect in this world (seed 7); 0 found, 0 false alarms.\n  not found: rate-off at x',
    ],
  ])('weighs the run against the sandbox: %j', (honesty, words) => {
    const sandbox = { seed: 7, orgs: 8, ...honesty } as RunResult['run']['sandbox'];
    expect(said({ run: { ...result.run, sandbox } })).toContain(words);
  });

  it.each([80, 60])('keeps to %d columns whatever is to be said of bills and records', (width) => {
    const long = '90071992547409931.25';
    const row = { currency: 'USD', legacy: long, contract: long, difference: long, findings: long, residual: long };
    const text = said(
      {
        tieOut: [{ ...row, notCompared: { legacy: long, contract: '0.00' } }],
        gate: { ...result.gate, mode: 'report' },
      },
      { ...PLAIN, width },
    );
    const books = text.slice(0, text.indexOf('Root causes'));
    expect(books.split('\n').filter((line) => [...line].length > width)).toEqual([]);
    expect(books).toContain('residual        +90,071,992,547,409,931.25');
  });
});

const COMPARED = {
  quantities: true,
  prices: true,
  invoices: 'all',
  listingDetail: { asked: 40, of: 40 },
  because: {},
} as const;
const firstLine = (text: string): string => text.trimStart().split('\n')[0] ?? '';
const MONEY_UNKNOWN = 'and 3 pairs whose money cannot be worked out';

describe('what the verdict does not speak of', () => {
  it('stands on its line, and why below it', () => {
    const text = said({ ...UNWAIVED, verdict: 'parity' });
    expect(firstLine(text)).toBe('✓ READY: parity · not compared: prices');
    expect(text.replaceAll(/\n +/g, ' ')).toContain('Prices were not compared: no configured source carries');
  });

  it('is nothing where all was compared, or where a result of an earlier release does not say', () => {
    const { compared: _compared, ...earlier } = result;
    expect(firstLine(said({ ...UNWAIVED, verdict: 'parity', compared: COMPARED }))).toBe('✓ READY: parity');
    expect(firstLine(summarise({ ...earlier, ...UNWAIVED, verdict: 'parity' }, findings, PLAIN))).toBe(
      '✓ READY: parity',
    );
    expect(said({ compared: COMPARED })).toContain(
      'Compared: quantities, prices, all invoices, all 40 contracts by id.',
    );
  });

  it('names each thing, and is not about the other side where only one was looked at', () => {
    const nothing = { ...COMPARED, quantities: false, prices: false, invoices: 'none' as const };
    expect(firstLine(said({ compared: nothing, unread: [] }))).toBe(
      '✗ NOT READY: they differ · not compared: quantities, prices, invoices',
    );
    const run = { ...result.run, sources: { legacy: null, contract: 'live' as const } };
    expect(said({ run, compared: nothing })).toContain('Invoices were not checked.');
    expect(said({ run, compared: nothing })).not.toMatch(/Prices were not|Quantities were not/);
  });
});

describe('the books on the terminal', () => {
  it('say beside every sum how many pairs are in none of them', () => {
    expect(said({}).replaceAll(/\n +/g, ' ').split(MONEY_UNKNOWN)).toHaveLength(4);
    expect(said({ moneyUnknown: 0 })).not.toContain('cannot be worked out');
    expect(said({ moneyAtRisk: [] })).toContain(`Money at risk: none that can be worked out\n  ? ${MONEY_UNKNOWN}`);
  });

  it('say that a residual is a finding, and only where there is one', () => {
    expect(said({})).toContain('✗ residual in KWD: no finding explains it, so it is one itself');
    const even = (result.tieOut ?? []).map((row) => ({ ...row, residual: '0.00' }));
    expect(said({ tieOut: even })).not.toContain('✗ residual');
  });

  it('take one line where every record was compared, and name a record that is in no account', () => {
    const all = { record: 'charge', received: 12, compared: 12, notComparable: 0, outOfScope: [] } as const;
    expect(said({ accounts: [all] })).toContain('Records read: 12, all compared\n');
    expect(said({ accounts: [{ ...all, compared: 10 }] })).toContain(
      'Records read: 12 = 10 compared + 2 in no account',
    );
  });
});

describe('figures that moved', () => {
  it('are counted on the first screen, as unverified in an open period and as not compared in a closed one', () => {
    const closed = findings.map((finding) => ({
      ...finding,
      period: finding.period && { ...finding.period, status: 'closed' },
    }));
    const screen = (text: string): string => (text.split('\n\n')[0] ?? '').replaceAll(/\n +/g, ' ');
    expect(screen(said({}))).toContain('2 figures unverified in an open period');
    expect(screen(summarise(result, closed, PLAIN))).toContain('2 figures moved while read, not compared');
  });
});
