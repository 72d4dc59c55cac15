/** The transport that asks the real servers. */
import pLimit from 'p-limit';
import { HarnessError } from '../domain/errors.ts';
import type { ApiRequest, Exchange, OtherIdentity, Transport } from '../domain/exchange.ts';
import type { RunListener } from '../domain/run-event.ts';
import type { SourceName } from '../domain/side.ts';
import { type Clock, systemClock } from './clock.ts';
import { apiKeyCredential, type Credential, NOBODY } from './credential.ts';
import { Dispatchers, originOf } from './dispatchers.ts';
import { followed } from './first-bytes.ts';
import { Interruption } from './interruption.ts';
import { networkAdvice } from './network-error.ts';
import { OAuthCredential } from './oauth.ts';
import { type Call, type Fault, type Reply, tryOnce } from './one-try.ts';
import { RateBudget } from './rate-budget.ts';
import { RateGate } from './rate-gate.ts';
import { redactExchange, Secrets } from './redaction.ts';
import { type Lane, requestLoop } from './request-loop.ts';

export type SourceAuth =
  | { readonly kind: 'api-key'; readonly header: string; readonly key: string }
  | { readonly kind: 'oauth'; readonly loginUrl: string; readonly clientId: string; readonly clientSecret: string };

export interface SourceAccess {
  /** `https://host` or `https://host:port`, without a path. */
  readonly origin: string;
  readonly auth: SourceAuth;
  /** A client that may log in and see nothing, for requests `as: 'restricted'`. */
  readonly restricted?: SourceAuth;
  /** In place of the general limit; Infinity for a server that needs no sparing, such as one of our own. */
  readonly requestsPerMinute?: number;
}

export interface TransportLimits {
  /** Requests under way at once, all sources together. */
  readonly concurrency: number;
  /** For each credential, in any 60 seconds; the server's own limit is kept as well. */
  readonly requestsPerMinute: number;
  /** For each try, from connecting to the last byte. */
  readonly timeoutSeconds: number;
  /** Further tries after a transient failure. */
  readonly retries: number;
}

