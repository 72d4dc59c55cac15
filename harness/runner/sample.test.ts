/** The committed snapshot, replayed: everything that a run says of it, to the byte. `vitest -u` after a change that was meant. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RECORD_KINDS } from '../domain/record.ts';
import { loadScenario } from '../scenario/load.ts';
import { exitCodeOf, type RunOutcome, runScenario } from './run.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../snapshots/sample');
const expected = (file: string): string => path.join(SAMPLE, 'expected', file);

const outputs: string[] = [];
afterAll(() => Promise.all(outputs.map((out) => rm(out, { recursive: true, force: true }))));

async function replay(): Promise<RunOutcome> {
  const out = await mkdtemp(path.join(tmpdir(), 'sample-'));
  outputs.push(out);
  const loaded = await loadScenario(path.join(SAMPLE, 'scenario.yaml'), { env: {} });
  const snapshot = { kind: 'snapshot', dir: SAMPLE } as const;
  const options = {
    out,
    legacy: snapshot,
    contract: snapshot,
    record: null,
    resume: false,
    shard: null,
    reporters: ['json'],
  };
  return runScenario(loaded, 'run', options, () => undefined, new AbortController().signal);
}

describe('the sample snapshot, replayed', () => {
  // One test, and nothing done in a hook: mutation testing tells by test which code it reaches.
  it('yields the findings and the result that it yielded when it was recorded, but for `run` and `tool`', async () => {
    const outcome = await replay();
    const { run: _run, tool: _tool, ...result } = outcome.result;
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(expected('result.json'));
    const findings = await readFile(path.join(outcome.out, 'findings.jsonl'), 'utf8');
    await expect(findings).toMatchFileSnapshot(expected('findings.jsonl'));
  });

  it('asks nothing of a server, and proves the mismatch', async () => {
    const outcome = await replay();
    const { legacy, contract, retries, replayed } = outcome.result.requests;
    expect(replayed).toBe(legacy + contract);
    expect(replayed).toBeGreaterThan(300);
    expect(retries).toBe(0);
    expect(exitCodeOf(outcome)).toBe(1);
  });

  it('tells beside the mismatch what could not be compared, and what became of every record and cent', async () => {
    const { verdict, cells, gate, accounts, tieOut } = (await replay()).result;
    expect(verdict).toBe('mismatch');
    expect(cells.notComparable).toBeGreaterThan(0);
    const unmet = gate.checks.filter(({ met }) => !met).map(({ name }) => name);
    expect(unmet).toEqual(expect.arrayContaining(['minParity', 'minCoverage', 'expiredWaivers']));
    expect(unmet).not.toContain('accounts');
    expect(accounts?.map(({ record }) => record)).toEqual(RECORD_KINDS);
    for (const { record, received, compared, notComparable, outOfScope } of accounts ?? []) {
      const elsewhere = outOfScope.reduce((sum, { count }) => sum + count, 0);
      expect(compared + notComparable + elsewhere, record).toBe(received);
    }
    expect(tieOut?.map(({ residual }) => Number(residual))).toEqual(tieOut?.map(() => 0));
    expect(tieOut?.length).toBeGreaterThan(3);
  });
});
