/**
 * Whole runs of the built command against a server in a process of its own (parts/vendor-server.mjs), each beside a bare loop over
 * the same requests that parses the bodies and does nothing else, in turn. `npm run bench -- run 1000 5000`: numbers among the
 * words are organisations (default 1000). `json` among the words prints JSON lines in place of a table.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { APP, mapping, VendorWorld } from './parts/vendor-world.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SERVER = fileURLToPath(new URL('./parts/vendor-server.mjs', import.meta.url));
const CONCURRENCY = 16;
const CONTRACTS_PAGE = 10;
const DELAYS_MS = [0, 20];
const ROUNDS = 3;
const MAX_RSS =
  'data:text/javascript,process.on("exit",()=>process._rawDebug("maxRSS "+process.resourceUsage().maxRSS))';

async function serve(orgs, delay) {
  const server = spawn(process.execPath, [SERVER, String(orgs), String(delay)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  return { url: line, stop: () => server.kill() };
}

const scenario = (url) => `version: 1
name: bench
legacy: { usageApi: { baseUrl: ${url}, apiKey: k } }
contract: { apiUrl: ${url}, loginUrl: ${url}, clientId: a, clientSecret: b }
apps:
  - appId: ${APP}
    products:
${mapping.map((sku) => `      - { partNumber: ${sku}, kind: sum }`).join('\n')}
orgs: discover
period: open
gate: { mode: report }
limits: { concurrency: ${CONCURRENCY}, requestsPerMinute: 1000000 }
`;

async function wholeRun(dir) {
  const out = path.join(dir, 'out');
  await rm(out, { recursive: true, force: true });
  const started = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    ['--import', MAX_RSS, CLI, 'run', path.join(dir, 'run.yaml'), '--out', out, '--quiet'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the run ended with ${code}: ${said}`);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const result = JSON.parse(await readFile(path.join(out, 'result.json'), 'utf8'));
  return { seconds, megabytes: Number(/maxRSS (\d+)/.exec(said)?.[1] ?? 0) / 1024, result, out };
}

async function pathsOf(out) {
  const paths = [];
  for await (const line of createInterface({
    input: createReadStream(path.join(out, 'snapshot', 'exchanges.jsonl')),
  })) {
    paths.push(JSON.parse(line).path);
  }
  return paths;
}

async function bareLoop(url, paths) {
  const pool = new Pool(url, { connections: CONCURRENCY });
  const started = process.hrtime.bigint();
  let next = 0;
  let parsed = 0;
  const worker = async () => {
    while (next < paths.length) {
      const { body } = await pool.request({ path: paths[next++], method: 'GET' });
      if (JSON.parse(await body.text()) !== null) parsed += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  await pool.close();
  if (parsed !== paths.length) throw new Error(`${parsed} of ${paths.length} bodies`);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const spread = (numbers) => {
  const all = sorted(numbers);
  return { min: all[0], median: all[Math.floor(all.length / 2)], max: all.at(-1) };
};

async function measure(orgs, delay) {
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-bench-'));
  const server = await serve(orgs, delay);
  try {
    await writeFile(path.join(dir, 'run.yaml'), scenario(server.url));
    const first = await wholeRun(dir);
    const paths = await pathsOf(first.out).catch(() => null);
    const runs = [];
    const ratios = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = await wholeRun(dir);
      runs.push(run);
      if (paths !== null) ratios.push(run.seconds / (await bareLoop(server.url, paths)));
    }
    const world = new VendorWorld(orgs);
    const { requests, compared } = first.result;
    const least = world.leastRequests(CONTRACTS_PAGE, compared.listingDetail.asked);
    return {
      orgs: world.orgs,
      delay,
      ratio: ratios.length === 0 ? null : spread(ratios),
      megabytes: spread(runs.map(({ megabytes }) => megabytes)),
      millisecondsAnOrganisation: spread(runs.map(({ seconds }) => (seconds * 1000) / world.orgs)),
      requests: (requests.legacy + requests.contract) / least,
    };
  } finally {
    server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const three = ({ min, median, max }, digits) => [min, median, max].map((number) => number.toFixed(digits)).join(' / ');

export default {
  name: 'run',
  async *lines(words) {
    const sizes = words.map(Number).filter((number) => number > 0);
    for (const orgs of sizes.length > 0 ? sizes : [1000]) {
      for (const delay of DELAYS_MS) {
        const measured = await measure(orgs, delay);
        if (words.includes('json')) yield JSON.stringify(measured);
        else {
          const { ratio, megabytes, millisecondsAnOrganisation, requests } = measured;
          yield `${measured.orgs} organisations, ${delay} ms an answer (minimum / median / maximum)`;
          yield `  ${ratio === null ? 'not measured' : three(ratio, 2)}  whole run ÷ bare loop over the same requests`;
          yield `  ${three(megabytes, 0)}  MB at most`;
          yield `  ${three(millisecondsAnOrganisation, 2)}  ms an organisation`;
          yield `  ${requests.toFixed(3)}  requests ÷ least needed`;
        }
      }
    }
  },
};
