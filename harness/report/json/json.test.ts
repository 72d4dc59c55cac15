import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HarnessError } from '../../domain/errors.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { CURRENCY, INDEX, JUDGEMENT, META } from '../testing/judgement.ts';
import { sampleContext } from '../testing/sample.ts';
import { toFindings } from './findings.ts';
import { toResult } from './result.ts';
import { toStatement } from './statement.ts';
import { checker, type SchemaCheck } from './testing/schemas.ts';
import { writeResultFiles } from './write.ts';

let checkResult: SchemaCheck;
let checkFinding: SchemaCheck;
beforeAll(async () => {
  checkResult = await checker('result.schema.json');
  checkFinding = await checker('finding.schema.json');
});

const PINNED_RESULT_KEYS = [
  'schemaVersion',
  'tool',
  'run',
  'verdict',
  'gate',
  'orgs',
  'cells',
  'moneyAtRisk',
  'rootCauses',
  'unexplained',
  'waivers',
  'moneyWaived',
  'moneyUnknown',
  'accounts',
  'tieOut',
  'compared',
  'unread',
  'drift',
  'requests',
  'notes',
  'periods',
];
const PINNED_FINDING_KEYS = [
  'id',
  'status',
  'category',
  'rule',
  'side',
  'orgs',
  'region',
  'appId',
  'sku',
  'partNumber',
  'period',
  'legacy',
  'contract',
  'delta',
  'relative',
  'moneyAtRisk',
  'rootCause',
  'derivedFrom',
  'waiver',
  'reason',
];

const NOTHING = { findings: [], statement: [], passed: null };

const backwards = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;

