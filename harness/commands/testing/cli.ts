/** Runs the built CLI as a user would, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, RunResult } from '../../domain/run-result.ts';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workplace {
  readonly dir: string;
  write(name: string, text: string): Promise<string>;
  parity(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliOutcome>;
  /** Starts the CLI and leaves it running. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  result(out: string): Promise<RunResult>;
  findings(out: string): Promise<Finding[]>;
  read(name: string): Promise<string>;
  /** Removes a file or a folder. */
  clear(name: string): Promise<void>;
  dispose(): Promise<void>;
}

/** A fresh folder; `dispose` removes it and ends what was started in it. */
export async function openWorkplace(): Promise<Workplace> {
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-test-'));
  const started = new Set<ChildProcess>();
  const start: Workplace['start'] = (args, env = {}) => {
    const { NO_COLOR: _noColour, FORCE_COLOR: _forceColour, ...inherited } = process.env;
    const child = spawn(process.execPath, [CLI, ...args], { cwd: dir, env: { ...inherited, CI: 'true', ...env } });
    started.add(child);
    child.on('exit', () => started.delete(child));
    return child;
  };
  const read = (name: string): Promise<string> => readFile(path.join(dir, name), 'utf8');
  return {
    dir,
    start,
    read,
    write: async (name, text) => {
      await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
      await writeFile(path.join(dir, name), text);
      return path.join(dir, name);
    },
    parity: (args, env) => collect(start(args, env)),
    result: async (out) => JSON.parse(await read(path.join(out, 'result.json'))) as RunResult,
    findings: async (out) =>
      (await read(path.join(out, 'findings.jsonl')))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Finding),
    clear: (name) => rm(path.join(dir, name), { recursive: true, force: true }),
    dispose: async () => {
      for (const child of started) child.kill('SIGKILL');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function collect(child: ChildProcess): Promise<CliOutcome> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Resolves with the first line that the child writes to standard output. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code} before it wrote a line`)));
  });
}
