/** Builds dist/: the report's browser part first (vite), then everything else (tsc). */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const run = (name, args) => execFileSync(bin(name), args, { cwd: root, stdio: 'inherit' });

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
run('tsc', ['-p', 'tsconfig.build.json']);
if (existsSync(new URL('../harness/report/html/client/vite.config.ts', import.meta.url))) {
  run('vite', ['build', '--config', 'harness/report/html/client/vite.config.ts', '--logLevel', 'warn']);
}
const cli = new URL('../dist/cli.js', import.meta.url);
if (existsSync(cli)) chmodSync(cli, 0o755);
