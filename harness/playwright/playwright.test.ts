/** Scenarios as Playwright tests, through the real command: they say what the command line says. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from '../commands/testing/cli.ts';
import { embedded } from '../commands/testing/sandbox-scenario.ts';
import type { Finding } from '../domain/run-result.ts';
import { buildWorld } from '../sandbox/world/build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const WORLD = { seed: 7, orgs: 9 };

interface Reported {
  readonly title: string;
  readonly ok: boolean;
  readonly status: string;
  readonly error: string;
  readonly annotations: ReadonlyMap<string, string>;
  readonly attachments: readonly string[];
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
      readonly results: readonly {
        readonly errors: readonly { readonly message: string }[];
        readonly attachments: readonly { readonly name: string }[];
      }[];
    }[];
  }[];
}

let place: Workplace;
let silent: string;
let first: { code: number; tests: readonly Reported[] };
let findings: readonly Finding[];

/** `npx playwright test` in the workplace. */
function playwright(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { FORCE_COLOR: _colour, ...inherited } = process.env;
  const all = ['test', '--config', path.join(root, 'playwright.config.ts'), '--output', path.join(place.dir, 'out')];
  return new Promise<{ code: number; stdout: string }>((resolve) => {
    const options = {
      cwd: place.dir,
      maxBuffer: 1e8,
      env: { ...inherited, CI: 'true', PARITY_SCENARIOS: 'scenario.yaml', ...env },
    };
    const cli = path.join(root, 'node_modules', 'playwright', 'cli.js');
    execFile(process.execPath, [cli, ...all, ...args], options, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });
}

async function tested(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout } = await playwright(['--reporter=json', ...args], env);
  const report = JSON.parse(stdout) as Suite;
  return { code, tests: reported(report).filter(({ project }) => project === 'parity') };
}

const reported = ({ suites = [], specs = [] }: Suite): (Reported & { project: string })[] => [
  ...suites.flatMap(reported),
  ...specs.flatMap(({ title, ok, tests }) =>
    tests.map(({ projectName, status, annotations, results }) => ({
      title,
      ok,
      status,
      project: projectName,
      error: results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
      annotations: new Map(annotations.map(({ type, description = '' }) => [type, description])),
      attachments: results.flatMap((result) => result.attachments.map(({ name }) => name)),
    })),
  ),
];

/** Ids of the organisations that the findings of a status name. */
const orgsWith = (...statuses: readonly string[]): Set<string> =>
  new Set(findings.filter(({ status }) => statuses.includes(status)).flatMap(({ orgs }) => orgs.map(({ id }) => id)));
const idOf = (title: string): string => /\((?<id>[0-9a-f-]{36})\)$/.exec(title)?.groups?.['id'] ?? title;
const failing = (tests: readonly Reported[]): Reported[] => tests.filter(({ ok }) => !ok);

beforeAll(async () => {
  place = await openWorkplace();
  const orgs = buildWorld(WORLD.seed, WORLD.orgs).accounts.flatMap((account) => account.orgs);
  silent = orgs[0]?.id ?? '';
  const faults = `faults: ["server-error*forever@${silent}"]`;
  const text = embedded({ ...WORLD, name: 'nightly', defects: 'rate-off*2', extra: 'limits: { retries: 0 }\n' });
  await place.write('scenario.yaml', text.replace(/ \}\nlimits/, `, ${faults} }\nlimits`));
  first = await tested(['--project=parity']);
  const run = (JSON.parse(await place.read('reports/nightly/playwright.json')) as { run: string }).run;
  const snapshot = `snapshot:${path.join(place.dir, 'reports/nightly', run, 'snapshot')}`;
  const told = await place.parity([
    'run',
    'scenario.yaml',
    '--legacy',
    snapshot,
    '--contract',
    snapshot,
    '--out',
    'cli',
  ]);
  expect(told.code).toBe(1);
  findings = await place.findings('cli');
}, 180_000);
afterAll(() => place.dispose());

