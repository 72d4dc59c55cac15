/**
 * What a run costs beyond one machine, in virtual time: shards, credentials and page sizes against the vendor's 300 requests a minute.
 * `npm run bench -- scaling 1000000`: a number is how many organisations (default 1,000,000).
 */
import { simulate } from './parts/virtual-run.mjs';

const PER_MINUTE = 300;
const CONCURRENCY = 8;
const LATENCY_MS = 150;
/** As in the world of the other benchmarks: seven contracts for eight organisations, two of their bodies asked for each. */
const CONTRACTS_AN_ORG = 7 / 8;
const INVOICES_A_PAGE = 200;
const LEVERS = [
  { shards: 1, credentials: 1, page: 10 },
  { shards: 4, credentials: 1, page: 10 },
  { shards: 16, credentials: 1, page: 10 },
  { shards: 16, credentials: 4, page: 10 },
  { shards: 16, credentials: 16, page: 10 },
  { shards: 16, credentials: 16, page: 200 },
  { shards: 64, credentials: 64, page: 200 },
];

function workOf(orgs, page) {
  const contracts = Math.ceil(orgs * CONTRACTS_AN_ORG);
  return {
    legacy: orgs,
    contract: contracts * 2,
    pages: Math.ceil(contracts / page) + Math.ceil((contracts * 2) / INVOICES_A_PAGE),
  };
}

export default {
  name: 'scaling',
  *lines(words) {
    const orgs = words.map(Number).find((number) => number > 0) ?? 1_000_000;
    yield `${orgs.toLocaleString('en')} organisations, ${PER_MINUTE} requests a minute a credential, ${LATENCY_MS} ms an answer`;
    for (const { shards, credentials, page } of LEVERS) {
      const { hours, requests, refused } = simulate({
        shards,
        credentials,
        perMinute: PER_MINUTE,
        concurrency: CONCURRENCY,
        latencyMs: LATENCY_MS,
        work: workOf(orgs, page),
      });
      const asked = `${requests.toLocaleString('en')} requests, ${refused.toLocaleString('en')} answers 429`;
      yield `${hours.toFixed(1).padStart(8)} h  ${shards} shards, ${credentials} credentials, pages of ${page}: ${asked}`;
    }
  },
};
