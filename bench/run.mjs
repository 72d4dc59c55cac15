/**
 * Whole runs of the built command against a server in a process of its own (parts/vendor-server.mjs), each beside a bare loop over
 * the same requests that parses the bodies and does nothing else, in turn. `npm run bench -- run 1000 5000`: numbers among the
 * words are organisations (default 1000). `json` among the words prints JSON lines in place of a table.
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { CONCURRENCY, serve, spread, three, timedCommand, writeScenario } from './parts/vendor-runs.mjs';
import { VendorWorld } from './parts/vendor-world.mjs';

const CONTRACTS_PAGE = 10;
const DELAYS_MS = [0, 20];
const ROUNDS = 3;

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

async function measure(orgs, delay) {
  const dir = await mkdtemp(path.join(tmpdir(), 'parity-bench-'));
  const server = await serve(orgs, delay);
  try {
    const scenario = await writeScenario(dir, server.url);
    const wholeRun = () => timedCommand(['run', scenario, '--quiet'], path.join(dir, 'out'));
    const first = await wholeRun();
    const paths = await pathsOf(first.out).catch(() => null);
    const runs = [];
    const ratios = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = await wholeRun();
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
