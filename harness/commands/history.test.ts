/** A month of nights, told right: runs over real HTTP, history by the command. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { History, ScenarioHistory } from '../domain/history.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { MISSED, REFUSED, simulateMonth } from './testing/month.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  await simulateMonth(place);
}, 120_000);
afterAll(() => place.dispose());

const history = async (today: string, dir = 'reports'): Promise<History> => {
  const outcome = await place.parity(['history', dir, '--today', today, '--json']);
  expect(outcome.stderr).toBe('');
  expect(outcome.code).toBe(0);
  return JSON.parse(outcome.stdout) as History;
};

const of = async (scenario: string, today: string): Promise<ScenarioHistory> => {
  const found = (await history(today)).scenarios.find((each) => each.scenario === scenario);
  if (found === undefined) throw new Error(`no ${scenario}`);
  return found;
};

describe('a month of nights', () => {
  it('is told as it was', async () => {
    const { events } = await of('nightly', '2026-05-22');
    const bundle = 'bundleQuantity is left out, PC-170-NV-MIN-VIDEO, PC-170-NV-MIN-VOICE';
    expect(events.map(({ date, text }) => `${date} ${text}`)).toEqual([
      '2026-04-20 not at parity for 8 nights, at first 9 mismatches',
      `2026-04-20 new root cause: ${bundle}`,
      '2026-04-24 new root cause: Overage leaves the commitment out',
      `2026-04-27 root cause no longer seen: ${bundle}`,
      '2026-04-28 1 night without a run: the row starts anew',
      expect.stringMatching(/^2026-04-29 not at parity for 3 nights, at first \d+ mismatches$/),
      '2026-05-01 1 waiver expired',
      expect.stringMatching(/^2026-05-02 inconclusive for 1 night, coverage \d/),
      '2026-05-03 not at parity for 2 nights, at first 1 mismatch',
      '2026-05-03 root cause no longer seen: Overage leaves the commitment out',
      '2026-05-05 at parity for 18 nights',
      '2026-05-05 1 expired waiver taken out or renewed',
      '2026-05-05 the scenario was changed: nights before were judged by another one',
    ]);
  });

  it('is ready since the fourteenth night in a row', async () => {
    const { readiness, row } = await of('nightly', '2026-05-22');
    expect(row).toEqual({ length: 18, from: '2026-05-05', brokenOn: '2026-05-04', brokenBy: 'mismatch' });
    expect(readiness).toMatchObject({ standing: 'ready', since: '2026-05-18', daysToCutover: 14, earliest: null });
  });

  it.each([
    ['2026-05-10', 6, 'on-course', '2026-05-18'],
    ['2026-05-04', 0, 'on-course', '2026-05-18'],
    ['2026-04-30', 0, 'on-course', '2026-05-14'],
  ])('as of %s has a row of %i nights', async (today, length, standing, earliest) => {
    const { readiness, row } = await of('nightly', today);
    expect(row.length).toBe(length);
    expect(readiness).toMatchObject({ standing, earliest, since: null });
  });

  it('is late once what is missing no longer fits before the cutover', async () => {
    // No run after the 22nd: the night of the 26th is missing, the row starts anew and takes fourteen nights.
    const { readiness, row } = await of('nightly', '2026-05-27');
    expect(row).toMatchObject({ length: 0, brokenOn: '2026-05-26', brokenBy: 'missing' });
    expect(readiness).toMatchObject({ standing: 'late', earliest: '2026-06-09', daysToCutover: 9 });
  });

  it('never takes a missing or inconclusive night for one at parity', async () => {
    const { nights } = await of('closed', '2026-05-22');
    const standing = (date: string) => nights.find((night) => night.date === date)?.standing;
    expect(standing(MISSED)).toBe('missing');
    expect(standing(REFUSED)).toBe('inconclusive');
    expect((await of('closed', MISSED)).row.length).toBe(8);
    expect((await of('closed', '2026-04-29')).row).toMatchObject({ length: 1, brokenBy: 'missing' });
    expect((await of('closed', REFUSED)).row).toMatchObject({ length: 0, brokenBy: 'inconclusive' });
  });

  it('puts a billing cycle together from the days on which its periods closed', async () => {
    const cycles = async (today: string) =>
      (await of('closed', today)).cycles.map(({ month, standing }) => `${month} ${standing}`);
    expect(await cycles('2026-04-27')).toEqual(['2026-03 partial', '2026-04 running']);
    expect(await cycles('2026-05-01')).toEqual(['2026-03 partial', '2026-04 parity']);
    const { readiness } = await of('closed', '2026-05-22');
    expect(readiness?.requirements).toMatchObject([
      { name: 'nights', needed: 1, met: true },
      { name: 'closedCycles', have: 1, met: true, since: '2026-05-01' },
    ]);
    expect((await of('closed', '2026-04-27')).readiness).toMatchObject({
      standing: 'on-course',
      earliest: '2026-05-01',
    });
  });

  it('names the waiver in use, and that it expires before the cutover', async () => {
    const { waivers, readiness } = await of('nightly', '2026-04-27');
    expect(waivers).toMatchObject([{ expires: '2026-04-30', owner: 'billing@example.com', findings: 1 }]);
    expect(readiness?.cautions).toContain('1 waiver in use expires before the cutover, the first on 2026-04-30.');
  });
});

describe('what it leaves out', () => {
  it('is named, with the reason', async () => {
    const at = (name: string) => path.join(place.dir, 'odd', name);
    const night = path.join(place.dir, 'reports/nightly/2026-05-10');
    for (const name of ['good', 'copy', 'cut', 'mixed', 'newer', 'shard', 'alone']) {
      await cp(night, at(name), { recursive: true });
    }
    const change = async (name: string, edit: (text: string) => string, file = 'result.json'): Promise<void> =>
      writeFile(path.join(at(name), file), edit(await readFile(path.join(at(name), file), 'utf8')));
    await rm(path.join(at('cut'), 'result.json'));
    await change('mixed', (text) => text.replace(/"tolerated": \d+/, '"tolerated": 7'));
    await change('newer', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'));
    await change('shard', (text) => text.replace('"shard": null', '"shard": "1/4"'));
    await change('alone', (text) => text.replace('"legacy": "live"', '"legacy": null'));
    await mkdir(at('foreign'));
    await writeFile(path.join(at('foreign'), 'result.json'), '{"tests": 4}');
    await mkdir(at('broken'));
    await writeFile(path.join(at('broken'), 'result.json'), '{"schemaVersion": 1,');
    await writeFile(path.join(at('broken'), 'findings.jsonl'), '');
    const { leftOut, runs } = await history('2026-05-22', 'odd');
    expect(runs).toBe(1);
    expect(Object.fromEntries(leftOut.map(({ dir, why }) => [dir, why]))).toEqual({
      alone: expect.stringContaining('contract side alone'),
      broken: expect.stringContaining('is not JSON'),
      cut: expect.stringContaining('interrupted'),
      foreign: expect.stringContaining('findings.jsonl cannot be read'),
      good: 'is a copy of copy',
      mixed: expect.stringContaining('do not belong together'),
      newer: expect.stringContaining('version 2'),
      shard: expect.stringContaining('1/4'),
    });
  });

  it('is an earlier run of the same night, with its verdict', async () => {
    await cp(path.join(place.dir, 'reports/nightly/2026-05-04'), path.join(place.dir, 'twice/a'), { recursive: true });
    const again = path.join(place.dir, 'twice/b');
    await cp(path.join(place.dir, 'reports/nightly/2026-05-05'), again, { recursive: true });
    const file = path.join(again, 'result.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"today": "2026-05-05"', '"today": "2026-05-04"'));
    const { scenarios, leftOut } = await history('2026-05-04', 'twice');
    expect(scenarios[0]?.nights).toMatchObject([{ date: '2026-05-04', standing: 'parity', run: { dir: 'b' } }]);
    expect(leftOut).toMatchObject([
      { dir: 'a', why: expect.stringContaining('(mismatch) is of the night of 2026-05-04') },
    ]);
  });

  it('is everything where a folder holds no run: exit code 2, and where runs are', async () => {
    await mkdir(path.join(place.dir, 'empty'));
    for (const dir of ['empty', 'nowhere']) {
      const outcome = await place.parity(['history', dir]);
      expect(outcome.code).toBe(2);
      expect(outcome.stdout).toBe('');
      expect(outcome.stderr).toContain(dir);
      expect(outcome.stderr).toContain('parity run');
    }
  });
});

describe('the bundle', () => {
  const bundle = async (target: string) => {
    const outcome = await place.parity(['history', '--today', '2026-05-22', '--bundle', target]);
    expect(outcome.stderr).toBe('');
    expect(outcome.code).toBe(0);
    return readFile(path.join(place.dir, target));
  };

  it('is the same to the byte, and states the hash of every file, result and snapshot', async () => {
    const first = await bundle('evidence.zip');
    expect((await bundle('again.zip')).equals(first)).toBe(true);
    const files = unzipSync(first);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    expect(Object.keys(files).sort()).toEqual([...Object.keys(manifest.files), 'manifest.json'].sort());
    for (const [name, hash] of Object.entries(manifest.files)) {
      expect(
        createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex'),
        name,
      ).toBe(hash);
    }
    const night = manifest.nights.find((each: { night: string }) => each.night === '2026-05-22');
    const snapshot = JSON.parse(await place.read('reports/nightly/2026-05-22/snapshot/manifest.json'));
    expect(manifest.nights).toHaveLength(64);
    expect(manifest.nights.flatMap(({ recount }: { recount: string[] }) => recount)).toEqual([]);
    expect(night).toMatchObject({ verdict: 'parity', gate: { met: true }, version: expect.any(String) });
    expect(manifest.nights.map((each: { snapshot: { digest: string } }) => each.snapshot.digest)).toContain(
      snapshot.digest,
    );
    expect(strFromU8(files['summary.md'] ?? new Uint8Array())).toContain('**READY** (since 2026-05-18)');
  });

  it('goes into a new folder, never into one with something in it', async () => {
    const target = path.join(place.dir, 'evidence');
    expect((await place.parity(['history', '--bundle', target])).code).toBe(0);
    const second = await place.parity(['history', '--bundle', target]);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('has something in it already');
  });
});
