import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { HarnessError } from '../../domain/errors.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { CURRENCY, INDEX, JUDGEMENT, META } from '../testing/judgement.ts';
import { sampleContext } from '../testing/sample.ts';
import { toFindings } from './findings.ts';
import { toResult } from './result.ts';
import { writeResultFiles } from './write.ts';

type Check = (value: unknown) => string[];

async function checker(name: string): Promise<Check> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  const text = await readFile(new URL(`../../../reports/${name}`, import.meta.url), 'utf8');
  const validate = ajv.compile(JSON.parse(text));
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

let checkResult: Check;
let checkFinding: Check;
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
    const files = await writeResultFiles(dir, result, findings, ['bbbbbbbbbbbb', 'dddddddddddd']);
    expect(files).toEqual(['result.json', 'findings.jsonl', 'matches.txt'].map((name) => join(dir, name)));
    expect((await readdir(dir)).sort()).toEqual(['findings.jsonl', 'matches.txt', 'result.json']);
    expect(await readFile(join(dir, 'matches.txt'), 'utf8')).toBe('bbbbbbbbbbbb\ndddddddddddd\n');
    expect(await readFile(join(dir, 'result.json'), 'utf8')).toBe(`${JSON.stringify(result, null, 2)}\n`);
    const lines = (await readFile(join(dir, 'findings.jsonl'), 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(findings);
  });

  it('writes an empty file where there are no findings', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'parity-json-'));
    await writeResultFiles(dir, toResult(JUDGEMENT, META), [], []);
    expect(await readFile(join(dir, 'findings.jsonl'), 'utf8')).toBe('');
  });

  it('says which path could not be written and what to do', async () => {
    const dir = join(tmpdir(), 'parity-json-missing', 'deeper');
    const refused = writeResultFiles(dir, toResult(JUDGEMENT, META), [], []);
    await expect(refused).rejects.toBeInstanceOf(HarnessError);
    await expect(refused).rejects.toMatchObject({
      code: 'report-write',
      message: expect.stringContaining(join(dir, 'findings.jsonl')),
      hint: expect.stringContaining('--out'),
    });
  });
});
