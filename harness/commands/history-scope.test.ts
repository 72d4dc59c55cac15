/** Which runs speak for a night: real runs over real HTTP, narrower ones among them, and what the history says of each. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoDate } from '../domain/billing-period.ts';
import type { History, ScenarioHistory } from '../domain/history.ts';
import type { RunResult } from '../domain/run-result.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded, remote } from './testing/sandbox-scenario.ts';

const READINESS = 'readiness: { cutover: 2026-06-05, nights: 3 }\n';
const SITEKIT = / {2}- appId: sitekit[\s\S]*?(?=orgs:)/;

/** Organisations of the world whose contracts are theirs alone: each can be compared without the others. */
const ALONE = [
  { region: 'us-east-1', id: '72189263-7b6c-47bf-a63f-9918233290bf' },
  { region: 'ap-southeast-2', id: '745f7034-d3ec-495b-a45e-b031fc8f56fa' },
  { region: 'eu-west-1', id: '44d8843c-a86b-4080-8422-0efb632faf91' },
] as const;

let place: Workplace;

interface NightChoice {
  readonly today: string;
  readonly defects?: readonly string[];
  /** Makes another text of the scenario. */
  readonly edit?: (text: string) => string;
  readonly name?: string;
  readonly args?: readonly string[];
}

/** Runs the scenario by the command over a sandbox of that day. */
async function night(out: string, { today, defects = [], edit, name = 'nightly', args = [] }: NightChoice) {
  const sandbox = await startSandbox({
    seed: 3,
    orgs: 10,
    today: isoDate(today),
    defects: defects.length === 0 ? 'none' : defects,
  });
  try {
    const text = remote(sandbox, READINESS, name);
    const file = await place.write(`${name}.yaml`, edit?.(text) ?? text);
    const common = ['--out', out, '--reporter', 'json', '--quiet'];
    const outcome = await place.parity(['run', file, ...common, ...args]);
    expect(outcome.stderr).not.toContain('error:');
    return outcome.code;
  } finally {
    await sandbox.close();
  }
}

const listed = (count: number) => (text: string) =>
  text.replace('discover', `[${ALONE.slice(0, count).map(({ id, region }) => `{ id: ${id}, region: ${region} }`)}]`);
const ONE = `${ALONE[0].region}/${ALONE[0].id}`;

beforeAll(async () => {
  place = await openWorkplace();
  expect(await night('reports/10', { today: '2026-05-10' })).toBe(0);
  expect(await night('reports/11-first', { today: '2026-05-11', defects: ['rate-off*2'] })).toBe(1);
  await night('reports/11-again', { today: '2026-05-11' });
  await night('reports/12-apps', { today: '2026-05-12', edit: (text) => text.replace(SITEKIT, '') });
  await night('reports/12', { today: '2026-05-12' });
  await night('reports/12-few', { today: '2026-05-12', edit: listed(2) });
  await night('reports/12-org', { today: '2026-05-12', args: ['--org', ONE] });
}, 120_000);
afterAll(() => place.dispose());

