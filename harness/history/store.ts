/** Finds the runs below a folder. The run folders are the history: nothing else is kept, nothing has to be migrated. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { HarnessError } from '../domain/errors.ts';
import type { FoundRun, LeftOut, SnapshotSeal } from '../domain/history.ts';
import type { Finding, RunResult, StatementRow } from '../domain/run-result.ts';
import { CustomersOfRun } from './customers.ts';
import { Recount } from './recount.ts';
import { WaiversInUse } from './waivers-in-use.ts';

export interface RunStore {
  /** By folder. */
  readonly runs: readonly FoundRun[];
  readonly leftOut: readonly LeftOut[];
}

const RESULT = 'result.json';
const FINDINGS = 'findings.jsonl';
/** A run that was cut off leaves these. */
const TRACES: readonly string[] = [FINDINGS, 'run.log', 'snapshot'];
const MAX_DEPTH = 12;

/** Said of a folder that holds no run we can use. */
class Unusable extends Error {}

/**
 * Reads every run below `root`, itself included. Links (`latest`) are not followed where they lead to a folder within it.
 * @throws HarnessError `usage` if the folder is not there
 */
export async function findRuns(root: string): Promise<RunStore> {
  const folder = path.resolve(root);
  const kind = await stat(folder).catch(() => null);
  if (kind?.isDirectory() !== true) {
    throw new HarnessError('usage', `${root} is no folder`, {
      hint: 'Give the folder that the runs lie in, such as reports; parity run makes one.',
    });
  }
  const search = new Search(await realpath(folder));
  await search.look('', 0);
  return { runs: search.runs, leftOut: search.leftOut };
}

class Search {
  readonly runs: FoundRun[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async look(dir: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) {
      this.leftOut.push({ dir, why: `lies more than ${MAX_DEPTH} folders deep` });
      return;
    }
    const entries = await readdir(path.join(this.#root, dir), { withFileTypes: true }).catch((error: Error) => error);
    if (entries instanceof Error) {
      this.leftOut.push({ dir, why: `cannot be read: ${entries.message}` });
      return;
    }
    const names = new Set(entries.map(({ name }) => name));
    if (names.has(RESULT)) await this.#take(dir);
    else if (TRACES.some((name) => names.has(name))) {
      this.leftOut.push({ dir, why: 'holds no result.json: the run was interrupted, or is still going on' });
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = dir === '' ? entry.name : `${dir}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'snapshot') await this.look(below, depth + 1);
      else if (entry.isSymbolicLink()) await this.#weighLink(below);
    }
  }

  /** A link to a folder elsewhere could hold runs that nobody counts. */
  async #weighLink(dir: string): Promise<void> {
    const target = await realpath(path.join(this.#root, dir)).catch(() => null);
    if (target === null) return;
    const kind = await stat(target);
    const inside = target === this.#root || target.startsWith(this.#root + path.sep);
    if (kind.isDirectory() && !inside)
      this.leftOut.push({ dir, why: 'is a link to another place; links are not followed' });
  }

  async #take(dir: string): Promise<void> {
    try {
      this.runs.push(await readRun(this.#root, dir));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      this.leftOut.push({ dir, why: error.message });
    }
  }
}

async function readRun(root: string, dir: string): Promise<FoundRun> {
  const [resultText, findingsText] = await Promise.all([
    textOf(path.join(root, dir, RESULT)),
    textOf(path.join(root, dir, FINDINGS)),
  ]);
  const result = parsed(resultText, RESULT);
  const fault = mustBeResult(result);
  if (fault !== null) throw new Unusable(fault);
  const run = result as RunResult;
  const statement = await readFile(path.join(root, dir, 'statement.jsonl'), 'utf8').catch(() => null);
  const { recount, customers, ...told } = readFindings(findingsText, run);
  return {
    dir,
    result: run,
    ...told,
    customers: statement === null ? null : billedIn(statement, customers),
    differences: recount.differences(run, await matchesIn(path.join(root, dir, 'matches.txt'))),
    sha256: { result: sha256(resultText), findings: sha256(findingsText) },
    snapshot: await sealOf(path.join(root, dir, 'snapshot', 'manifest.json')),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Unusable(`${path.basename(file)} cannot be read: ${(error as Error).message.split(',')[0]}`);
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unusable(`${name} is not JSON: it was cut short or changed`);
  }
}

/** @throws Unusable unless the findings are those that the result counts */
function readFindings(
  text: string,
  result: RunResult,
): Pick<FoundRun, 'standing' | 'waivers' | 'waivedCauses'> & {
  readonly recount: Recount;
  readonly customers: CustomersOfRun;
} {
  const standing = new Map<string, string>();
  const waivers = new WaiversInUse();
  const recount = new Recount();
  const customers = new CustomersOfRun();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const finding = parsed(line, FINDINGS) as Finding;
    recount.add(finding);
    waivers.add(finding);
    customers.add(finding);
    const { id, status } = finding;
    if (status !== 'tolerated') standing.set(id, status);
  }
  const foreign = recount.foreign(result);
  if (foreign !== null) throw new Unusable(foreign);
  return { standing, waivers: waivers.all(), waivedCauses: waivers.causes, recount, customers };
}

/** @throws Unusable for a line that is not JSON */
function billedIn(text: string, customers: CustomersOfRun): FoundRun['customers'] {
  for (const line of text.split('\n')) {
    if (line !== '') customers.billed(parsed(line, 'statement.jsonl') as StatementRow);
  }
  return customers.all();
}

/** Lines with something in them; null where there is no such file: releases before it did not write it. */
async function matchesIn(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : text.split('\n').filter((line) => line !== '').length;
}

/** Only what the snapshot says of itself; `parity run --legacy snapshot:DIR` checks every line of it. */
async function sealOf(file: string): Promise<SnapshotSeal | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const {
      digest = null,
      counts = null,
      createdAt = null,
    } = JSON.parse(text) as {
      digest?: string | null;
      counts?: { exchanges?: number } | null;
      createdAt?: string | null;
    };
    return { digest, exchanges: counts?.exchanges ?? null, createdAt };
  } catch {
    return { digest: null, exchanges: null, createdAt: null };
  }
}

/** dist/history/ and harness/history/ both lie two folders below the package's own. */
const SCHEMA = new URL('../../reports/result.schema.json', import.meta.url);

let compiled: ValidateFunction | undefined;

/** Fields that a newer release added are dropped, not refused: the version says whether a result can be understood. */
function validator(): ValidateFunction {
  if (compiled === undefined) {
    const ajv = new Ajv2020({ strict: false, removeAdditional: true });
    formats.default(ajv);
    compiled = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  }
  return compiled;
}

/** @returns why it is not a result that this release understands; null if it is one. Drops fields that are not known. */
function mustBeResult(value: unknown): string | null {
  const version = typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : null;
  if (version === null) return 'result.json is not one of parity';
  if (version !== 1) return `result.json has version ${JSON.stringify(version)}; this release reads version 1`;
  const validate = validator();
  if (validate(value)) return null;
  const [fault] = validate.errors ?? [];
  return `result.json is not whole: ${fault?.instancePath || 'it'} ${fault?.message ?? 'is not as it should be'}`;
}
