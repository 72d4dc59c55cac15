/** The committed snapshot, replayed: everything that a run says of it, to the byte. `vitest -u` after a change that was meant. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScenario } from '../scenario/load.ts';
import { exitCodeOf, type RunOutcome, runScenario } from './run.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../snapshots/sample');
const expected = (file: string): string => path.join(SAMPLE, 'expected', file);

let out: string;
let outcome: RunOutcome;

beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'sample-'));
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
  outcome = await runScenario(loaded, 'run', options, () => undefined, new AbortController().signal);
});
afterAll(() => rm(out, { recursive: true, force: true }));

describe('the sample snapshot, replayed', () => {
  it('asks nothing of a server', () => {
    const { legacy, contract, retries, replayed } = outcome.result.requests;
    expect(replayed).toBe(legacy + contract);
    expect(replayed).toBeGreaterThan(300);
    expect(retries).toBe(0);
  });

  it('proves the mismatch', () => {
    expect(exitCodeOf(outcome)).toBe(1);
    expect(outcome.result.cells.notComparable).toBe(0);
  });

  it('yields the findings that it yielded when it was recorded', async () => {
    await expect(await readFile(path.join(out, 'findings.jsonl'), 'utf8')).toMatchFileSnapshot(
      expected('findings.jsonl'),
    );
  });

  it('yields the result that it yielded when it was recorded, but for `run` and `tool`', async () => {
    const { run: _run, tool: _tool, ...result } = outcome.result;
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(expected('result.json'));
  });
});
