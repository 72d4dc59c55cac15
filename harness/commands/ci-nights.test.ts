/**
 * The example for GitHub as far as it goes without GitHub: its scripts in their order, each night in an empty folder, seven nights in
 * a row. Only what GitHub itself does (checking out, artifacts, the secrets) is done by the test.
 */
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isoDate } from '../domain/billing-period.ts';
import type { History } from '../domain/history.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CLI = path.join(root, 'dist/cli.js');
const SHARDS = 2;
const WORLD = { seed: 3, orgs: 4 };

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
}

let place: Workplace;
let jobs: Record<string, { readonly steps: readonly Step[] }>;
/** What lies in the artifacts of runs before; null: there is none. */
let artifact: string | null = null;
beforeAll(async () => {
  place = await openWorkplace();
  ({ jobs } = parse(await readFile(path.join(root, 'docs/ci/github-actions.yml'), 'utf8')) as { jobs: typeof jobs });
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${CLI}" "$@"\n`;
  // `gh run list` names the run before; `gh run download` brings its artifact.
  const gh =
    '#!/bin/sh\nif [ "$2" = list ]; then echo 1; exit 0; fi\n[ -n "$ARTIFACT" ] && cp -R "$ARTIFACT/." nights/\n';
  const curl = `#!/bin/sh\nfor word in "$@"; do case "$word" in @*) cat "$(echo "$word" | cut -c2-)";; *) echo "$word";; esac; done >> "${place.dir}/posted.txt"\n`;
  for (const [name, text] of Object.entries({ npx, gh, curl }))
    await chmod(await place.write(`bin/${name}`, text), 0o755);
}, 20_000);
afterAll(() => place.dispose());

