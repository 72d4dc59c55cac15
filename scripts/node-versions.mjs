/**
 * `node scripts/node-versions.mjs`: the packed file on each supported Node.js: installed into an empty folder, and walked as a new user
 * walks it. Others than the running one come from the registry (the package `node`). Needs `npm run build` before.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = [20, 22, 24];
const root = fileURLToPath(new URL('..', import.meta.url));
const dir = mkdtempSync(path.join(tmpdir(), 'parity-node-'));
/** Users have none of the settings that npm hands to scripts. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?:config|package)_/i.test(name)));

const run = (program, args, cwd) =>
  execFileSync(program, args, {
    cwd,
    env: { ...env, CI: 'true' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function installed() {
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', dir], root);
  const packed = readdirSync(dir).find((name) => name.endsWith('.tgz'));
  writeFileSync(path.join(dir, 'package.json'), '{"private":true}');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed}`], dir);
}

/** @returns the program of this major version */
function nodeOf(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const home = path.join(dir, `node-${major}`);
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), '{"private":true}');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `node@${major}`], home);
  return path.join(home, 'node_modules/node/bin/node');
}

function walk(node) {
  const home = mkdtempSync(path.join(dir, 'walk-'));
  const cli = path.join(dir, 'node_modules/cutover-parity/dist/cli.js');
  const parity = (...args) => run(node, [cli, ...args], home);
  const both = ['--legacy', 'sandbox', '--contract', 'sandbox'];
  parity('init', 'scenarios/nightly.yaml', ...both);
  const file = path.join(home, 'scenarios/nightly.yaml');
  // The rest in a smaller world: what is looked at is Node.js.
  writeFileSync(file, readFileSync(file, 'utf8').replace('orgs: 40', 'orgs: 6'));
  parity('doctor', 'scenarios/nightly.yaml');
  parity('run', 'scenarios/nightly.yaml', '--out', 'night', '--reporter', 'json,html,xlsx', '--quiet');
  parity('validate', 'scenarios/nightly.yaml', '--out', 'valid', '--quiet');
  parity('history', '.', '--sandbox', '--html', 'history.html');
  const { verdict } = JSON.parse(readFileSync(path.join(home, 'night/result.json'), 'utf8'));
  if (verdict !== 'parity') throw new Error(`the sandbox without defects is ${verdict}`);
  const library = "import('cutover-parity').then((m) => { if (typeof m.runScenario !== 'function') process.exit(1); })";
  run(node, ['-e', library], dir);
}

try {
  installed();
  for (const major of VERSIONS) {
    const node = nodeOf(major);
    const version = run(node, ['--version'], dir).trim();
    const begun = Date.now();
    walk(node);
    console.log(
      `✓ ${version}: init, doctor, run, validate, history and the library (${Math.round((Date.now() - begun) / 1000)} s)`,
    );
  }
} catch (error) {
  console.error(`failed: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
