/**
 * Shards of one run in virtual time: each shard is a client for each side with the product's own rate budget, credentials are fixed
 * windows of a minute as the vendor's headers tell them. No request is sent and no time passes.
 */
import { RateBudget } from '../../dist/http/rate-budget.js';

const MINUTE_MS = 60_000;

/** Counts the requests of everyone who uses one credential. */
class Credential {
  #start = 0;
  #count = 0;
  refused = 0;

  constructor(perMinute) {
    this.allowed = perMinute;
  }

  /** @returns what the answer's headers say, and whether it is a 429 */
  take(now) {
    if (now >= this.#start + MINUTE_MS) {
      this.#start = now - (now % MINUTE_MS);
      this.#count = 0;
    }
    this.#count += 1;
    const resetMs = this.#start + MINUTE_MS - now;
    const isRefused = this.#count > this.allowed;
    if (isRefused) this.refused += 1;
    return { count: Math.min(this.#count, this.allowed), allowed: this.allowed, resetMs, isRefused };
  }
}

/** One side of one shard: pages that follow from each other, then requests side by side. */
class Client {
  sent = 0;
  wakeAt = 0;
  #underWay = [];

  constructor({ pages, requests, credential, requestsPerMinute, concurrency, latencyMs }) {
    this.pages = pages;
    this.requests = requests;
    this.credential = credential;
    this.latencyMs = latencyMs;
    this.budget = new RateBudget({ requestsPerMinute, concurrency });
  }

  get isDone() {
    return this.pages + this.requests === 0 && this.#underWay.length === 0;
  }

  get nextAt() {
    return Math.min(this.wakeAt, this.#underWay[0]?.at ?? Number.POSITIVE_INFINITY);
  }

  step(now) {
    while (this.#underWay[0] !== undefined && this.#underWay[0].at <= now) this.#answered(this.#underWay.shift(), now);
    this.wakeAt = Number.POSITIVE_INFINITY;
    while (this.#mayAsk()) {
      const decision = this.budget.ask(now);
      if (decision.kind === 'wait-for-answer') return;
      if (decision.kind !== 'granted') {
        this.wakeAt = now + decision.ms;
        return;
      }
      this.#send(decision.ticket, now);
    }
  }

  /** The next page is known once the one before it has come. */
  #mayAsk() {
    return this.pages > 0 ? this.#underWay.length === 0 : this.requests > 0;
  }

  #send(ticket, now) {
    const isPage = this.pages > 0;
    if (isPage) this.pages -= 1;
    else this.requests -= 1;
    this.sent += 1;
    this.#underWay.push({ ticket, isPage, seen: this.credential?.take(now) ?? null, at: now + this.latencyMs });
  }

  #answered({ ticket, isPage, seen }, now) {
    this.budget.settle(ticket, now, seen);
    if (!seen?.isRefused) return;
    this.budget.stop(now, seen.resetMs);
    if (isPage) this.pages += 1;
    else this.requests += 1;
  }
}

/**
 * @param work requests of the whole run by kind: `legacy` and `contract` are divided among the shards, `pages` each shard asks for by itself
 * @returns hours until the last shard is done, requests sent, answers 429
 */
export function simulate({ shards, credentials, perMinute, concurrency, latencyMs, work }) {
  const tokens = Array.from({ length: credentials }, () => new Credential(perMinute));
  const share = (count, index) => Math.floor((count * (index + 1)) / shards) - Math.floor((count * index) / shards);
  const common = { requestsPerMinute: perMinute, concurrency, latencyMs };
  const clients = Array.from({ length: shards }, (_, index) => [
    new Client({ ...common, pages: 1, requests: share(work.legacy, index), credential: null }),
    new Client({
      ...common,
      pages: work.pages,
      requests: share(work.contract, index),
      credential: tokens[index % credentials],
    }),
  ]).flat();
  let now = 0;
  let open = clients;
  while (open.length > 0) {
    let next = open[0];
    for (const client of open) if (client.nextAt < next.nextAt) next = client;
    now = Math.max(now, next.nextAt);
    if (!Number.isFinite(now)) throw new Error('a client waits for an answer to a request that it never sent');
    next.step(now);
    if (next.isDone) open = open.filter((client) => client !== next);
  }
  return {
    hours: now / 3_600_000,
    requests: clients.reduce((sum, { sent }) => sum + sent, 0),
    refused: tokens.reduce((sum, { refused }) => sum + refused, 0),
  };
}
