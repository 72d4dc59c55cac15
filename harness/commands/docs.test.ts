/** docs/start.md: its three paths walked as they stand, in empty folders, against the sandbox in place of the real APIs. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { buildProgram } from './main.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

let place: Workplace;
let served: RunningSandbox;
let sections: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  served = await startSandbox({ seed: 3, orgs: 10, defects: 'none' });
  sections = sectionsOf(await readFile(path.join(DOCS, 'start.md'), 'utf8'));
});
afterAll(() => served.close());
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.dispose());

/** Lines of the shell blocks by heading. */
function sectionsOf(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split(/^## /m).map((section) => {
      const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
      return [section.split('\n')[0] ?? '', blocks.filter((line) => line !== '')] as const;
    }),
  );
}

const credentials = (): Record<string, string> => ({
  LEGACY_API_KEY: served.apiKey,
  PARTNER_CLIENT_ID: served.clientId,
  PARTNER_CLIENT_SECRET: served.clientSecret,
  CONTRACT_CLIENT_ID: served.clientId,
  CONTRACT_CLIENT_SECRET: served.clientSecret,
});

/** As it stands, but for the region: the sandbox has addresses in its place. */
function argumentsOf(line: string): string[] {
  const args = line.replace(/^npx parity /, '').split(' ');
  const at = args.indexOf('--region');
  if (at < 0) return args;
  const { url } = served;
  return args.toSpliced(at, 2, '--usage-url', url, '--api-url', url, '--login-url', url);
}

const commandsOf = (heading: string): readonly string[] =>
  (sections.get(heading) ?? []).filter((line) => line.startsWith('npx parity '));

async function walked(lines: readonly string[], env: Record<string, string>): Promise<string[]> {
  const said: string[] = [];
  for (const line of lines) {
    const { code, stdout, stderr } = await place.parity(argumentsOf(line), env);
    expect({ line, code, stderr: code === 0 ? '' : stderr + stdout }).toEqual({ line, code: 0, stderr: '' });
    said.push(stdout);
  }
  return said;
}

describe('docs/start.md', () => {
  it('leads QA from nothing to two verdicts and a history', async () => {
    const lines = commandsOf('For QA: is the new API right?');
    expect(lines).toHaveLength(5);
    const said = await walked(lines, credentials());
    expect(said[1]).toContain('Next: parity run scenarios/nightly.yaml');
    expect(said[2]).toContain('READY');
    expect(said[4]).toContain('nightly-closed');
  }, 120_000);

  it('leads a partner over files, and over the new API alone', async () => {
    await place.write(
      'mock/contracts.json',
      '{"entities":[{"id":"c-1","status":"Active","billingPeriods":[],"plans":[]}]}',
    );
    const lines = commandsOf('For partners: the new API alone');
    expect(lines).toHaveLength(3);
    const { CONTRACT_CLIENT_ID = '', CONTRACT_CLIENT_SECRET = '' } = credentials();
    await walked(lines, { CONTRACT_CLIENT_ID, CONTRACT_CLIENT_SECRET });
  }, 60_000);

  it('leads to a pipeline and to a configuration for Playwright', async () => {
    const lines = commandsOf('In CI');
    expect(lines).toHaveLength(2);
    const [ci = '', playwright = ''] = lines;
    await walked([ci], credentials());
    const pipeline = await place.read('.github/workflows/parity.yml');
    expect(pipeline).toContain('npx parity run scenarios/nightly.yaml --shard');
    await place.clear('scenarios');
    await walked([playwright], credentials());
    expect(await place.read('parity/parity.spec.mjs')).toContain('cutover-parity/playwright');
  }, 60_000);
});

it.each(['start.md', 'init.md', 'history.md', 'parity.md', 'playwright.md'])(
  'docs/%s names commands and options that exist',
  async (name) => {
    const silent = { write: () => true };
    const program = buildProgram(
      { stdout: silent, stderr: silent, env: {}, signal: new AbortController().signal },
      () => undefined,
    );
    const text = await readFile(path.join(DOCS, name), 'utf8');
    const named = [...text.matchAll(/(?:^|`|npx )parity ([a-z]+)((?: [^\n`|;#]+)?)/gm)];
    for (const [, command = '', rest = ''] of named) {
      const known = program.commands.find((one) => one.name() === command);
      expect({ command, known: known !== undefined }).toEqual({ command, known: true });
      const options = rest.split(' ').filter((word) => word.startsWith('--'));
      const unknown = options.filter((word) => !known?.options.some(({ long }) => long === word));
      expect({ command, unknown }).toEqual({ command, unknown: [] });
    }
  },
);
