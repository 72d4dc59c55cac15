/** Benchmarks import what was built, which neither the type checker nor the search for dead code sees. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const folder = path.resolve(import.meta.dirname, '..');
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));

/** By Node.js itself, as `npm run bench` imports them. */
const LOOK = `for (const file of process.argv.slice(1)) {
  const { default: bench } = await import(file);
  console.log(bench.name !== '' && (bench.cases ?? bench.lines) !== undefined);
}`;

it('every benchmark finds all that it imports, and has a name and something to measure', () => {
  const urls = files.map((file) => pathToFileURL(`${folder}/${file}`).href);
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', LOOK, ...urls], { encoding: 'utf8' });
  expect(said.trim().split('\n')).toEqual(files.map(() => 'true'));
});
