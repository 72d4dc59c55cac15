/**
 * Every error that the code can raise, provoked through the real command line. `errors.txt` holds what a user then reads: after
 * a change that was meant, `npx vitest run harness/commands/errors.test.ts --update`, and then read it from top to bottom.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { CommandHost } from './testing/command-host.ts';
import { CallSites } from './testing/errors/call-sites.ts';
import { COMMAND_LINE, SCENARIOS } from './testing/errors/command-line.ts';
import type { Scene, Section } from './testing/errors/error-case.ts';
import { PREPARED, RUNS, SHARDS, SNAPSHOTS, WRITING } from './testing/errors/files.ts';
import { NOT_PROVOKED } from './testing/errors/not-provoked.ts';
import { type Provoked, provoke } from './testing/errors/provoke.ts';
import { SANDBOX, SERVERS, SIGNALS } from './testing/errors/servers.ts';
import { embedded, remote, type Served } from './testing/sandbox-scenario.ts';

const SECTIONS: readonly Section[] = [
  COMMAND_LINE,
  SCENARIOS,
  WRITING,
  RUNS,
  SNAPSHOTS,
  SHARDS,
  SERVERS,
  SANDBOX,
  SIGNALS,
];
const MINUTES = 60_000;

let place: Workplace;
let sites: CallSites;
const seen: { readonly title: string; readonly provoked: readonly Provoked[] }[] = [];

beforeAll(async () => {
  place = await openWorkplace();
  sites = await CallSites.find();
  const scene = await prepared(place);
  const coverage = await mkdtemp(path.join(tmpdir(), 'parity-coverage-'));
  const host = new CommandHost(place.dir, { ...process.env, CI: 'true', NODE_V8_COVERAGE: coverage });
  try {
    // Sections change nothing of each other (a lock that comes and goes apart); within one, a case may use what one before it wrote.
    const told = SECTIONS.map(async ({ title, cases }) => {
      const provoked: Provoked[] = [];
      for (const one of cases) provoked.push(await provoke(one, scene, { host, coverage }));
      return { title, provoked };
    });
    seen.push(...(await Promise.all(told)));
    await host.close();
    for (const name of await readdir(coverage)) sites.reached(await readFile(path.join(coverage, name), 'utf8'));
  } finally {
    await rm(coverage, { recursive: true });
  }
}, 10 * MINUTES);
afterAll(() => place.dispose());

/** Runs, shards and snapshots for the errors to be about. */
async function prepared(workplace: Workplace): Promise<Scene> {
  const child = workplace.start(['sandbox', '--json', '--seed', '3', '--orgs', '4']);
  const served = JSON.parse(await firstLine(child)) as Served;
  const world = { seed: 3, orgs: 4 } as const;
  const twins = [1, 2].map((n) => `  - { id: 0000000${n}-0000-4000-8000-000000000000, region: us-east-1, name: Twin }`);
  await workplace.write('s.yaml', PREPARED);
  await workplace.write('live.yaml', remote(served));
  await workplace.write('refused.yaml', remote({ ...served, apiKey: 'wrong' }));
  await workplace.write(
    'listed.yaml',
    PREPARED.replace(
      'orgs: discover',
      `orgs:\n${twins.join('\n')}\n  - { id: 00000003-0000-4000-8000-000000000000, region: us-east-1, name: Example One }`,
    ),
  );
  await workplace.write(
    'stuck.yaml',
    embedded(world).replace('defects:', 'faults: [no-answer*forever@/invoices], defects:'),
  );
  await workplace.write('large-world.yaml', embedded({ seed: 3, orgs: 600 }));
  const quiet = ['--reporter', 'json', '--quiet'];
  for (const args of [
    ['run', 's.yaml', '--out', 'done', ...quiet],
    ['validate', 's.yaml', '--out', 'checked', ...quiet],
    ['run', 's.yaml', '--shard', '1/2', '--out', 'one', ...quiet],
    ['run', 's.yaml', '--shard', '2/2', '--out', 'two', ...quiet],
    ['run', 's.yaml', '--shard', '1/3', '--out', 'third', ...quiet],
    ['run', 'large-world.yaml', '--out', 'packed', ...quiet],
  ]) {
    const { code, stderr } = await workplace.parity(args);
    if (code === null || code === 2 || code > 3) throw new Error(`parity ${args.join(' ')}: ${stderr}`);
  }
  return { ...workplace, served };
}

describe('errors', () => {
  it('read as errors.txt holds them', async () => {
    const text = seen.map(({ title, provoked }) =>
      [`==== ${title} ====`, ...provoked.map((one) => one.text)].join('\n\n'),
    );
    await expect(`${text.join('\n\n\n')}\n`).toMatchFileSnapshot('errors.txt');
  });

  it('are each provoked, wherever the code raises one', () => {
    expect(sites.count).toBeGreaterThan(100);
    expect([...sites.untouched].sort()).toEqual(Object.keys(NOT_PROVOKED).sort());
  });

  it('end with an exit code of an error, and say what to do', () => {
    const all = seen.flatMap(({ provoked }) => provoked);
    for (const { code, stderr, text } of all) {
      expect([2, 3, 130, 143], text).toContain(code);
      if (code === 2 && stderr.startsWith('error: ')) expect(text).toMatch(/\n {2}→ |\n\(run with --help/);
    }
  });
});
