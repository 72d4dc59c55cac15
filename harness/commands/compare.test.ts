/** Two real runs set against each other by the command. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunComparison } from '../domain/run-comparison.ts';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded, remote, type Served } from './testing/sandbox-scenario.ts';

let place: Workplace;

const run = async (name: string, text: string, ...args: string[]): Promise<void> => {
  await place.write(`${name}.yaml`, text);
  await place.parity(['run', `${name}.yaml`, '--out', name, '--quiet', '--reporter', 'json', ...args]);
};

const WORLD = { name: 'nights', seed: 7, orgs: 20 };

beforeAll(async () => {
  place = await openWorkplace();
  await run('clean', embedded(WORLD));
  await run('one', embedded({ ...WORLD, defects: 'rate-off' }));
  await run('two', embedded({ ...WORLD, defects: 'rate-off,committed-rate-off' }));
}, 60_000);
afterAll(() => place.dispose());

interface Compared {
  readonly code: number | null;
  readonly comparison: RunComparison;
  readonly stderr: string;
}

const compare = async (...args: string[]): Promise<Compared> => {
  const { code, stdout, stderr } = await place.parity(['compare', ...args, '--json']);
  if (stdout === '') throw new Error(stderr);
  return { code, comparison: JSON.parse(stdout) as RunComparison, stderr };
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
    const { stdout, code } = await place.parity(['compare', 'one', 'waived', '--fail-on-new']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Waived since: ${comparison.counts.waived}`);
    expect(stdout).not.toContain('fixed');
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
    const all = `${await mismatches('seen')} mismatches of the earlier run are gone without proof.`;
    expect(comparison.unproven).toContain(all);
    const { stderr } = await place.parity(['compare', 'seen', 'unseen', '--fail-on-new']);
    expect(stderr).toContain(`--fail-on-new is not satisfied: ${all}`);
    expect((await place.parity(['compare', 'seen', 'unseen'])).stderr).toBe('');
  }, 60_000);

  it('calls nothing fixed that a narrower run matches, and not looked at what lies outside it', async () => {
    await run('both', embedded({ ...WORLD, defects: 'rate-off*2' }));
    const findings = (await place.findings('both')).filter(({ status }) => status === 'mismatch');
    const { region, orgs } = findings[0] ?? {};
    const within = findings.filter((one) => one.orgs[0]?.id === orgs?.[0]?.id).length;
    expect(within).toBeLessThan(findings.length);
    await run('part', embedded(WORLD), '--org', `${region}/${orgs?.[0]?.id}`);
    const { comparison, code, stderr } = await compare('both', 'part', '--fail-on-new');
    expect(comparison.counts).toMatchObject({
      fixed: 0,
      unverified: within,
      'not-looked-at': findings.length - within,
    });
    const why = (kind: string) => comparison.changes.filter((one) => one.kind === kind).map((one) => one.why);
    expect(new Set(why('unverified'))).toEqual(
      new Set(['matches now, in a narrower run: it looked at 1 organisation alone (--org)']),
    );
    for (const each of why('not-looked-at')) expect(each).toMatch(/^the later run did not look at \S/);
    expect(code).toBe(3);
    const narrower = 'The later run is narrower than the earlier one: it looked at 1 organisation alone (--org).';
    expect(stderr).toContain(`--fail-on-new is not satisfied: ${narrower}`);
    const files = ['--markdown', 'part.md', '--html', 'part.html'];
    const { stdout } = await place.parity(['compare', 'both', 'part', ...files]);
    for (const text of [stdout, await place.read('part.md'), await place.read('part.html')]) {
      expect(text.replaceAll('\\', '')).toContain(narrower);
      expect(text).toContain(`Not looked at: ${findings.length - within}`);
    }
    const clean = await compare('clean', 'part', '--fail-on-new');
    expect(clean.comparison.changes).toEqual([]);
    expect(clean.code).toBe(3);
    expect((await compare('part', 'part', '--fail-on-new')).code).toBe(0);
    expect((await compare('part', 'clean', '--fail-on-new')).code).toBe(0);
  });

  it.each<[string, (text: string) => string, RegExp, RegExp]>([
    [
      'another app',
      (text) => text.replace(/ {2}- appId: wallboard[\s\S]*?(?= {2}- appId)/, ''),
      /^the later run did not look at PC-170-NV-WALLB of wallboard$/,
      /it leaves out PC-170-NV-WALLB of wallboard\.$/,
    ],
    [
      'another period',
      (text) => `${text}period: last-closed\n`,
      /^the later run did not look at the period from 20/,
      /it looked at closed periods, not at the open period\.$/,
    ],
  ])('calls not looked at what a run of %s leaves out', async (name, edit, why, sentence) => {
    const out = name.replace(' ', '-');
    // Its closed periods agree, too.
    const world = { name: 'nights', seed: 3, orgs: 10 };
    await run(`${out}-before`, embedded({ ...world, defects: 'rate-off' }));
    await run(out, edit(embedded(world)));
    const { comparison, code } = await compare(`${out}-before`, out, '--fail-on-new');
    const before = await mismatches(`${out}-before`);
    expect(before).toBeGreaterThan(0);
    expect(comparison.counts).toMatchObject({ fixed: 0, 'not-looked-at': before });
    for (const change of comparison.changes) expect(change.why).toMatch(why);
    expect(comparison.unproven).toContainEqual(expect.stringMatching(sentence));
    expect(code).toBe(3);
  });

  it('is not satisfied by a finding of a check that is made only while something is wrong', async () => {
    await run('wire', embedded({ ...WORLD, defects: 'enum-unknown' }));
    expect(await mismatches('wire')).toBeGreaterThan(0);
    const { comparison, code, stderr } = await compare('wire', 'clean', '--fail-on-new');
    expect(comparison.counts['not-looked-at']).toBeGreaterThan(0);
    expect(comparison.narrower).toBeNull();
    expect(stderr).toContain('of the earlier run');
    expect(stderr).toContain('not looked at by the later one');
    expect(code).toBe(3);
  });

  it('shows nothing to be fixed by a run that does not say what matched', async () => {
    await run('mute', embedded(WORLD));
    await place.clear('mute/matches.txt');
    const { comparison, code } = await compare('one', 'mute', '--fail-on-new');
    expect(comparison.counts).toMatchObject({ fixed: 0, unverified: await mismatches('one') });
    expect(code).toBe(3);
  });

  it('reads runs of releases that did not tell what they were to look at', async () => {
    for (const name of ['one', 'clean']) {
      const { run: identity, ...rest } = await place.result(name);
      const { scope, ...older } = identity;
      expect(scope).toBeDefined();
      await place.write(`old-${name}/result.json`, JSON.stringify({ ...rest, run: older }));
      for (const file of ['findings.jsonl', 'matches.txt']) {
        await place.write(`old-${name}/${file}`, await place.read(`${name}/${file}`));
      }
    }
    for (const [before, after] of [
      ['old-one', 'old-clean'],
      ['old-one', 'clean'],
      ['one', 'old-clean'],
    ] as const) {
      const { comparison, code } = await compare(before, after, '--fail-on-new');
      expect(comparison.counts).toMatchObject({ fixed: await mismatches('one'), unverified: 0, 'not-looked-at': 0 });
      expect(code).toBe(0);
    }
  });

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
