/** Shards and their merge, as a CI matrix runs them. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import type { CliOutcome } from './testing/command-host.ts';
import { embedded, remote, type Served } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.dispose());

const QUIET = ['--quiet', '--reporter', 'json'];

async function runShards(name: string, of: number): Promise<CliOutcome[]> {
  const indexes = Array.from({ length: of }, (_, at) => at + 1);
  return Promise.all(
    indexes.map((index) =>
      place.parity(['run', `${name}.yaml`, '--shard', `${index}/${of}`, '--out', `${name}/${index}`, ...QUIET]),
    ),
  );
}

const foldersOf = (name: string, of: number): string[] =>
  Array.from({ length: of }, (_, at) => path.join(name, String(at + 1)));

const withoutRun = async (out: string): Promise<string> => {
  const text = await place.read(path.join(out, 'result.json'));
  return text.replace(/\n {2}"run": \{.*?\n {2}\},/s, '');
};

/** Organisations whose own answers a shard asked the usage API for. */
async function asked(out: string): Promise<string[]> {
  const lines = (await place.read(path.join(out, 'snapshot/exchanges.jsonl')))
    .split('\n')
    .filter((line) => line !== '');
  return lines.flatMap((line) => {
    const { path: url } = JSON.parse(line) as { path: string };
    return /^\/v1\/regions\/[^/]+\/organizations\/([^?]+)/.exec(url)?.[1] ?? [];
  });
}

describe('shards, merged', () => {
  const worlds = [
    ['everything', { seed: 3, orgs: 60, defects: 'all' }, '[]'],
    ['moving', { seed: 14, defects: 'previous-period*3' }, '[figures-move*2]'],
    ['clean', { seed: 17 }, '[]'],
  ] as const;

  it.each(worlds)(
    'equal the run in one piece, byte for byte but for run: %s',
    async (name, choice, faults) => {
      const text = embedded({ orgs: 40, ...choice }).replace('defects:', `faults: ${faults}, defects:`);
      await place.write(`${name}.yaml`, text);
      const whole = await place.parity(['run', `${name}.yaml`, '--out', `${name}/whole`, ...QUIET]);
      await runShards(name, 4);
      const merged = await place.parity(['merge', ...foldersOf(name, 4), '--out', `${name}/merged`, ...QUIET]);
      expect(merged.code).toBe(whole.code);
      for (const file of ['findings.jsonl', 'matches.txt']) {
        expect(await place.read(`${name}/merged/${file}`)).toBe(await place.read(`${name}/whole/${file}`));
      }
      expect(await withoutRun(`${name}/merged`)).toBe(await withoutRun(`${name}/whole`));
      expect(await withoutRun(`${name}/merged`)).not.toContain('"startedAt"');
      expect((await place.result(`${name}/merged`)).run.shard).toBeNull();
    },
    60_000,
  );

  it('ask for each organisation once, judge only their own, and say which shard they are', async () => {
    const outs = foldersOf('clean', 4);
    const all = (await Promise.all(outs.map(asked))).flat();
    expect(all).toHaveLength(40);
    expect(new Set(all).size).toBe(40);
    const results = await Promise.all(outs.map((out) => place.result(out)));
    expect(results.map(({ run }) => run.shard)).toEqual(['1/4', '2/4', '3/4', '4/4']);
    expect(results.map(({ verdict }) => verdict)).toEqual(['parity', 'parity', 'parity', 'parity']);
    expect(results.reduce((sum, { orgs }) => sum + orgs.expected, 0)).toBe(40);
  });

  it('leave what is about no organisation to the first', async () => {
    const about = async (out: string) => (await place.findings(out)).filter(({ orgs }) => orgs.length === 0);
    expect((await about('everything/1')).map(({ rule }) => rule)).toContain('region-count');
    for (const out of foldersOf('everything', 4).slice(1)) expect(await about(out)).toEqual([]);
  });

  it('replay from the merged snapshot to the same findings', async () => {
    const replay = ['--legacy', 'snapshot:moving/merged/snapshot', '--contract', 'snapshot:moving/merged/snapshot'];
    await place.parity(['run', 'moving.yaml', '--out', 'moving/again', ...replay, ...QUIET]);
    expect(await place.read('moving/again/findings.jsonl')).toBe(await place.read('moving/whole/findings.jsonl'));
  });
});