interface Outcome {
  readonly code: number | null;
  readonly said: string;
}

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const PATH = `${path.join(place.dir, 'bin')}:${process.env['PATH']}`;
    const child = spawn('bash', ['-e', '-c', script], { cwd, env: { PATH, CI: 'true', ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

const scriptOf = (job: string, name: string): string => {
  const run = jobs[job]?.steps.find((step) => step.name === name)?.run;
  if (run === undefined) throw new Error(`no step ${name} in ${job}`);
  return run;
};

interface Night {
  readonly today: string;
  readonly defects?: string;
  /** A shard that cannot be run. */
  readonly broken?: number;
}

/** One night as the workflow has it; the folder is new, and holds what a checkout holds. */
async function night({ today, defects = 'none', broken }: Night) {
  const dir = path.join(place.dir, 'work');
  await rm(dir, { recursive: true, force: true });
  await mkdir(path.join(dir, 'scenarios'), { recursive: true });
  await cp(path.join(place.dir, 'checkout'), path.join(dir, 'scenarios'), { recursive: true });
  const served = await startSandbox({
    ...WORLD,
    defects: defects === 'none' ? 'none' : [defects],
    today: isoDate(today),
  });
  try {
    const asked = await askedBy(served, dir, broken);
    const merge = await merged(dir, asked, today);
    return { ...merge, asked, dir };
  } finally {
    await served.close();
  }
}

async function askedBy(served: RunningSandbox, dir: string, broken: number | undefined): Promise<readonly Outcome[]> {
  const env = { SANDBOX: served.url, API_KEY: served.apiKey, CLIENT: served.clientId, SECRET: served.clientSecret };
  const script = scriptOf('shard', 'Ask and judge one share of the organisations');
  const outcomes: Outcome[] = [];
  for (let shard = 1; shard <= SHARDS; shard += 1) {
    const own = script
      .replaceAll(/\$\{\{ matrix\.shard \}\}/g, String(shard))
      .replaceAll(/\$\{\{ strategy\.job-total \}\}/g, String(SHARDS));
    const outcome = await bash(own, dir, shard === broken ? {} : env);
    outcomes.push(outcome);
    if (outcome.code === 0) {
      await mkdir(path.join(dir, 'shards'), { recursive: true });
      await rename(path.join(dir, 'shard'), path.join(dir, `shards/parity-shard-${shard}`));
    }
  }
  await bash(scriptOf('closed', 'Ask and judge the periods that ended last'), dir, env);
  return outcomes;
}

async function merged(dir: string, asked: readonly Outcome[], today: string) {
  const env = {
    ARTIFACT: artifact ?? '',
    NIGHT: '1-1',
    GITHUB_STEP_SUMMARY: path.join(dir, 'page.md'),
    WEBHOOK_URL: 'https://hooks.example.com/x',
    RUN_URL: `https://example.com/${today}`,
    SHARDS: asked.every(({ code }) => code === 0) ? 'success' : 'failure',
    CLOSED: 'success',
  };
  const steps = (jobs['merge']?.steps ?? []).filter(({ run, name }) => run !== undefined && name !== undefined);
  const codes = new Map<string, number | null>();
  let said = '';
  for (const { name = '', run = '', if: when = 'success()' } of steps) {
    const failed = [...codes.values()].some((code) => code !== 0);
    // As GitHub would: what is not for always is left out after a failure; this is a night, and no pull request.
    if (failed && !when.includes('always()')) continue;
    if (when.includes("== 'pull_request'")) continue;
    if (when.includes('parity/result.json') && !(await isThere(path.join(dir, 'parity/result.json')))) continue;
    const outcome = await bash(run, dir, env);
    said += outcome.said;
    codes.set(name, outcome.code);
  }
  await keepArtifact(dir);
  return { codes, said };
}

const isThere = (file: string): Promise<boolean> =>
  readFile(file).then(
    () => true,
    () => false,
  );

async function keepArtifact(dir: string): Promise<void> {
  const kept = path.join(place.dir, 'artifact');
  await rm(kept, { recursive: true, force: true });
  await cp(path.join(dir, 'nights'), kept, { recursive: true });
  artifact = kept;
}

const CREDENTIALS = { url: 'URL', apiKey: 'KEY', clientId: 'ID', clientSecret: 'WORD' };

/** As users commit it: what differs from night to night is in the environment. */
const scenario = (name: string, more: string): string =>
  remote(CREDENTIALS, more, name)
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario.
    .replaceAll('"URL"', '"${SANDBOX}"')
    .replaceAll('"KEY"', '"${API_KEY}"')
    .replaceAll('"ID"', '"${CLIENT}"')
    .replaceAll('"WORD"', '"${SECRET}"');
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.

describe('seven nights of the example for GitHub', () => {
  beforeAll(async () => {
    await place.write('checkout/nightly.yaml', scenario('nightly', 'readiness: { cutover: 2026-06-05, nights: 3 }\n'));
  });

  /** From the last night on, the repository has a scenario for closed periods. */
  const commitClosed = (): Promise<string> =>
    place.write(
      'checkout/nightly-closed.yaml',
      scenario('nightly-closed', 'period: last-closed\nreadiness: { cutover: 2026-06-05, closedCycles: 1 }\n'),
    );

  it('keep their memory, are never silent, and give a readiness that is right', async () => {
    const first = await night({ today: '2026-04-20' });
    expect(first.codes.get('Join the shards and judge the whole'), first.said).toBe(0);
    expect(await readFile(path.join(first.dir, 'page.md'), 'utf8')).toContain('READY');

    // A shard that cannot be run: the job is red, the merge refuses, the channel hears of it, and no night is kept.
    const second = await night({ today: '2026-04-21', broken: 2 });
    expect(second.asked.map(({ code }) => code)).toEqual([0, 2]);
    expect(second.codes.get('Join the shards and judge the whole')).toBe(2);
    expect(second.said).toMatch(/shard 2/);
    expect(await place.read('posted.txt')).toMatch(
      /this night has no verdict \(shards: failure\)\. https:\/\/example\.com\/2026-04-21/,
    );

    const third = await night({ today: '2026-04-22', defects: 'rate-off' });
    expect(third.codes.get('Join the shards and judge the whole')).toBe(1);
    expect(third.codes.get('How far the cutover is')).toBe(0);
    // The last night that was kept is what it is compared with.
    expect(await readFile(path.join(third.dir, 'parity/compare.md'), 'utf8')).toMatch(/agreed before|new/i);

    for (const today of ['2026-04-23', '2026-04-24', '2026-04-25'])
      expect([...(await night({ today })).codes.values()]).toEqual(expect.arrayContaining([0]));
    await commitClosed();
    const { dir, codes, said } = await night({ today: '2026-04-26' });
    expect(
      [...codes.values()].every((code) => code === 0),
      said,
    ).toBe(true);

    const told = await place.parity(['history', path.join(dir, 'nights'), '--today', '2026-04-26', '--json']);
    const { scenarios } = JSON.parse(told.stdout) as History;
    const nightly = scenarios.find((each) => each.scenario === 'nightly');
    expect(nightly?.nights.map(({ date, standing }) => `${date} ${standing}`)).toEqual([
      '2026-04-20 parity',
      '2026-04-21 missing',
      '2026-04-22 mismatch',
      '2026-04-23 parity',
      '2026-04-24 parity',
      '2026-04-25 parity',
      '2026-04-26 parity',
    ]);
    expect(nightly?.readiness).toMatchObject({ standing: 'ready', since: '2026-04-25' });
    expect(scenarios.map((each) => each.scenario)).toContain('nightly-closed');
    expect(await readFile(path.join(dir, 'history.html'), 'utf8')).toContain('nightly');
    expect(await readFile(path.join(dir, 'evidence/summary.md'), 'utf8')).toContain('READY');
  }, 480_000);
});
