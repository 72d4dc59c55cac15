/** The runs of a scenario that stand beside a new one, for what reports say of "since the last run". */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { customerKey } from '../domain/customer.ts';
import type { EarlierRun, Finding, RunIdentity, RunResult } from '../domain/run-result.ts';

/** Runs that are read; older ones are left alone. */
const MOST_RUNS = 30;
/** Findings are read again of the newest runs alone, and only up to this size of file, in bytes. */
const MOST_WITH_FINDINGS = 10;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * @param parent folder in which the runs stand, each in a folder of its own. One that holds no run of this scenario, or
 *   one that cannot be read, is passed over: this is about what can be told, and nothing is judged by it.
 * @returns oldest first; those that started before `run`, of the same scenario and both sides or one like it.
 */
export async function earlierRuns(parent: string, run: RunIdentity): Promise<readonly EarlierRun[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const dirs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(parent, name));
  const read = await Promise.all(dirs.map(async (dir) => ({ dir, result: await resultOf(dir) })));
  const fitting = read
    .filter((one): one is { dir: string; result: RunResult } => one.result !== null && precedes(one.result.run, run))
    .sort((a, b) => (a.result.run.startedAt < b.result.run.startedAt ? -1 : 1))
    .slice(-MOST_RUNS);
  return Promise.all(
    fitting.map(async ({ dir, result }, at) => ({
      result,
      ...((at < fitting.length - MOST_WITH_FINDINGS ? null : await findingsOf(dir)) ?? UNKNOWN),
    })),
  );
}

const precedes = (earlier: RunIdentity, run: RunIdentity): boolean =>
  earlier.scenario === run.scenario &&
  earlier.id !== run.id &&
  earlier.startedAt < run.startedAt &&
  earlier.shard === run.shard &&
  (earlier.sources.legacy === null) === (run.sources.legacy === null);

async function resultOf(dir: string): Promise<RunResult | null> {
  try {
    const result = JSON.parse(await readFile(path.join(dir, 'result.json'), 'utf8')) as RunResult;
    return result.schemaVersion === 1 ? result : null;
  } catch {
    return null;
  }
}

type Known = Omit<EarlierRun, 'result'>;
const UNKNOWN: Known = { statuses: null, unresolved: null };

async function findingsOf(dir: string): Promise<Known | null> {
  const file = path.join(dir, 'findings.jsonl');
  try {
    if ((await stat(file)).size > MOST_BYTES) return null;
    const statuses = new Map<string, Finding['status']>();
    const unresolved = new Map<string, number>();
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      if (line === '') continue;
      const { id, status, orgs } = JSON.parse(line) as Finding;
      statuses.set(id, status);
      if (status === 'tolerated' || status === 'waived') continue;
      const key = customerKey(orgs);
      unresolved.set(key, (unresolved.get(key) ?? 0) + 1);
    }
    return { statuses, unresolved };
  } catch {
    return null;
  }
}