const history = async (dir: string, today: string, ...args: string[]): Promise<History> => {
  const { stdout, stderr, code } = await place.parity(['history', dir, '--today', today, '--json', ...args]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as History;
};
const only = ({ scenarios }: History): ScenarioHistory => {
  expect(scenarios).toHaveLength(1);
  return scenarios[0] as ScenarioHistory;
};
const dirs = ({ nights }: ScenarioHistory) => nights.map(({ date, run }) => `${date} ${run?.dir ?? 'no run'}`);
const editResult = async (dir: string, edit: (result: RunResult) => unknown): Promise<void> => {
  const file = path.join(place.dir, dir, 'result.json');
  const result = JSON.parse(await readFile(file, 'utf8')) as RunResult;
  await writeFile(file, `${JSON.stringify(edit(result), null, 2)}\n`);
};

describe('the run that speaks for a night', () => {
  it('is the last one of the whole scope; narrower ones are left out, each with its reason', async () => {
    const all = await history('reports', '2026-05-12');
    expect(dirs(only(all))).toEqual(['2026-05-10 10', '2026-05-11 11-again', '2026-05-12 12']);
    expect(only(all).row.length).toBe(3);
    expect(Object.fromEntries(all.leftOut.map(({ dir, why }) => [dir, why]))).toEqual({
      '11-first': expect.stringMatching(/^\(mismatch\) is of the night of 2026-05-11, .* 11-again \(parity\)$/),
      '12-apps': expect.stringMatching(/^\(parity\) leaves out PC-170-NV-MIN of sitekit and 1 more product: narrower/),
      '12-few': expect.stringMatching(/^\(parity\) looked at 2 organisations alone: narrower .*--since 2026-05-12\)$/),
      '12-org': expect.stringMatching(
        /^\(parity\) looked at 1 organisation alone \(--org\): a part of nightly speaks for no night/,
      ),
    });
  });

  it('says what it was to look at in its result', async () => {
    const scope = async (out: string) => (await place.result(`reports/${out}`)).run.scope;
    expect(await scope('10')).toEqual({
      orgs: 'all',
      orgIds: null,
      apps: [
        { appId: 'botpack', partNumbers: ['PC-170-NV-BOTMSG', 'PC-170-NV-BOTPEAK'] },
        { appId: 'sitekit', partNumbers: ['PC-170-NV-MIN', 'PC-170-NV-SITE'] },
        { appId: 'wallboard', partNumbers: ['PC-170-NV-WALLB'] },
      ],
      period: 'open',
      partOf: null,
    });
    const [{ id: first }, { id: second }] = ALONE;
    expect(await scope('12-few')).toMatchObject({ orgs: 'listed', orgIds: [first, second], partOf: null });
    expect(await scope('12-org')).toMatchObject({ orgs: 'narrowed', orgIds: [first], partOf: 'nightly' });
  });

  it('has beside it, as a caution, an earlier one of the same night that was not at parity', async () => {
    const found = only(await history('reports', '2026-05-12'));
    const { mismatch } = (await place.result('reports/11-first')).cells;
    expect(found.readiness?.standing).toBe('ready');
    expect(found.readiness?.cautions).toContain(
      `An earlier run of the night of 2026-05-11 was not at parity: 11-first, ${mismatch} mismatches.`,
    );
    expect(found.events.map(({ date, text }) => `${date} ${text}`)).toContain(
      `2026-05-11 an earlier run of the night was not at parity, ${mismatch} mismatches`,
    );
    const { stdout } = await place.parity(['history', 'reports', '--today', '2026-05-12', '--html', 'page.html']);
    for (const text of [stdout, await place.read('page.html')]) expect(text).toContain('11-first');
  });

  it('is none where only narrower ones looked, and what these prove is a caution', async () => {
    await cp(path.join(place.dir, 'reports'), path.join(place.dir, 'narrow'), { recursive: true });
    await night('narrow/13-few', { today: '2026-05-13', edit: listed(2) });
    const part = { today: '2026-05-13', defects: [`committed-off@${ALONE[0].id}`], args: ['--org', ONE] };
    expect(await night('narrow/13-org', part)).toBe(1);
    const morning = only(await history('narrow', '2026-05-13'));
    expect(morning.row.length).toBe(3);
    expect(morning.readiness?.cautions).toContainEqual(
      expect.stringMatching(/^A narrower run of the night of 2026-05-13 was not at parity: 13-org, \d+ mismatch/),
    );
    const after = only(await history('narrow', '2026-05-14'));
    expect(after.row).toMatchObject({ length: 0, brokenOn: '2026-05-13', brokenBy: 'missing' });
    expect(after.readiness?.standing).toBe('on-course');
  });

  it('is of the narrower scope from the day on from which that is meant', async () => {
    const since = await history('narrow', '2026-05-13', '--since', '2026-05-13');
    expect(dirs(only(since))).toEqual(['2026-05-13 13-few']);
    expect(only(since).row.length).toBe(1);
    expect(since.leftOut).toContainEqual({ dir: '12', why: 'is of 2026-05-12, earlier than 2026-05-13' });
  });

  it('counts towards the row only if it looked at all that the newest one looked at', async () => {
    await night('grown/10', { today: '2026-05-10', edit: listed(2), name: 'grown' });
    await night('grown/11', { today: '2026-05-11', edit: listed(2), name: 'grown' });
    expect(only(await history('grown', '2026-05-11')).row.length).toBe(2);
    await night('grown/12', { today: '2026-05-12', edit: listed(3), name: 'grown' });
    const { row, nights, readiness } = only(await history('grown', '2026-05-12'));
    expect(row).toEqual({ length: 1, from: '2026-05-12', brokenOn: '2026-05-11', brokenBy: 'narrower' });
    expect(nights.map(({ run }) => run?.lacks)).toEqual([
      'leaves out 1 of 3 organisations',
      'leaves out 1 of 3 organisations',
      null,
    ]);
    expect(readiness?.requirements[0]?.says).toBe(
      '1 night in a row at parity, 3 needed; 2026-05-11 looked at less than the newest night',
    );
  });

  it('may be of a release that did not tell what it looked at', async () => {
    await cp(path.join(place.dir, 'reports'), path.join(place.dir, 'older'), { recursive: true });
    for (const dir of ['10', '11-again', '11-first']) {
      await editResult(`older/${dir}`, ({ run: { scope: _scope, ...run }, ...result }) => ({ ...result, run }));
    }
    const found = only(await history('older', '2026-05-12'));
    expect(dirs(found)).toEqual(['2026-05-10 10', '2026-05-11 11-again', '2026-05-12 12']);
    expect(found.row.length).toBe(3);
  });

  it('stays a part where its shards are merged', async () => {
    const args = ['--org', ONE, '--shard', '1/1'];
    await night('part/shard', { today: '2026-05-12', args });
    const { code, stderr } = await place.parity(['merge', 'part/shard', '--out', 'part/whole', '--quiet']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect((await place.result('part/whole')).run.scope).toMatchObject({ orgs: 'narrowed', partOf: 'nightly' });
    const outcome = await place.parity(['history', 'part', '--today', '2026-05-12']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('no run that speaks for a night');
  });
});

describe('a run over the embedded sandbox', () => {
  beforeAll(async () => {
    await place.write('own.yaml', embedded({ name: 'own', seed: 3, orgs: 5, extra: READINESS }));
    await place.parity(['run', 'own.yaml', '--out', 'own/a', '--reporter', 'json', '--quiet']);
  });

  it('is no night; alone, it is shown to whoever asks for it', async () => {
    const refused = await place.parity(['history', 'own']);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toContain('served by the embedded sandbox');
    expect(refused.stderr).toContain('--sandbox');
    const { run } = await place.result('own/a');
    const shown = only(await history('own', run.today ?? '', '--sandbox'));
    expect(dirs(shown)).toEqual([`${run.today} a`]);
    expect(shown.readiness?.cautions).toContainEqual(expect.stringContaining('proves nothing of the real APIs'));
  });

  it('is left out beside others, whoever asks', async () => {
    await cp(path.join(place.dir, 'own/a'), path.join(place.dir, 'mixed/own'), { recursive: true });
    await cp(path.join(place.dir, 'reports/12'), path.join(place.dir, 'mixed/12'), { recursive: true });
    for (const args of [[], ['--sandbox']]) {
      const all = await history('mixed', '2026-05-12', ...args);
      expect(dirs(only(all))).toEqual(['2026-05-12 12']);
      expect(all.leftOut).toEqual([
        { dir: 'own', why: 'was served by the embedded sandbox: it says nothing of the real APIs' },
      ]);
    }
  });
});

describe('the evidence bundle', () => {
  const bundled = async (dir: string) => {
    const args = ['history', dir, '--today', '2026-05-12', '--bundle', `${dir}.zip`];
    expect((await place.parity(args)).code).toBe(0);
    const files = unzipSync(await readFile(path.join(place.dir, `${dir}.zip`)));
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    return { summary: text('summary.md'), manifest: JSON.parse(text('manifest.json')) };
  };

  it('counts every result again from its findings', async () => {
    const { summary, manifest } = await bundled('reports');
    expect(summary).toContain('All 3 agree.');
    expect(manifest.nights.map(({ recount }: { recount: string[] }) => recount)).toEqual([[], [], []]);
  });

  it.each<[string, string, (result: RunResult) => Partial<RunResult>]>([
    [
      'money at risk',
      'USD under-billed: result.json says 12.00, its findings make 0.00',
      () => ({ moneyAtRisk: [{ currency: 'USD', overBilled: '0.00', underBilled: '12.00' }] }),
    ],
    [
      'mismatches without a cause',
      'mismatches without a cause: result.json says 3, its findings make 0',
      () => ({ unexplained: 3 }),
    ],
    [
      'checks that match',
      'checks that match: result.json says 1, matches.txt has',
      ({ cells }) => ({ cells: { ...cells, match: 1 } }),
    ],
    [
      'its gate',
      'the verdict is parity, though the gate was not met: minParity',
      ({ gate }) => ({ gate: { ...gate, checks: gate.checks.map((check, at) => ({ ...check, met: at > 0 })) } }),
    ],
  ])('says where a result differs in %s, and the night is not at parity', async (_, words, change) => {
    await rm(path.join(place.dir, 'forged'), { recursive: true, force: true });
    await cp(path.join(place.dir, 'reports'), path.join(place.dir, 'forged'), { recursive: true });
    await editResult('forged/12', (result) => ({ ...result, ...change(result) }));
    const { summary, manifest } = await bundled('forged');
    expect(summary).toContain('They do not all agree');
    expect(summary).toContain(words);
    expect(manifest.nights[2].recount).toEqual([expect.stringContaining(words)]);
    const found = only(await history('forged', '2026-05-12'));
    expect(found.row).toMatchObject({ length: 0, brokenOn: '2026-05-12', brokenBy: 'inconclusive' });
    expect(found.readiness?.cautions).toContainEqual(expect.stringContaining(words));
    expect(found.events).toContainEqual(expect.objectContaining({ text: expect.stringContaining(words) }));
  });

  it('leaves out a result whose findings are of another run, with both counts', async () => {
    await cp(path.join(place.dir, 'reports'), path.join(place.dir, 'hushed'), { recursive: true });
    // The verdict and the counts of a clean run over the findings of one that was not.
    await cp(path.join(place.dir, 'reports/11-first/findings.jsonl'), path.join(place.dir, 'hushed/12/findings.jsonl'));
    const { summary, manifest } = await bundled('hushed');
    const found = (await place.result('reports/11-first')).cells.mismatch;
    const words = `findings.jsonl has ${found} findings mismatch, result.json counts 0: they do not belong together`;
    expect(summary).toContain(words);
    expect(manifest.leftOut).toContainEqual({ dir: '12', why: words });
    expect(manifest.nights).toHaveLength(2);
  });
});
