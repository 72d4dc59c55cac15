import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded, remote, type Served } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace({ ownProcesses: true });
});
afterEach(() => place.dispose());

const JSON_ALONE = ['--reporter', 'json'];

const withoutRun = (text: string): unknown => ({ ...(JSON.parse(text) as object), run: null });

describe('parity run', () => {
  it('ends with parity and 0 on a clean world, and writes its files', async () => {
    await place.write('clean.yaml', embedded({ seed: 7 }));
    const outcome = await place.parity(['run', 'clean.yaml', '--out', 'out']);
    expect(outcome.stderr).not.toContain('error');
    expect(outcome.code).toBe(0);
    const result = await place.result('out');
    expect(result.verdict).toBe('parity');
    expect(result.cells.mismatch).toBe(0);
    expect(result.cells.match).toBeGreaterThan(1000);
    expect(result.orgs).toEqual({ expected: 40, compared: 40, atParity: 40, unreachable: 0 });
    expect(await place.read('out/report.html')).toContain('<!doctype html>');
  });

  it('proves a mismatch with exit 1', async () => {
    await place.write('off.yaml', embedded({ seed: 7, orgs: 12, defects: 'actual-off' }));
    const outcome = await place.parity(['run', 'off.yaml', '--out', 'out']);
    expect(outcome.code).toBe(1);
    const mismatches = (await place.findings('out')).filter((finding) => finding.status === 'mismatch');
    expect(mismatches.map((finding) => finding.rule)).toContain('actual-quantity');
  });

  it('gives the same result over a sandbox in another process, byte for byte but for run', async () => {
    const server = place.start([
      'sandbox',
      '--seed',
      '11',
      '--orgs',
      '16',
      '--defects',
      'rate-off,org-dropped',
      '--json',
    ]);
    const served = JSON.parse(await firstLine(server)) as Served;
    await place.write('remote.yaml', remote(served));
    await place.write('embedded.yaml', embedded({ seed: 11, orgs: 16, defects: 'rate-off,org-dropped' }));
    const there = await place.parity(['run', 'remote.yaml', '--out', 'there', ...JSON_ALONE]);
    const here = await place.parity(['run', 'embedded.yaml', '--out', 'here', ...JSON_ALONE]);
    expect([there.code, here.code]).toEqual([1, 1]);
    expect(withoutRun(await place.read('there/result.json'))).toEqual(withoutRun(await place.read('here/result.json')));
    expect(await place.read('there/findings.jsonl')).toBe(await place.read('here/findings.jsonl'));
  });

  it('replays its own snapshot to the same findings, and refuses what was not recorded', async () => {
    await place.write('s.yaml', embedded({ seed: 3, orgs: 12, defects: 'committed-off' }));
    await place.parity(['run', 's.yaml', '--out', 'first']);
    const replay = ['--legacy', 'snapshot:first/snapshot', '--contract', 'snapshot:first/snapshot'];
    const again = await place.parity(['run', 's.yaml', '--out', 'again', ...replay, ...JSON_ALONE]);
    expect(again.code).toBe(1);
    expect(await place.read('again/findings.jsonl')).toBe(await place.read('first/findings.jsonl'));
    await place.write('other.yaml', embedded({ seed: 3, orgs: 12 }).replace('wallboard', 'otherapp'));
    const missing = await place.parity(['run', 'other.yaml', '--out', 'missing', ...replay, ...JSON_ALONE]);
    expect(missing.code).toBe(3);
    expect(missing.stderr).toContain('not in the snapshot');
  });

  it('cannot verify with exit 3 when the legacy host is not reachable', async () => {
    const server = place.start(['sandbox', '--seed', '5', '--orgs', '5', '--json']);
    const served = JSON.parse(await firstLine(server)) as Served;
    const scenario = remote(served).replace(`baseUrl: "${served.url}"`, 'baseUrl: "http://127.0.0.1:9"');
    await place.write('s.yaml', `${scenario.replace('limits: {', 'limits: { retries: 0,')}`);
    const outcome = await place.parity(['run', 's.yaml', '--out', 'out']);
    expect(outcome.code).toBe(3);
    const result = await place.result('out');
    expect(result.verdict).toBe('inconclusive');
    expect(result.orgs.compared).toBe(0);
    expect(result.cells.mismatch).toBe(0);
    expect(result.cells.notComparable).toBeGreaterThan(0);
  });

  it('names the line to mend in a broken scenario, with exit 2 and nothing sent', async () => {
    await place.write('bad.yaml', embedded({ seed: 1 }).replace('kind: site', 'kynd: site'));
    const outcome = await place.parity(['run', 'bad.yaml', '--out', 'out']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/bad\.yaml:13:\d+: .*kynd.*kind/s);
    await expect(place.read('out/result.json')).rejects.toThrow('ENOENT');
  });

  it('writes the result alone to standard output with --json', async () => {
    await place.write('s.yaml', embedded({ seed: 3, orgs: 10 }));
    const outcome = await place.parity(['run', 's.yaml', '--json']);
    expect(outcome.code).toBe(0);
    expect((JSON.parse(outcome.stdout) as { verdict: string }).verdict).toBe('parity');
  });

  it('sends nothing with --dry-run', async () => {
    await place.write('s.yaml', remote({ url: 'http://127.0.0.1:9', apiKey: 'k', clientId: 'i', clientSecret: 's' }));
    const outcome = await place.parity(['run', 's.yaml', '--dry-run']);
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('/v1/regions');
  });
});