describe('parity merge', () => {
  it('needs no credentials, and a shard leaves none behind', async () => {
    const server = place.start(['sandbox', '--seed', '5', '--orgs', '24', '--json']);
    const served = JSON.parse(await firstLine(server)) as Served;
    await place.write('remote.yaml', remote(served));
    expect((await runShards('remote', 2)).map(({ code }) => code)).toEqual([0, 0]);
    const merged = await place.parity(['merge', ...foldersOf('remote', 2), '--out', 'remote/merged', ...QUIET]);
    expect(merged.code).toBe(0);
    const left = await place.read('remote/1/shard.json');
    for (const secret of [served.apiKey, served.clientId, served.clientSecret]) expect(left).not.toContain(secret);
  });

  const merge = (...dirs: string[]) => place.parity(['merge', ...dirs, '--out', 'refused', ...QUIET]);

  it.each([
    ['one is missing', ['clean/1', 'clean/2', 'clean/4'], 'shard 3/4 is missing'],
    ['one is there twice', ['clean/1', 'clean/2', 'clean/2', 'clean/3', 'clean/4'], 'are both shard 2/4'],
    ['one is of another scenario', ['clean/1', 'everything/2', 'clean/3', 'clean/4'], 'of another scenario'],
    ['one is no shard', ['clean/1', 'clean/whole'], 'holds no finished shard'],
  ])('refuses to judge where %s, with exit 2', async (_, dirs, words) => {
    const outcome = await merge(...dirs);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(words);
    await expect(place.read('refused/result.json')).rejects.toThrow('ENOENT');
  });

  const changed = async (dir: string, from: RegExp, to: string): Promise<void> => {
    const file = `${dir}/snapshot/manifest.json`;
    await place.write(file, (await place.read(file)).replace(from, to));
  };

  it('refuses shards of two nights, and of two servers, with exit 2', async () => {
    const manifest = 'clean/2/snapshot/manifest.json';
    const before = await place.read(manifest);
    await changed('clean/2', /"createdAt": "[^"]*"/, '"createdAt": "2026-01-01T02:00:00.000Z"');
    const nights = await merge(...foldersOf('clean', 4));
    expect(nights.code).toBe(2);
    expect(nights.stderr).toContain('more than 12 hours apart');
    await place.write(manifest, before);
    await changed('clean/2', /"contract-api": "[^"]*"/, '"contract-api": "https://api.example.com"');
    const servers = await merge(...foldersOf('clean', 4));
    expect(servers.code).toBe(2);
    expect(servers.stderr).toContain('https://api.example.com');
    await place.write(manifest, before);
  });

  it('leaves the newest whole run where it is', async () => {
    await place.write('part.yaml', embedded({ name: 'part', seed: 3, orgs: 6 }));
    const newest = async (): Promise<string> => (await place.result('reports/part/latest')).run.id;
    await place.parity(['run', 'part.yaml', ...QUIET]);
    const whole = await newest();
    await place.parity(['run', 'part.yaml', '--shard', '1/2', ...QUIET]);
    expect(await newest()).toBe(whole);
  });

  it('refuses a shard that was cut short, and judges nothing', async () => {
    await changed('clean/3', /"complete": true/, '"complete": false');
    const outcome = await merge(...foldersOf('clean', 4));
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/incomplete[\s\S]*--resume/);
    await changed('clean/3', /"complete": false/, '"complete": true');
  });

  it.each(['0/4', '5/4', '1', '1/0', 'a/b', '1/4/2'])('is told of no shard by --shard %s', async (shard) => {
    const outcome = await place.parity(['run', 'clean.yaml', '--shard', shard, '--out', 'none']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('expected I/N');
  });
});
