/** Provokes one error through the built CLI, as a user would, and says what was seen: text, exit code, and the code that raised it. */
import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '../../../domain/run-result.ts';
import { VERSION } from '../../../runner/version.ts';
import type { CliOutcome, CommandHost } from '../command-host.ts';
import type { ErrorCase, Scene } from './error-case.ts';

const CLI = fileURLToPath(new URL('../../../../dist/cli.js', import.meta.url));

export interface Provoked {
  readonly text: string;
  readonly code: number | null;
  readonly stderr: string;
}

/** Where commands run; both write what V8 says was executed into `coverage`, the host when it is closed. */
export interface Stand {
  readonly host: CommandHost;
  readonly coverage: string;
}

export async function provoke(one: ErrorCase, scene: Scene, stand: Stand): Promise<Provoked> {
  await one.before?.(scene);
  const args = typeof one.args === 'function' ? one.args(scene) : one.args;
  const shownEnv = typeof one.env === 'function' ? {} : (one.env ?? {});
  const env = typeof one.env === 'function' ? one.env(scene) : one.env;
  const needsProcess = [one.shell, one.into, one.ended, one.ownProcess].some((need) => need !== undefined);
  const {
    code,
    stdout,
    stderr: heard,
  } = await (needsProcess ? run({ ...one, env }, args, scene, stand.coverage) : stand.host.run(args, env));
  // What is said of single exchanges is no error.
  const stderr = heard.replaceAll(PROGRESS, '');
  const steady = (text: string): string => stable(text, scene);
  const failures = one.failuresOf === undefined ? [] : await failuresIn(scene, one.failuresOf);
  const command = `${one.shell ?? ''} parity ${args.map(quoted).join(' ')} ${one.into ?? ''}`.trim();
  const told = Object.entries(shownEnv).filter(([, value]) => value !== '');
  const words = told.map(([name, value]) => `${name}=${quoted(value)} `);
  const lines = [
    `# ${one.what}`,
    `$ ${words.join('')}${steady(command)}${one.ended === undefined ? '' : `   (${one.ended.signal})`}`,
    ...(one.showsOutput ? [steady(stdout).trimEnd()] : []),
    steady(stderr).trimEnd(),
    ...failures.map((failure) => `unread: ${steady(failure)}`),
    `exit ${code}`,
  ];
  return { text: lines.filter((line) => line !== '').join('\n'), code, stderr };
}

const PROGRESS = /^ {2}(?:\S+ .* in \d+ ms|\d+ of \d+ requests known so far).*\n/gm;

const quoted = (text: string): string => (/^[\w./:=,*-]+$/.test(text) ? text : `'${text}'`);

function run(
  { env, shell, into, ended }: Omit<ErrorCase, 'env'> & { readonly env: Readonly<Record<string, string>> | undefined },
  args: readonly string[],
  { dir }: Scene,
  coverage: string,
): Promise<CliOutcome> {
  const { NO_COLOR: _noColour, FORCE_COLOR: _forceColour, ...inherited } = process.env;
  // Where files may not grow, the coverage cannot be written either.
  const watched = shell === undefined ? { NODE_V8_COVERAGE: coverage } : {};
  const all = { ...inherited, CI: 'true', ...watched, ...env };
  const words = [process.execPath, CLI, ...args];
  const [program = '', ...rest] =
    shell === undefined && into === undefined
      ? words
      : ['bash', '-c', `${shell ?? ''} exec "$@" ${into ?? ''}`, '-', ...words];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { cwd: dir, env: all });
    let stderr = '';
    let stdout = '';
    let signalled = false;
    const hear = (): void => {
      if (signalled || !ended?.after.test(stdout + stderr)) return;
      signalled = true;
      child.kill(ended.signal);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      hear();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      hear();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** What a user reads of what could not be asked or read: each reason with its request. Where there is none, why checks could not be made. */
async function failuresIn({ read }: Scene, out: string): Promise<string[]> {
  const { unread = [] } = JSON.parse(await read(`${out}/result.json`)) as RunResult;
  if (unread.length === 0) return reasonsIn(await read(`${out}/findings.jsonl`));
  return unread
    .map(
      ({ source, count, reason, request }) =>
        `${source}${count > 1 ? ', several times' : ''}: ${reason}${request === null ? '' : `\n  → ${request}`}`,
    )
    .sort();
}

/** What was read and could not be used. */
function reasonsIn(findings: string): string[] {
  const reasons = findings
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { reason: string }).reason);
  return [...new Set(reasons)].sort().slice(0, 3);
}

/** The same in every folder, at every time, on every machine. */
const stable = (text: string, { dir }: Scene): string =>
  warningsSorted(text)
    .replaceAll(dir, '/here')
    .replaceAll(VERSION, 'VERSION')
    .replaceAll(hostname(), 'HOST')
    .replaceAll(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT')
    .replaceAll(/port \d{4,5} /g, 'port PORT ')
    .replaceAll(/--port (?!70000)\d{4,5}$/gm, '--port PORT')
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{4}/g, 'RUN')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'INSTANT')
    .replaceAll(/up to today \(\d{4}-\d\d-\d\d UTC\)/g, 'up to today (TODAY UTC)')
    .replaceAll(/\b\d+(?:\.\d+)? m?s\b/g, 'TIME')
    .replaceAll(/\.\d+\.tmp/g, '.PID.tmp');

/** Sides are asked at the same time: which of two warnings comes first is chance. */
function warningsSorted(text: string): string {
  const lines = text.split('\n');
  const warnings = lines.filter((line) => line.startsWith('warning: ')).sort();
  return lines.map((line) => (line.startsWith('warning: ') ? (warnings.shift() ?? line) : line)).join('\n');
}