describe('npx playwright test --project=parity', () => {
  it('fails for the organisations, and only for those, that the command line finds wrong', () => {
    const mismatching = orgsWith('mismatch');
    expect(mismatching.size).toBeGreaterThan(0);
    const wrong = failing(first.tests).filter(
      ({ error, title }) => error.startsWith('NotAtParity') && title !== 'the gate',
    );
    expect(new Set(wrong.map(({ title }) => idOf(title)))).toEqual(mismatching);
    for (const { title, annotations } of wrong) {
      const own = findings.filter(
        ({ status, orgs }) => status === 'mismatch' && orgs.some(({ id }) => id === idOf(title)),
      );
      expect(annotations.get('mismatch')).toBe(String(own.length));
    }
    expect(first.code).toBe(1);
  });

  it('fails with another kind of error where nobody could look', () => {
    const open = [...orgsWith('not-comparable')].filter((id) => !orgsWith('mismatch').has(id));
    expect(open).toContain(silent);
    const unseen = failing(first.tests).filter(({ error }) => error.startsWith('CouldNotVerify'));
    expect(unseen.map(({ title }) => idOf(title))).toEqual(expect.arrayContaining(open));
    const one = unseen.find(({ title }) => idOf(title) === silent);
    expect(one?.error).toContain('500');
    expect(one?.annotations.has('not-comparable')).toBe(true);
  });

  it('passes for everybody else, and attaches the evidence of each finding', async () => {
    const failed = new Set(failing(first.tests).map(({ title }) => title));
    const bad = new Set([...orgsWith('mismatch', 'not-comparable', 'unstable')]);
    const others = first.tests.filter(({ title }) => !bad.has(idOf(title)) && idOf(title) !== title);
    expect(others.length).toBeGreaterThan(3);
    expect(others.filter(({ title }) => failed.has(title))).toEqual([]);
    // A test that is skipped passes nothing.
    expect(others.filter(({ status }) => status !== 'expected').map(({ title }) => title)).toEqual([]);
    const attached = first.tests.flatMap(({ attachments }) => attachments).join(' ');
    const told = findings.filter(({ status, orgs }) => status === 'mismatch' && orgs.length > 0);
    expect(told.filter(({ id }) => !attached.includes(id))).toEqual([]);
  });

  it('says both values, the difference and what to do next', () => {
    const [finding] = findings.filter(({ rule }) => rule === 'overage-rate' || rule === 'committed-rate');
    const test = first.tests.find(({ attachments }) => attachments.some((name) => name.includes(finding?.id ?? '?')));
    for (const part of [finding?.legacy?.value, finding?.contract?.value, `parity explain ${finding?.id} --run`]) {
      expect(test?.error).toContain(part);
    }
  });

  it('holds the gate as the command line does', () => {
    const gate = first.tests.find(({ title }) => title === 'the gate');
    expect(gate?.ok).toBe(false);
    expect(gate?.error).toContain('minParity: limit 100');
  });
});

describe('the tests', () => {
  const listed = async (...args: readonly string[]): Promise<string[]> => {
    const { stdout } = await playwright(['--project=parity', '--no-deps', '--list', ...args]);
    return stdout.split('\n').filter((line) => line.includes('[parity]'));
  };

  it('are listed, chosen by tag, and each in exactly one shard', async () => {
    const [all, east, one, two] = await Promise.all([
      listed(),
      listed('--grep', '@us-east-1'),
      listed('--shard=1/2'),
      listed('--shard=2/2'),
    ]);
    expect(all).toHaveLength(first.tests.length);
    expect(east.length).toBeGreaterThan(0);
    expect(east.length).toBeLessThan(all.length);
    expect([...one, ...two].sort()).toEqual([...all].sort());
  });

  it('are by currency once a capture is there, and by app and region where there are too many', async () => {
    const [currency] = findings.flatMap(({ moneyAtRisk }) => moneyAtRisk?.currency ?? []);
    expect((await listed('--grep', `@${currency}`)).length).toBeGreaterThan(0);
    const few = await tested(['--project=parity', '--no-deps'], { PARITY_MOST_TESTS: '3' });
    expect(few.code).toBe(1);
    expect(few.tests.map(({ title }) => title)).toContainEqual(
      expect.stringMatching(/^wallboard · \S+ \(\d+ organisations\)$/),
    );
    const attached = failing(few.tests)
      .flatMap(({ attachments }) => attachments)
      .join(' ');
    expect(findings.filter(({ id, status }) => status === 'mismatch' && !attached.includes(id))).toEqual([]);
  });

  it('fail while nothing is captured', async () => {
    await place.write('other.yaml', (await place.read('scenario.yaml')).replace('name: nightly', 'name: other'));
    const args = ['--project=parity', '--no-deps', '--grep', `${silent}|the gate`];
    const { code, tests } = await tested(args, { PARITY_SCENARIOS: 'other.yaml' });
    expect(code).toBe(1);
    expect(tests).toHaveLength(2);
    expect(failing(tests)).toHaveLength(tests.length);
    expect(tests[0]?.error).toContain('was not captured');
  });
});
