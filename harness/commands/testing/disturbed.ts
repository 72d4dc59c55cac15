/** Runs over real HTTP against a sandbox that fails, and everything that they leave behind. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cell } from '../../domain/finding.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { openSnapshot } from '../../http/recording/snapshot.ts';
import { SideCapture } from '../../runner/capture/side-capture.ts';
import { judgeSides } from '../../runner/judge-sides.ts';
import { exitCodeOf, runScenario } from '../../runner/run.ts';
import { allSources, openSides } from '../../runner/sides.ts';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';
import { loadScenario } from '../../scenario/load.ts';
import type { LoadedScenario } from '../../scenario/scenario.ts';
import { remote } from './sandbox-scenario.ts';

export interface Disturbed {
  readonly code: number;
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** `findings.jsonl`, and `result.json` without `run` and `requests`. */
  readonly outcome: readonly [string, string];
  /** Ids of the exchanges in the snapshot, sorted. */
  readonly recorded: readonly string[];
  /** Their paths, sorted, each once. */
  readonly paths: readonly string[];
  /** Ids of the exchanges that the run told of, sorted. */
  readonly told: readonly string[];
  /** Ids of cells that match, judged anew from the snapshot; but for those that say of one body alone that it keeps its schema. */
  readonly matches: ReadonlySet<string>;
  /** Secrets found in any file, with the file. */
  readonly leaks: readonly string[];
  /** Requests that reached another origin. */
  readonly strays: RunningSandbox['strays'];
}

const NO_OPTIONS = {
  out: null,
  legacy: null,
  contract: null,
  record: null,
  resume: false,
  reporters: null,
  shard: null,
};
const SIGNAL = new AbortController().signal;

/** @param limits as in a scenario, beside `requestsPerMinute` */
export async function disturbed(options: SandboxOptions, limits = 'retries: 5'): Promise<Disturbed> {
  const sandbox = await startSandbox(options);
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-faults-'));
  try {
    const file = path.join(dir, 's.yaml');
    await writeFile(file, remote(sandbox).replace('limits: {', `limits: { ${limits},`));
    const loaded = await loadScenario(file, { env: {} });
    const events: RunEvent[] = [];
    const out = path.join(dir, 'out');
    const outcome = await runScenario(loaded, 'run', { ...NO_OPTIONS, out }, (event) => events.push(event), SIGNAL);
    const snapshot = await openSnapshot(path.join(out, 'snapshot'));
    return {
      code: exitCodeOf(outcome),
      result: outcome.result,
      findings: outcome.findings,
      outcome: [await readFile(path.join(out, 'findings.jsonl'), 'utf8'), await lasting(path.join(out, 'result.json'))],
      recorded: [...snapshot.entries.keys()].sort(),
      paths: [...new Set([...snapshot.entries.values()].map(({ path: asked }) => asked))].sort(),
      told: [...new Set(events.flatMap((event) => (event.type === 'exchange-finished' ? [event.id] : [])))].sort(),
      matches: matchesOf(await judgedAnew(loaded, snapshot.dir)),
      leaks: await leaksIn(out, secretsOf(sandbox)),
      strays: sandbox.strays,
    };
  } finally {
    await sandbox.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function lasting(file: string): Promise<string> {
  const { run: _run, requests: _requests, ...rest } = JSON.parse(await readFile(file, 'utf8')) as RunResult;
  return JSON.stringify(rest);
}

const matchesOf = (cells: readonly Cell[]): ReadonlySet<string> =>
  new Set(cells.flatMap(({ id, status, rule }) => (status === 'match' && rule !== 'schema-violation' ? [id] : [])));

/** What a replay of the snapshot makes of it. */
async function judgedAnew(loaded: LoadedScenario, dir: string): Promise<readonly Cell[]> {
  const { scenario, policy } = loaded;
  const origin = { kind: 'snapshot', dir } as const;
  const listen = (): void => undefined;
  const options = { ...NO_OPTIONS, legacy: origin, contract: origin };
  const sides = await openSides({ scenario, options, withLegacy: true, listen, signal: SIGNAL });
  try {
    const { legacySources } = sides;
    const capture = new SideCapture({
      scenario,
      legacySources,
      shard: null,
      transport: allSources(sides),
      plan: listen,
    });
    return (await judgeSides(capture, policy, listen)).judgement.cells;
  } finally {
    await sides.close();
  }
}

/** Everything that must not be found anywhere: each secret as it is and as it travels. */
const secretsOf = (served: Pick<RunningSandbox, 'apiKey' | 'clientId' | 'clientSecret' | 'issuedTokens'>): string[] => [
  served.apiKey,
  served.clientSecret,
  Buffer.from(`${served.clientId}:${served.clientSecret}`).toString('base64'),
  ...served.issuedTokens(),
];

/** @returns `file: what is left of the secret` for each of them in each file below the folder. */
export async function leaksIn(dir: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  if (files.length === 0) throw new Error(`${dir} holds no files, so nothing was searched`);
  const found = files.map(async (file) => {
    const text = await readFile(file, 'latin1');
    return secrets.filter((secret) => text.includes(secret)).map((secret) => `${file}: ${secret.slice(0, 4)}…`);
  });
  return (await Promise.all(found)).flat();
}
