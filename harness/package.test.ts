/** The package as its users get it: packed, installed into an empty project, imported, run, and read by their compiler. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
let dir: string;

/** Without what the project's own npm settings put into the environment: users have none of them. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?:config|package)_/i.test(name)));

const USE = `
import { runScenario, validate, exitCodeOf, HarnessError } from 'cutover-parity';
import { startSandbox } from 'cutover-parity/sandbox';
const sandbox = await startSandbox({ seed: 5, orgs: 4, defects: ['rate-off'] });
const stages = [];
const outcome = await runScenario('own.yaml', {
  out: 'out',
  reporters: ['json'],
  env: { URL: sandbox.url, KEY: sandbox.apiKey, ID: sandbox.clientId, SECRET: sandbox.clientSecret },
  onEvent: (event) => { if (event.type === 'stage-finished') stages.push(event.stage); },
});
await sandbox.close();
const mock = await validate(null, { from: 'mock-data', out: 'validated', reporters: ['json'] });
const refused = await runScenario('not-there.yaml').catch((error) => error instanceof HarnessError && error.code);
console.log(JSON.stringify({ verdict: outcome.result.verdict, code: exitCodeOf(outcome), stages, refused, mock: mock.result.verdict }));
`;

const SCENARIO = `version: 1
name: own
legacy:
  usageApi: { baseUrl: "\${URL}", apiKey: "\${KEY}" }
contract: { apiUrl: "\${URL}", loginUrl: "\${URL}", clientId: "\${ID}", clientSecret: "\${SECRET}" }
apps:
  - appId: wallboard
    products: [{ partNumber: PC-170-NV-WALLB, kind: user }]
  - appId: botpack
    products: [{ partNumber: PC-170-NV-BOTMSG, kind: sum }, { partNumber: PC-170-NV-BOTPEAK, kind: peak }]
orgs: discover
limits: { requestsPerMinute: 60000 }
`;

const TYPED = `import { compare, type Judgement, runScenario, type ScenarioRun, validate } from 'cutover-parity';
import { type RunningSandbox, startSandbox } from 'cutover-parity/sandbox';
const options: ScenarioRun = { out: 'x', onEvent: (event) => void event.type };
export const results: Promise<string> = runScenario('x.yaml', options).then(({ result }) => result.verdict);
export const served: Promise<RunningSandbox> = startSandbox({ seed: 1, orgs: 1, defects: 'none' });
export const judged: (...args: Parameters<typeof compare>) => Judgement = compare;
// @ts-expect-error a number is no scenario
export const wrong = validate(1);
`;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'parity-package-'));
  // Without scripts: what is built already must not be built again below the tests that run beside this one.
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', dir], { cwd: root });
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  await writeFile(path.join(dir, 'package.json'), '{"private":true,"type":"module"}');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./cutover-parity-${version}.tgz`];
  await run('npm', install, { cwd: dir, env });
  await writeFile(path.join(dir, 'own.yaml'), SCENARIO);
}, 240_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

async function tarball(): Promise<ArrayBuffer> {
  const name = (await readdir(dir)).find((file) => file.endsWith('.tgz'));
  const { buffer, byteOffset, byteLength } = await readFile(path.join(dir, name ?? ''));
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

describe('the package in an empty project', () => {
  it('runs as a command', async () => {
    const bin = path.join(dir, 'node_modules', '.bin', 'parity');
    expect((await run(bin, ['--version'], { cwd: dir })).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    await run(bin, ['init', '--template', 'first.yaml'], { cwd: dir });
    expect(await readFile(path.join(dir, 'first.yaml'), 'utf8')).toContain('partNumber');
    const { stdout } = await run(bin, ['demo', '--quiet'], { cwd: dir });
    expect(stdout).toMatch(/The sandbox hid (\d+) defects in this world \(seed 42\); \1 found, 0 false alarms/);
    const past = await run(bin, ['history'], { cwd: dir }).catch((error: unknown) => error as { stderr: string });
    expect(past.stderr).toContain('was served by the embedded sandbox');
  });

  it('validates a mock answer that came as a file, as the README says', async () => {
    const body =
      '{"entities":[{"id":"c-1","status":"Active","dateStart":"2026-01-01","billingPeriods":[],"plans":[]}]}';
    await mkdir(path.join(dir, 'mock'));
    await writeFile(path.join(dir, 'mock', 'contracts.json'), body);
    const valid = await run('npx', ['parity', 'validate', '--from', 'mock', '--quiet'], { cwd: dir, env });
    expect(valid.stdout).toContain('VALID: the contract side keeps to its documentation');
    await writeFile(path.join(dir, 'mock', 'contracts.json'), body.replace('Active', 'Dormant'));
    const invalid = await run('npx', ['parity', 'validate', '--from', 'mock', '--quiet'], { cwd: dir, env }).catch(
      (error: unknown) => error as { code: number; stdout: string },
    );
    expect(invalid).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('BillingContract has "Dormant" at /entities/*/status'),
    });
  });

  it('runs as a library, against a sandbox that it starts itself', async () => {
    await mkdir(path.join(dir, 'mock-data'));
    await writeFile(path.join(dir, 'mock-data', 'contract.json'), '{"id":"c-1","status":"Active","plans":[]}');
    await writeFile(path.join(dir, 'use.mjs'), USE);
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: dir });
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'mismatch',
      code: 1,
      stages: expect.arrayContaining(['capture', 'compare', 'report']),
      refused: 'usage',
      mock: 'parity',
    });
  });

  it.each([
    ['with "type": "module"', '{"private":true,"type":"module"}'],
    ['without it', '{"private":true}'],
  ])(
    'runs as Playwright tests by what `parity init --playwright` writes, %s',
    async (_, manifest) => {
      const project = await mkdtemp(path.join(dir, 'playwright-'));
      await writeFile(path.join(project, 'package.json'), manifest);
      await mkdir(path.join(project, 'node_modules'));
      await symlink(path.join(dir, 'node_modules/cutover-parity'), path.join(project, 'node_modules/cutover-parity'));
      for (const name of ['playwright', 'playwright-core']) {
        const own = path.join(root, 'node_modules', name);
        await symlink(own, path.join(project, 'node_modules', name));
        await symlink(own, path.join(dir, 'node_modules', name)).catch(() => undefined);
      }
      const parity = path.join(dir, 'node_modules/.bin/parity');
      await run(parity, ['init', '--legacy', 'sandbox', '--contract', 'sandbox', '--playwright'], {
        cwd: project,
        env,
      });
      const scenario = path.join(project, 'scenarios/nightly.yaml');
      await writeFile(scenario, (await readFile(scenario, 'utf8')).replace('orgs: 40', 'orgs: 4'));
      const playwright = path.join(root, 'node_modules/playwright/cli.js');
      const options = { cwd: project, env: { ...env, CI: 'true', FORCE_COLOR: '0' } };
      const { stdout } = await run(process.execPath, [playwright, 'test', '--reporter', 'list'], options).catch(
        (error: unknown) => error as { stdout: string },
      );
      // One a test, one for the capture, one for what no other answers for, and the gate.
      expect(stdout).toMatch(/7 passed/);
    },
    60_000,
  );

  it('has nothing that publint objects to', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: await tarball() }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toStrictEqual([]);
  });

  it('has types that every way of importing it resolves, as an ES module', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(await tarball())));
    if (!analysis.types) throw new Error('no types were found');
    // It is an ES module alone: resolvers from before `exports` and `require` are not served (Node ≥ 20.19 requires ES modules).
    const resolved = ['node16-esm', 'bundler'];
    const problems = analysis.problems.filter(
      (problem) => !('resolutionKind' in problem) || resolved.includes(problem.resolutionKind),
    );
    expect(problems).toStrictEqual([]);
    expect(Object.keys(analysis.entrypoints)).toStrictEqual(expect.arrayContaining(['.', './sandbox', './playwright']));
  });

  it('is typed for users', async () => {
    await writeFile(path.join(dir, 'typed.ts'), TYPED);
    const compiler = path.join(root, 'node_modules', '.bin', 'tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', 'false'];
    const types = ['--types', 'node', '--typeRoots', path.join(root, 'node_modules', '@types')];
    const { stdout } = await run(compiler, [...options, ...types, 'typed.ts'], { cwd: dir }).catch((error) => error);
    expect(stdout).toBe('');
  });
});
