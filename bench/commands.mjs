/**
 * Whole commands beside the least that they could cost, in turn: `--version` beside Node.js that does nothing, a replay beside reading and
 * parsing the snapshot, a merge of four shards beside the whole run, a run under a rate limit beside its requests ÷ the limit.
 * `npm run bench -- commands 1000`: a number is how many organisations (default 1000).
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { serve, spread, three, timed, timedCommand, versionArgs, writeScenario } from './parts/vendor-runs.mjs';

const ROUNDS = 3;
const VERSION_ROUNDS = 15;
const SHARDS = 4;
/** Enough for a run of more than a minute, so that its start weighs little. */
const LIMITED = { orgs: 150, requestsPerMinute: 300 };

async function versions() {
  const ratios = [];
  for (let round = 0; round < VERSION_ROUNDS; round += 1) {
    const nothing = await timed(['-e', '0']);
    ratios.push((await timed(versionArgs)).seconds / nothing.seconds);
  }
  return spread(ratios);
}

/** Reads a snapshot's exchanges and parses their bodies. @returns seconds */
async function readAndParse(snapshot) {
  const started = process.hrtime.bigint();
  let parsed = 0;
  for await (const line of createInterface({ input: createReadStream(path.join(snapshot, 'exchanges.jsonl')) })) {
    const { outcome } = JSON.parse(line);
    if (outcome?.body && JSON.parse(outcome.body) !== null) parsed += 1;
  }
  if (parsed === 0) throw new Error(`${snapshot} holds no body`);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

async function* replayAndMerge(orgs, dir) {
  const server = await serve(orgs, 0);
  try {
    const scenario = await writeScenario(dir, server.url);
    const out = (name) => path.join(dir, name);
    const run = (name, ...args) => timedCommand(['run', scenario, '--quiet', ...args], out(name));
    await run('whole');
    const snapshot = path.join(out('whole'), 'snapshot');
    const replays = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const replay = await run('replay', '--legacy', `snapshot:${snapshot}`, '--contract', `snapshot:${snapshot}`);
      replays.push(replay.seconds / (await readAndParse(snapshot)));
    }
    yield `${three(spread(replays), 2)}  replay of a snapshot ÷ reading and parsing it, ${orgs} organisations`;

    const shards = Array.from({ length: SHARDS }, (_, index) => `shard-${index + 1}`);
    for (const [index, name] of shards.entries()) await run(name, '--shard', `${index + 1}/${SHARDS}`);
    const merges = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const whole = await run('again');
      merges.push((await timedCommand(['merge', ...shards.map(out)], out('merged'))).seconds / whole.seconds);
    }
    yield `${three(spread(merges), 2)}  merge of ${SHARDS} shards ÷ whole run, ${orgs} organisations`;
  } finally {
    server.stop();
  }
}

async function limited(dir) {
  const { orgs, requestsPerMinute } = LIMITED;
  const server = await serve(orgs, 0);
  try {
    const scenario = await writeScenario(dir, server.url, requestsPerMinute);
    const { seconds, result } = await timedCommand(['run', scenario, '--quiet'], path.join(dir, 'limited'));
    const { legacy, contract, rateLimited } = result.requests;
    // Each side has a limit of its own; they are asked side by side.
    const busier = Math.max(legacy, contract);
    const least = (busier * 60) / requestsPerMinute;
    return `${(seconds / least).toFixed(3)}  time ÷ (requests ÷ limit): ${busier} requests of the busier side at ${requestsPerMinute} a minute, ${rateLimited} answers 429`;
  } finally {
    server.stop();
  }
}

export default {
  name: 'commands',
  async *lines(words) {
    const orgs = words.map(Number).find((number) => number > 0) ?? 1000;
    const dir = await mkdtemp(path.join(tmpdir(), 'parity-bench-'));
    try {
      yield `${three(await versions(), 2)}  --version ÷ node -e 0 (minimum / median / maximum)`;
      yield* replayAndMerge(orgs, dir);
      yield await limited(dir);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },
};