describe('result.json', () => {
  const result = toResult(JUDGEMENT, META);

  it('fits its published schema', () => {
    expect(checkResult(result)).toEqual([]);
    expect(checkResult(sampleContext({ out: '' }).result)).toEqual([]);
  });

  it('writes amounts at the minor unit of their currency', () => {
    expect(result.moneyAtRisk).toEqual([
      { currency: 'JPY', overBilled: '0', underBilled: '1181' },
      { currency: 'USD', overBilled: '1206.30', underBilled: '0.00' },
    ]);
    expect(result.rootCauses[0]?.moneyAtRisk).toEqual([{ currency: 'KWD', overBilled: '1.500', underBilled: '0.000' }]);
  });

  it('writes both bills of each currency, what ties them out and what is left, at the minor unit', () => {
    expect(result.tieOut).toEqual([
      {
        currency: 'JPY',
        legacy: '1204331',
        contract: '1203150',
        difference: '-1181',
        findings: '-1181',
        residual: '0',
        notCompared: { legacy: '0', contract: '0' },
      },
      {
        currency: 'KWD',
        legacy: '100.000',
        contract: '100.125',
        difference: '0.125',
        findings: '0.000',
        residual: '0.125',
        notCompared: { legacy: '0.000', contract: '0.000' },
      },
      {
        currency: 'USD',
        legacy: '1204331.20',
        contract: '1205457.50',
        difference: '1126.30',
        findings: '1126.30',
        residual: '0.00',
        notCompared: { legacy: '0.00', contract: '120.00' },
      },
    ]);
  });

  it('keeps waived money apart from money at risk, and counts what cannot be worked out', () => {
    expect(result.moneyWaived).toEqual([{ currency: 'USD', overBilled: '0.00', underBilled: '80.00' }]);
    expect(result.moneyUnknown).toBe(3);
  });

  it('says what became of the records and what was compared, as the comparison does', () => {
    expect(result.accounts).toEqual(JUDGEMENT.accounts);
    expect(result.compared).toEqual(JUDGEMENT.compared);
  });

  it('of an earlier release, without accounts and tie-out, still fits', () => {
    const {
      accounts: _a,
      tieOut: _t,
      compared: _c,
      moneyWaived: _w,
      moneyUnknown: _u,
      unread: _r,
      ...earlier
    } = result;
    expect(checkResult(earlier)).toEqual([]);
  });

  it('has its keys in the pinned order, whatever the order of what it is made from', () => {
    expect(Object.keys(result)).toEqual(PINNED_RESULT_KEYS);
    const other = toResult(
      backwards({
        ...JUDGEMENT,
        counts: backwards(JUDGEMENT.counts),
        orgs: backwards(JUDGEMENT.orgs),
        gate: backwards({ ...JUDGEMENT.gate, checks: JUDGEMENT.gate.checks.map(backwards) }),
        moneyAtRisk: JUDGEMENT.moneyAtRisk.map(backwards),
        rootCauses: JUDGEMENT.rootCauses.map(backwards),
        waivers: backwards(JUDGEMENT.waivers),
        drift: JUDGEMENT.drift.map(backwards),
        moneyWaived: JUDGEMENT.moneyWaived.map(backwards),
        accounts: JUDGEMENT.accounts.map((account) =>
          backwards({ ...account, outOfScope: account.outOfScope.map(backwards) }),
        ),
        tieOut: JUDGEMENT.tieOut.map((tieOut) => backwards({ ...tieOut, notCompared: backwards(tieOut.notCompared) })),
        compared: backwards({ ...JUDGEMENT.compared, because: backwards(JUDGEMENT.compared.because) }),
      }),
      backwards({
        ...META,
        run: backwards({ ...META.run, origins: backwards(META.run.origins), sources: backwards(META.run.sources) }),
        requests: backwards(META.requests),
      }),
    );
    expect(JSON.stringify(other)).toBe(JSON.stringify(result));
  });

  it.each<[string, (result: RunResult) => unknown]>([
    [
      'a number in place of a decimal text',
      (r) => ({ ...r, moneyAtRisk: [{ currency: 'USD', overBilled: 1, underBilled: '0' }] }),
    ],
    ['an unknown verdict', (r) => ({ ...r, verdict: 'green' })],
    ['a field that is not pinned', (r) => ({ ...r, extra: 1 })],
    ['a missing field', ({ cells: _cells, ...rest }) => rest],
    ['a negative count', (r) => ({ ...r, unexplained: -1 })],
    ['a record of no known kind', (r) => ({ ...r, accounts: [{ ...r.accounts?.[0], record: 'thing' }] })],
    [
      'a reason that is not one of the closed list',
      (r) => ({ ...r, accounts: [{ ...r.accounts?.[0], outOfScope: [{ reason: 'whim', count: 1 }] }] }),
    ],
    ['a tie-out without a residual', (r) => ({ ...r, tieOut: [{ ...r.tieOut?.[0], residual: undefined }] })],
    ['a bill as a number', (r) => ({ ...r, tieOut: [{ ...r.tieOut?.[0], legacy: 1 }] })],
    ['half a word on what was compared', (r) => ({ ...r, compared: { prices: true } })],
  ])('is refused by the schema with %s', (_name, spoil) => {
    expect(checkResult(spoil(result))).not.toEqual([]);
  });
});

