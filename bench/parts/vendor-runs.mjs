/** Runs of the built command against a vendor's world that a process of its own serves, and what the benchmarks of runs share. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { APP, mapping } from './vendor-world.mjs';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SERVER = fileURLToPath(new URL('./vendor-server.mjs', import.meta.url));
export const CONCURRENCY = 16;
const NO_LIMIT = 1_000_000;
const MAX_RSS =
  'data:text/javascript,process.on("exit",()=>process._rawDebug("maxRSS "+process.resourceUsage().maxRSS))';

export async function serve(orgs, delay) {
  const server = spawn(process.execPath, [SERVER, String(orgs), String(delay)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  return { url: line, stop: () => server.kill() };
}

/** `run.yaml` in a folder. */
export async function writeScenario(dir, url, requestsPerMinute = NO_LIMIT) {
  const file = path.join(dir, 'run.yaml');
  const products = mapping.map((sku) => `      - { partNumber: ${sku}, kind: sum }`).join('\n');
  await writeFile(
    file,
    `version: 1
name: bench
legacy: { usageApi: { baseUrl: ${url}, apiKey: k } }
contract: { apiUrl: ${url}, loginUrl: ${url}, clientId: a, clientSecret: b }
apps:
  - appId: ${APP}
    products:
${products}
orgs: discover
period: open
gate: { mode: report }
limits: { concurrency: ${CONCURRENCY}, requestsPerMinute: ${requestsPerMinute} }
`,
  );
  return file;
}

const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

/** One process from its start to its end: `node ARGS…`. @returns seconds, and what it wrote to standard error */
export async function timed(args) {
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${said}`);
  return { seconds: seconds(started), said };
}

/** `parity ARGS…` into a new folder. @returns seconds, megabytes at most, the result */
export async function timedCommand(args, out) {
  await rm(out, { recursive: true, force: true });
  const { seconds: took, said } = await timed(['--import', MAX_RSS, CLI, ...args, '--out', out]);
  const result = JSON.parse(await readFile(path.join(out, 'result.json'), 'utf8'));
  return { seconds: took, megabytes: Number(/maxRSS (\d+)/.exec(said)?.[1] ?? 0) / 1024, result, out };
}

export const versionArgs = [CLI, '--version'];

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

export const spread = (numbers) => {
  const all = sorted(numbers);
  return { min: all[0], median: all[Math.floor(all.length / 2)], max: all.at(-1) };
};

export const three = ({ min, median, max }, digits) =>
  [min, median, max].map((number) => number.toFixed(digits)).join(' / ');