export interface LiveTransportOptions {
  readonly sources: Readonly<Partial<Record<SourceName, SourceAccess>>>;
  readonly limits: TransportLimits;
  /** Of one body, both as sent and as decompressed; 64 MiB if left out. */
  readonly maxBodyBytes?: number;
  /** Hears of `waiting`. That an exchange is finished, `observed` tells. */
  readonly onEvent?: RunListener;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** From 0 to below 1, for the jitter of back-offs. */
  readonly random?: () => number;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read; `process.env` if left out. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface LiveTransport extends Transport {
  /** Closes all connections; requests under way or waiting reject with `interrupted`. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_LOGIN_BYTES = 1024 * 1024;
const USER_AGENT = 'cutover-parity';

/** After so many requests in a row that no try could bring to an answer, a source gets one try a request until it answers. */
const DEAD_AFTER = 3;

/**
 * Asks live servers: pooled connections, bounded concurrency, retries, rate budget, OAuth; redirects are answers and never
 * followed. `send` resolves with failures too and rejects only with HarnessError `interrupted` (or `configuration` for a
 * source that was not given). No secret is in any exchange.
 * @throws HarnessError `configuration` if an origin is none
 */
export function createLiveTransport(options: LiveTransportOptions): LiveTransport {
  const building = new Building(options);
  const lanes = new Map<SourceName, { lane: Lane; access: SourceAccess; dead: number }>();
  for (const source of Object.keys(options.sources) as SourceName[]) {
    const access = options.sources[source];
    if (access !== undefined) lanes.set(source, { lane: building.lane(source, access), access, dead: 0 });
  }
  const { clock, interruption, random, secrets } = building;

  return {
    async send(request: ApiRequest): Promise<Exchange> {
      interruption.check();
      const state = lanes.get(request.source);
      if (state === undefined) throw unknownSource(request.source);
      const lane = request.as === undefined ? state.lane : building.laneOfIdentity(request.as, request.source, state);
      const exchange = await requestLoop(request, lane, {
        clock,
        random,
        interruption,
        retries: state.dead >= DEAD_AFTER ? 0 : options.limits.retries,
        onWait: (reason, ms) => options.onEvent?.({ type: 'waiting', source: request.source, reason, ms }),
      });
      const answered = exchange.attempts.some((attempt) => attempt.status !== null);
      if (answered) state.dead = 0;
      else if (exchange.attempts.length > 0) state.dead += 1;
      const final = request.follow === undefined ? exchange : await building.firstBytes(exchange, state.lane.origin);
      return redactExchange(final, secrets);
    },
    async close() {
      interruption.close();
      await building.dispatchers.close();
    },
  };
}

const unknownSource = (source: SourceName): HarnessError =>
  new HarnessError('configuration', `${source} was asked, but the scenario does not say how to reach it`);

/** Makes the lanes; sources with the same credential share its token and its rate budget. */
class Building {
  readonly #options: LiveTransportOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readonly interruption: Interruption;
  readonly dispatchers: Dispatchers;
  readonly secrets = new Secrets();
  readonly #limit: ReturnType<typeof pLimit>;
  /** Origins that answered, and sources of which was said that they cannot be reached. */
  readonly #reached = new Set<string>();
  readonly #warned = new Set<string>();
  readonly #credentials = new Map<string, { credential: Credential; gate: RateGate }>();

  constructor(options: LiveTransportOptions) {
    const { limits } = options;
    this.#options = options;
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
    this.interruption = new Interruption(options.signal ?? null);
    this.#limit = pLimit(limits.concurrency);
    this.dispatchers = new Dispatchers({
      connections: limits.concurrency,
      timeoutMs: limits.timeoutSeconds * 1000,
      environment: options.environment ?? process.env,
    });
  }

  lane(source: SourceName, access: SourceAccess): Lane {
    const origin = originOf(access.origin, `the address of ${source}`);
    const { credential, gate } = this.#credentialOf(source, origin, access);
    const dispatcher = this.dispatchers.for(origin);
    const maxBodyBytes = this.#options.maxBodyBytes ?? MAX_BODY_BYTES;
    const timeoutMs = this.#options.limits.timeoutSeconds * 1000;
    return {
      origin,
      credential,
      gate,
      get: (path, headers) =>
        this.#limit(() =>
          this.#reaching(source, {
            dispatcher,
            origin,
            path,
            method: 'GET',
            headers: {
              accept: 'application/json',
              'content-type': 'application/json',
              'user-agent': USER_AGENT,
              ...headers,
            },
            timeoutMs,
            maxBodyBytes,
            interruption: this.interruption,
          }),
        ),
    };
  }

  /** Asks the same server, within the same rate budget. @throws HarnessError `configuration` if there is no such client */
  laneOfIdentity(
    who: OtherIdentity,
    source: SourceName,
    own: { readonly lane: Lane; readonly access: SourceAccess },
  ): Lane {
    if (who === 'nobody') return { ...own.lane, credential: NOBODY };
    const { restricted } = own.access;
    if (restricted === undefined)
      throw new HarnessError('configuration', `no restricted client is known for ${source}`);
    const { credential, gate } = this.#credentialOf(source, own.lane.origin, { ...own.access, auth: restricted });
    return { ...own.lane, credential, gate };
  }

  /** Says at the first try which server cannot be reached and what to check. A host that nobody knows is not tried again. */
  async #reaching(source: SourceName, call: Call): Promise<Reply | Fault> {
    const result = await tryOnce(call);
    if (result.status !== null) {
      this.#reached.add(call.origin);
      return result;
    }
    if (result.kind === 'reply' || this.#reached.has(call.origin)) return result;
    const advice = networkAdvice(result.network ?? null);
    if (advice !== null && !this.#warned.has(source)) {
      this.#warned.add(source);
      const message = `${source} at ${call.origin}: ${result.message}; ${advice}`;
      this.#options.onEvent?.({ type: 'warning', code: result.code, message });
    }
    return result.network === 'ENOTFOUND' ? { ...result, fault: 'final' } : result;
  }

  firstBytes(exchange: Exchange, origin: string): Promise<Exchange> {
    const timeoutMs = this.#options.limits.timeoutSeconds * 1000;
    return followed(exchange, origin, { dispatchers: this.dispatchers, interruption: this.interruption, timeoutMs });
  }

  #credentialOf(source: SourceName, origin: string, access: SourceAccess): { credential: Credential; gate: RateGate } {
    const { auth } = access;
    const { limits } = this.#options;
    const key = JSON.stringify(
      auth.kind === 'api-key' ? [origin, auth.header, auth.key] : [auth.loginUrl, auth.clientId, auth.clientSecret],
    );
    const known = this.#credentials.get(key);
    if (known !== undefined) return known;
    const onWait = (ms: number) =>
      this.#options.onEvent?.({ type: 'waiting', source, reason: 'the rate limit is used up', ms });
    const budget = new RateBudget({
      ...limits,
      requestsPerMinute: access.requestsPerMinute ?? limits.requestsPerMinute,
    });
    const made = {
      credential: auth.kind === 'api-key' ? this.#apiKey(auth) : this.#oauth(source, auth),
      gate: new RateGate(budget, this.clock, this.interruption, onWait),
    };
    this.#credentials.set(key, made);
    return made;
  }

  #apiKey(auth: SourceAuth & { kind: 'api-key' }): Credential {
    this.secrets.add(auth.key);
    return apiKeyCredential(auth.header.toLowerCase(), auth.key);
  }

  #oauth(source: SourceName, auth: SourceAuth & { kind: 'oauth' }): Credential {
    const loginUrl = originOf(auth.loginUrl, `the login address of ${source}`);
    const { timeoutSeconds, retries } = this.#options.limits;
    return new OAuthCredential({
      client: { ...auth, loginUrl },
      post: (request) =>
        this.#limit(() =>
          this.#reaching(source, {
            dispatcher: this.dispatchers.for(loginUrl),
            origin: loginUrl,
            method: 'POST',
            ...request,
            headers: { ...request.headers, 'user-agent': USER_AGENT },
            timeoutMs: timeoutSeconds * 1000,
            maxBodyBytes: MAX_LOGIN_BYTES,
            interruption: this.interruption,
          }),
        ),
      secrets: this.secrets,
      clock: this.clock,
      random: this.random,
      retries,
      interruption: this.interruption,
      onWait: (reason, ms) => this.#options.onEvent?.({ type: 'waiting', source, reason, ms }),
    });
  }
}
