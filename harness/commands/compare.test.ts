/** Two real runs set against each other by the command. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunComparison } from '../domain/run-comparison.ts';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded, remote, type Served } from './testing/sandbox-scenario.ts';

let place: Workplace;

const run = async (name: string, text: string): Promise<void> => {
  await place.write(`${name}.yaml`, text);
  await place.parity(['run', `${name}.yaml`, '--out', name, '--quiet', '--reporter', 'json']);
};

const WORLD = { name: 'nights', seed: 7, orgs: 20 };

beforeAll(async () => {
  place = await openWorkplace();
  await run('clean', embedded(WORLD));
  await run('one', embedded({ ...WORLD, defects: 'rate-off' }));
  await run('two', embedded({ ...WORLD, defects: 'rate-off,committed-rate-off' }));
}, 60_000);
afterAll(() => place.dispose());

const compare = async (...args: string[]): Promise<{ code: number | null; comparison: RunComparison }> => {
  const { code, stdout, stderr } = await place.parity(['compare', ...args, '--json']);
  if (stdout === '') throw new Error(stderr);
  return { code, comparison: JSON.parse(stdout) as RunComparison };
};

const mismatches = async (out: string): Promise<number> => (await place.result(out)).cells.mismatch;

describe('parity compare', () => {
  it('calls new what came, persisting what stayed, and fixed what matches now', async () => {
    const [one, two] = [await mismatches('one'), await mismatches('two')];
    expect(one).toBeGreaterThan(0);
    expect(two).toBeGreaterThan(one);
    const came = await compare('one', 'two', '--fail-on-new');
    expect(came.comparison.counts).toMatchObject({ new: two - one, persisting: one, fixed: 0, unverified: 0 });
    expect(came.code).toBe(1);
    const went = await compare('two', 'one', '--fail-on-new');
    expect(went.comparison.counts).toMatchObject({ new: 0, persisting: one, fixed: two - one, unverified: 0 });
    expect(went.code).toBe(0);
    expect((await compare('clean', 'two')).code).toBe(0);
  });

  it('says on the terminal, in Markdown and on a page what it says as JSON', async () => {
    const { stdout, code } = await place.parity([
      'compare',
      'clean',
      'one',
      '--markdown',
      'change.md',
      '--html',
      'pages/change.html',
    ]);
    expect(code).toBe(0);
    const [first] = (await place.findings('one')).filter(({ derivedFrom }) => derivedFrom === null);
    const told = `${await mismatches('one')} new`;
    for (const text of [stdout, await place.read('change.md'), await place.read('pages/change.html')]) {
      expect(text).toContain(told);
      expect(text).toContain(first?.id);
      expect(text).toContain('agreed before');
      expect(text).toContain('NOT READY');
    }
    expect(stdout).toContain('change.md');
    expect(stdout).toContain('change.html');
    expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('tells what was waived since, and that the scenario changed', async () => {
    const [found] = (await place.findings('one')).filter(({ derivedFrom }) => derivedFrom === null);
    const waiver = `{ rule: ${found?.rule}, reason: agreed, owner: billing@example.com, expires: 2099-01-01 }`;
    await run('waived', embedded({ ...WORLD, defects: 'rate-off', extra: `waivers: [${waiver}]\n` }));
    const { comparison } = await compare('one', 'waived');
    expect(comparison.counts).toMatchObject({ new: 0, fixed: 0, unverified: 0 });
    expect(comparison.counts.waived).toBeGreaterThan(0);
    expect(comparison.notes.join()).toContain('scenario changed');
    expect((await compare('waived', 'one', '--fail-on-new')).code).toBe(1);
  });

  it('never calls fixed what could not be looked at, and ends with 3 if asked', async () => {
    const server = place.start(['sandbox', '--seed', '7', '--orgs', '8', '--defects', 'rate-off', '--json']);
    const served = JSON.parse(await firstLine(server)) as Served;
    await run('seen', remote(served));
    const deaf = remote({ ...served }, '', 'test')
      .replace(`baseUrl: "${served.url}"`, 'baseUrl: "http://127.0.0.1:9"')
      .replace(/ {2}partnerBilling: .*\n/, '')
      .replace('requestsPerMinute: 60000', 'requestsPerMinute: 60000, retries: 0');
    await run('unseen', deaf);
    expect(await mismatches('seen')).toBeGreaterThan(0);
    const { comparison, code } = await compare('seen', 'unseen', '--fail-on-new');
    expect(comparison.counts).toMatchObject({ new: 0, fixed: 0, persisting: 0 });
    expect(comparison.counts.unverified).toBe(await mismatches('seen'));
    expect(comparison.sightLost).toBe(true);
    expect(code).toBe(3);
  }, 60_000);

  it.each([
    ['nothing', 'result.json is not there'],
    ['cut', 'its result.json tells of'],
    ['broken', 'is not JSON'],
  ])('refuses a folder that holds %s', async (dir, words) => {
    const { mkdir } = await import('node:fs/promises');
    await mkdir(`${place.dir}/${dir}`, { recursive: true });
    if (dir !== 'nothing') {
      const result = await place.read('one/result.json');
      await place.write(`${dir}/result.json`, dir === 'broken' ? result.slice(0, 200) : result);
      const [first = ''] = (await place.read('one/findings.jsonl')).split('\n').slice(-2);
      await place.write(`${dir}/findings.jsonl`, `${first}\n${first}\n${first}\n`);
    }
    const { code, stderr } = await place.parity(['compare', 'one', dir]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('says where the Markdown cannot be written', async () => {
    const { code, stderr } = await place.parity(['compare', 'one', 'two', '--markdown', 'no/such/folder/change.md']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/change\.md[\s\S]*--markdown/);
  });
});