describe('findings.jsonl', () => {
  const findings = toFindings(JUDGEMENT, INDEX);

  it('has every cell but the matches, in the order of the cells', () => {
    expect(findings.map((finding) => finding.id)).toEqual(['cccccccccccc', 'aaaaaaaaaaaa', 'dddddddddddd']);
  });

  it('fits its published schema', () => {
    for (const finding of [...findings, ...sampleContext({ out: '' }).findings])
      expect(checkFinding(finding)).toEqual([]);
  });

  it('has its keys in the pinned order', () => {
    expect(Object.keys(findings[1] ?? {})).toEqual(PINNED_FINDING_KEYS);
  });

  it('carries evidence that can be followed', () => {
    expect(findings[1]?.contract).toEqual({
      value: '25',
      raw: '25.00',
      derivation: null,
      evidence: {
        exchange: 'contract-api-1',
        url: '/path/of/contract-api-1',
        at: '2026-04-20T12:00:00.000Z',
        correlationId: 'corr-1',
        pointer: '/charges/3/overageRate',
      },
    });
    expect(findings[1]?.moneyAtRisk).toEqual({ currency: 'USD', amount: '6.30', direction: 'over-billed' });
  });

  it('keeps the value where the exchange is not at hand', () => {
    const [finding] = toFindings({ ...JUDGEMENT, cells: [CURRENCY] }, () => null);
    expect(finding?.legacy).toMatchObject({ value: '23.74', evidence: null });
  });

  it('keeps the second currency of a pair that is at risk in two', () => {
    expect(findings[0]?.moneyAtRisk).toEqual({ currency: 'JPY', amount: '1181', direction: 'under-billed' });
    expect(findings[0]?.moreMoneyAtRisk).toEqual([{ currency: 'USD', amount: '1200.00', direction: 'over-billed' }]);
  });

  it('keeps the money of what is waived', () => {
    expect(findings[2]).toMatchObject({
      status: 'waived',
      moneyAtRisk: { currency: 'USD', amount: '80.00', direction: 'under-billed' },
    });
  });

  it('tells of a waiver what a reader needs, and not its scope', () => {
    expect(findings[2]?.waiver).toEqual({
      reason: 'renegotiated from May on',
      owner: 'billing@example.com',
      ticket: null,
      expires: '2026-07-31',
    });
  });

  it.each<[string, (finding: Finding) => unknown]>([
    ['the status match', (f) => ({ ...f, status: 'match' })],
    ['a date that is none', (f) => ({ ...f, period: { start: '2026-04-31', end: '2026-04-30', status: 'open' } })],
    ['an exponent', (f) => ({ ...f, delta: '1e3' })],
    ['no evidence key', (f) => ({ ...f, legacy: { value: '1', raw: null, derivation: null } })],
  ])('is refused by the schema with %s', (_name, spoil) => {
    const [finding] = findings;
    expect(finding && checkFinding(spoil(finding))).not.toEqual([]);
  });
});

describe('writing', () => {
  it('writes a pretty result and one finding a line, and leaves nothing else', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'parity-json-'));
    const result = toResult(JUDGEMENT, META);
    const findings = toFindings(JUDGEMENT, INDEX);
    const statement = toStatement(JUDGEMENT);
    const passed = [{ orgs: [{ id: 'o', name: 'One' }], rules: { 'overage-rate': 2 } }];
    const files = await writeResultFiles(dir, result, { findings, statement, passed }, [
      'bbbbbbbbbbbb',
      'dddddddddddd',
    ]);
    const names = ['result.json', 'findings.jsonl', 'statement.jsonl', 'matches.txt', 'passed.jsonl'];
    expect(files).toEqual(names.map((name) => join(dir, name)));
    expect((await readdir(dir)).sort()).toEqual([...names].sort());
    expect(await readFile(join(dir, 'matches.txt'), 'utf8')).toBe('bbbbbbbbbbbb\ndddddddddddd\n');
    expect(await readFile(join(dir, 'result.json'), 'utf8')).toBe(`${JSON.stringify(result, null, 2)}\n`);
    for (const [name, objects] of Object.entries({ findings, statement, passed })) {
      const lines = (await readFile(join(dir, `${name}.jsonl`), 'utf8')).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line))).toEqual(objects);
    }
  });

  it('writes an empty file where there are no findings', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'parity-json-'));
    await writeResultFiles(dir, toResult(JUDGEMENT, META), NOTHING, []);
    expect(await readFile(join(dir, 'findings.jsonl'), 'utf8')).toBe('');
  });

  it('says which path could not be written and what to do', async () => {
    const dir = join(tmpdir(), 'parity-json-missing', 'deeper');
    const refused = writeResultFiles(dir, toResult(JUDGEMENT, META), NOTHING, []);
    await expect(refused).rejects.toBeInstanceOf(HarnessError);
    await expect(refused).rejects.toMatchObject({
      code: 'report-write',
      message: expect.stringContaining(join(dir, 'findings.jsonl')),
      hint: expect.stringContaining('--out'),
    });
  });
});
