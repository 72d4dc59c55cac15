/** Runs commands of the built CLI in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { type CliOutcome, CommandHost } from './command-host.ts';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface Workplace {
  readonly dir: string;
  write(name: string, text: string): Promise<string>;
  /** Runs a command to its end. */
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

/**
 * A fresh folder; `dispose` removes it and ends what was started in it. Its commands share one process.
 * @param ownProcesses each command in a process of its own, as a user starts it: for tests of the process itself, and of
 *   variables that are read by Node.js or the network rather than handed to the command
 */
export async function openWorkplace({ ownProcesses = false } = {}): Promise<Workplace> {
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-test-'));
  const started = new Set<ChildProcess>();
  const { NO_COLOR: _noColour, FORCE_COLOR: _forceColour, ...inherited } = process.env;
  const quiet = { ...inherited, CI: 'true' };
  const start: Workplace['start'] = (args, env = {}) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: dir, env: { ...quiet, ...env } });
    started.add(child);
    child.on('exit', () => started.delete(child));
    return child;
  };
  let host: CommandHost | null = null;
  const parity: Workplace['parity'] = (args, env) => {
    if (ownProcesses) return collect(start(args, env));
    host ??= new CommandHost(dir, quiet);
    return host.run(args, env);
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
    parity,
    result: async (out) => JSON.parse(await read(path.join(out, 'result.json'))) as RunResult,
    findings: async (out) =>
      (await read(path.join(out, 'findings.jsonl')))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Finding),
    clear: (name) => rm(path.join(dir, name), { recursive: true, force: true }),
    dispose: async () => {
      for (const child of started) child.kill('SIGKILL');
      try {
        await host?.close();
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
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
