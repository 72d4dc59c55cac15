/** What a first comparison makes a run ask for: a second reading of what may move, the period before of what puzzles. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.dispose());

interface Recorded {
  readonly reading: number;
  readonly source: string;
  readonly path: string;
}

const recorded = async (out: string): Promise<Recorded[]> =>
  (await place.read(`${out}/snapshot/exchanges.jsonl`))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recorded);

const run = (scenario: string, out: string, ...more: string[]) =>
  place.parity(['run', scenario, '--out', out, '--quiet', '--reporter', 'json', ...more]);

describe('figures that move while they are read', () => {
  it('are unstable, not mismatches; only their organisations are asked again; a replay says the same', async () => {
    const text = embedded({ seed: 3, orgs: 30 }).replace('defects:', 'faults: [figures-move*2], defects:');
    await place.write('moving.yaml', text);
    const outcome = await run('moving.yaml', 'moving');
    expect(outcome.code).toBe(0);
    const { cells, orgs } = await place.result('moving');
    // Not comparable is only what trials cost, outside coverage: the exit code says so.
    expect(cells).toMatchObject({ unstable: 2, mismatch: 0 });
    expect(orgs.atParity).toBe(orgs.expected - 2);
    const unstable = (await place.findings('moving')).filter(({ status }) => status === 'unstable');
    for (const { rule, contract, reason } of unstable) {
      expect(rule).toBe('actual-quantity');
      expect(contract?.first?.evidence?.exchange).not.toBe(contract?.evidence?.exchange);
      expect(reason).toContain(`contract said ${contract?.first?.value}, then ${contract?.value}`);
    }
    const again = (await recorded('moving')).filter(({ reading }) => reading === 1);
    const ids = unstable.flatMap((finding) => finding.orgs.map(({ id }) => id));
    const legacy = again.filter(({ source }) => source !== 'contract-api');
    expect(legacy.length).toBeGreaterThan(0);
    expect(legacy.every(({ path }) => ids.some((id) => path.includes(id)))).toBe(true);
    expect(again.filter(({ source }) => source === 'contract-api')).toHaveLength(2);
    await run(
      'moving.yaml',
      'replayed',
      '--legacy',
      'snapshot:moving/snapshot',
      '--contract',
      'snapshot:moving/snapshot',
    );
    expect(await place.read('replayed/findings.jsonl')).toBe(await place.read('moving/findings.jsonl'));
  });

  it('are judged as they stand in a snapshot that holds one reading', async () => {
    const text = embedded({ seed: 3, orgs: 30, defects: 'actual-off' });
    await place.write('still.yaml', text);
    await place.parity(['record', 'still.yaml', '--out', 'archive', '--quiet']);
    const outcome = await run(
      'still.yaml',
      'still',
      '--legacy',
      'snapshot:archive/snapshot',
      '--contract',
      'snapshot:archive/snapshot',
    );
    expect(outcome.code).toBe(1);
    expect((await place.result('still')).cells).toMatchObject({ unstable: 0 });
  });
});

describe('use that nothing explains', () => {
  it('is looked for in the period before, of those organisations alone', async () => {
    await place.write('before.yaml', embedded({ seed: 8, orgs: 40, defects: 'previous-period*3' }));
    const outcome = await run('before.yaml', 'before');
    expect(outcome.code).toBe(1);
    expect((await place.result('before')).rootCauses).toMatchObject([{ id: 'period-shift' }]);
    const older = (await recorded('before')).filter(({ path }) => path.endsWith('billingPeriodIndex=1'));
    const puzzling = new Set(
      (await place.findings('before'))
        .filter(({ rule }) => rule === 'actual-quantity')
        .flatMap((finding) => finding.orgs.map(({ id }) => id)),
    );
    expect(older).toHaveLength(puzzling.size);
  });

  it('is archived by record, so that a later run finds the same cause', async () => {
    await place.parity(['record', 'before.yaml', '--record', 'kept', '--quiet']);
    const outcome = await run('before.yaml', 'over', '--legacy', 'snapshot:kept', '--contract', 'snapshot:kept');
    expect([outcome.code, outcome.stderr]).toEqual([1, '']);
    expect((await place.result('over')).rootCauses).toEqual((await place.result('before')).rootCauses);
  });

  it('is judged without a cause where an archive holds one period alone, and that is said', async () => {
    await place.write('clean.yaml', embedded({ seed: 8, orgs: 40 }));
    await run('clean.yaml', 'one-period');
    const outcome = await run(
      'before.yaml',
      'less',
      '--legacy',
      'snapshot:one-period/snapshot',
      '--contract',
      'sandbox',
    );
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('warning: the period before cannot be looked at: GET /api/v2/billing/trustee');
    const statuses = async (out: string) =>
      (await place.findings(out)).map(({ rule, status }) => `${rule} ${status}`).sort();
    expect(await statuses('less')).toEqual(await statuses('before'));
    expect((await place.result('less')).rootCauses).toEqual([]);
  });

  it('is left alone where nothing is wrong', async () => {
    const asked = await recorded('one-period');
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter(({ path }) => path.endsWith('billingPeriodIndex=1'))).toEqual([]);
    expect(asked.filter(({ reading }) => reading > 0)).toEqual([]);
  });
});
