/** The sandbox: both APIs and the login service over a seeded, truthful world, with defects hidden on request. */
import { createHash } from 'node:crypto';
import formBody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type ApiVersion, CURRENT_API_VERSION } from '../domain/api-version.ts';
import { addDays, type IsoDate } from '../domain/billing-period.ts';
import { HarnessError } from '../domain/errors.ts';
import type { WorldFile } from '../domain/world-file.ts';
import { addCommonHeaders, addRateHeaders } from './answers.ts';
import { contractsPageOf } from './contract-api/releases.ts';
import { type PageMaximum, serveContractApi, serveDocuments } from './contract-api/routes.ts';
import type { Address } from './control/how-to-call.ts';
import { logRequests, RequestLog } from './control/request-log.ts';
import { serveControl } from './control/routes.ts';
import type { InjectedDefect } from './defects/inject.ts';
import { ApiError } from './errors.ts';
import { FaultPlay, isOwnPage, openOtherHost, type Stray } from './faults/play.ts';
import { readFaults } from './faults/registry.ts';
import { delayAnswers, type Latency } from './latency.ts';
import { CONTRACT_PERMISSION, LoginService, PARTNER_PERMISSION, serveLogin } from './oauth.ts';
import { servePartnerBilling } from './partner-billing.ts';
import { type RateLimit, RateLimiter, refuseOver } from './rate-limit.ts';
import { SandboxState, type StateChoice } from './state.ts';
import { serveUsageApi } from './usage-api.ts';
import { buildWorld } from './world/build.ts';
import { CATALOGUE, type Product, RARE_CATALOGUE } from './world/catalogue.ts';
import { TODAY } from './world/clock.ts';
import type { World } from './world/facts.ts';
import { ownWorld, productsOf } from './world/own.ts';
import { buildRareWorld } from './world/rare.ts';
import { type SpellingChoice, spellingsOf } from './world/spellings.ts';

export type { ApiVersion } from '../domain/api-version.ts';
export type { WorldFile } from '../domain/world-file.ts';
export type { InjectedDefect } from './defects/inject.ts';
export type { Product } from './world/catalogue.ts';
export type { SpellingChoice as ClothesChoice } from './world/spellings.ts';

/** Which kinds of accounts a made-up world has. */
export type Shapes = 'usual' | 'rare';

export interface SandboxOptions {
  /** The same seed gives the same world for ever. */
  readonly seed: number;
  /** How many organisations; at least one. Of no matter with `world`. */
  readonly orgs: number;
  /** Organisations and products of one's own in place of made-up ones. Left out: the seed's world. */
  readonly world?: WorldFile;
  /** `rare`: shapes that are met less often, such as several contracts at once; its products are its own. Default `usual`. */
  readonly shapes?: Shapes;
  /** Spelling variants: `none`, `all` or ids; docs/sandbox.md lists them. Left out: those that such a world always had. */
  readonly clothes?: SpellingChoice;
  /** The day at which the world stands, 2026-04-20 or later; left out: 2026-04-20. */
  readonly today?: IsoDate;
  /** `all`, `none`, or requests: `id`, `id*3` (three places), `id@org`, `id@org:sku`; `id[variant]` for `id`. */
  readonly defects: readonly string[] | 'all' | 'none';
  /** `id`, `id*3`, `id*forever`, each also `@part of the address`; docs/faults.md lists them. Left out: none. */
  readonly faults?: readonly string[];
  /** 0 or left out: a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** For each token or key. Default 100000 requests in 60 seconds. */
  readonly rateLimit?: RateLimit;
  /** The contract API as it was or may become; docs/sandbox.md lists the versions. Default `2026-08`, the current one. */
  readonly apiVersion?: ApiVersion;
  /** Most entities of a page. Default that of the version (10 contracts since 2026-08), 200 of all else. */
  readonly apiPageMax?: PageMaximum;
  /** False: rows of the usage API state no prices, as its documentation has none. Default true. */
  readonly usagePrices?: boolean;
  /** How long a token is good for. Default a day. */
  readonly tokenSeconds?: number;
  /** Milliseconds that each answer takes at least: between the two, the same for the same request. Left out: none. */
  readonly latency?: Latency;
  /** The world moves: use of the open period that adds up has come as far as the day, and grows when the day is set on. */
  readonly moving?: boolean;
  /** So many seconds are a day: the world moves by itself. 0 or left out: it stands until its day is set. */
  readonly daySeconds?: number;
  /** Told when a day that comes by itself cannot have what is asked for: the world stays at the day before it. */
  readonly onStandstill?: (reason: HarnessError) => void;
  /** Folder for `requests.jsonl`: what was asked and answered, without credentials. Left out: it is not written. */
  readonly record?: string;
}

export interface RunningSandbox {
  /** Origin of all three APIs and of the login service: `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly apiKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Logs in too, but has no permission: every API answers 403. */
  readonly restricted: { readonly clientId: string; readonly clientSecret: string };
  readonly appIds: readonly string[];
  readonly products: readonly Product[];
  /** What was hidden where: what a run must find. */
  readonly defects: readonly InjectedDefect[];
  /** Requests that followed a fault to another origin. There should be none, and above all none with a credential. */
  readonly strays: readonly Stray[];
  /** Every token issued so far, for whoever looks where one may have leaked to. */
  issuedTokens(): readonly string[];
  /** Moves the world on: periods close, contracts renew; what was hidden is hidden anew. @throws HarnessError `usage` for an earlier day */
  setToday(today: IsoDate): void;
  /** From the next request on. @throws HarnessError `usage` as `startSandbox`; then nothing changes */
  setDefects(defects: SandboxOptions['defects']): void;
  /** From the next request on, from their first hit. @throws HarnessError `usage` as `startSandbox`; then nothing changes */
  setFaults(faults: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * @throws HarnessError `usage` for clothes, defects and faults that are not known or cannot be hidden in this world,
 * and for a port that is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const daySeconds = options.daySeconds ?? 0;
  const moving = options.moving === true || daySeconds > 0;
  const choice = { defects: options.defects, faults: readFaults(options.faults ?? []), today: options.today ?? TODAY };
  const { worldAt, products } = worldOf(options, moving);
  const state = new SandboxState(worldAt, choice);
  const appIds = [...new Set(products.map(({ appId }) => appId))];
  const access = accessOf(options.seed);
  const host = options.host ?? '127.0.0.1';
  const otherHost = await openOtherHost(host);
  const play = new FaultPlay(() => ({ now: state.books.now, otherHost: otherHost.url }));
  play.play(choice.faults);
  const change = (changed: Partial<StateChoice>): void => {
    state.change(changed);
    if (changed.faults !== undefined) play.play(changed.faults);
  };
  const login = loginOf(options, access);
  const app = fastify({ routerOptions: { ignoreTrailingSlash: true }, forceCloseConnections: true });
  let url = '';
  const address = (): Address => ({ url, ...access, appIds });
  const log = new RequestLog();
  const close = (): Promise<unknown> => Promise.all([app.close(), otherHost.close()]);
  try {
    await app.register(formBody);
    const faultOn = (request: FastifyRequest): string | null => play.hitting(request);
    logRequests(app, { log, isOwn: isOwnPage, faultOn, record: options.record ?? null });
    delayAnswers(app, options.seed, options.latency ?? null);
    // Before the answers are compressed; after the body of a login has a parser.
    play.attach(app);
    addCommonHeaders(app, options.seed, () => state.books.now);
    const apiVersion = options.apiVersion ?? CURRENT_API_VERSION;
    await serveControl(app, { state, log, moving, apiVersion, address, change });
    await serveApis(app, { options, state, access, login, origin: () => url });
    url = await listening(app, host, options.port ?? 0);
  } catch (error) {
    // What is open already would keep the process from ending.
    await close();
    throw error;
  }
  const nextDay = (): void => change({ today: addDays(state.choice.today, 1) });
  const stopClock = daySeconds > 0 ? everyDay(daySeconds, nextDay, options.onStandstill) : null;
  return {
    url,
    ...access,
    appIds,
    products,
    get defects() {
      return state.books.defects;
    },
    strays: otherHost.strays,
    issuedTokens: () => login.issued,
    setToday: (today) => change({ today }),
    setDefects: (defects) => change({ defects }),
    setFaults: (faults) => change({ faults: readFaults(faults) }),
    close: async () => {
      stopClock?.();
      await close();
    },
  };
}

/** Which world it is, on any day, and what is sold in it. */
function worldOf(
  { world: own, seed, orgs, shapes, clothes }: SandboxOptions,
  moving: boolean,
): { readonly worldAt: (today: IsoDate) => World; readonly products: readonly Product[] } {
  const spellings = spellingsOf(clothes);
  if (own !== undefined) {
    return { worldAt: (today) => ownWorld(own, seed, { today, moving }, spellings), products: productsOf(own) };
  }
  if (shapes === 'rare') {
    return { worldAt: (today) => buildRareWorld(seed, orgs, today, moving, spellings), products: RARE_CATALOGUE };
  }
  return { worldAt: (today) => buildWorld(seed, orgs, today, moving, spellings), products: CATALOGUE };
}

/** @returns the origin. @throws HarnessError `usage` if the port cannot be had */
async function listening(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ port, host });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = LISTEN_ERRORS[code];
    if (why === undefined) throw cause;
    throw new HarnessError('usage', `the sandbox cannot listen on port ${port} of ${host}: ${why} (${code})`, {
      cause,
      hint: 'Choose another port with --port, or leave it out: then a free one is taken.',
    });
  }
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there',
  EPERM: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
};

/** @returns how to stop it */
function everyDay(seconds: number, nextDay: () => void, onStandstill: SandboxOptions['onStandstill']): () => void {
  const clock = setInterval(() => {
    try {
      nextDay();
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      clearInterval(clock);
      onStandstill?.(error);
    }
  }, seconds * 1000);
  return () => clearInterval(clock);
}

interface Serving {
  readonly options: SandboxOptions;
  readonly state: SandboxState;
  readonly access: Access;
  readonly login: LoginService;
  readonly origin: () => string;
}

function loginOf({ tokenSeconds }: SandboxOptions, { clientId, clientSecret, restricted }: Access): LoginService {
  const permissions = [CONTRACT_PERMISSION, PARTNER_PERMISSION];
  const clients = [
    { clientId, clientSecret, permissions },
    { ...restricted, permissions: [] },
  ];
  return new LoginService(clients, tokenSeconds ?? 86_400);
}

/** Each API in a scope of its own, behind its own door. */
async function serveApis(app: FastifyInstance, serving: Serving): Promise<void> {
  const { options, state, access, login, origin } = serving;
  const limiter = new RateLimiter(options.rateLimit ?? { allowed: 100_000, windowSeconds: 60 });
  serveLogin(app, login);
  const guarded = async (
    credential: (header: Headers) => string,
    serve: (scope: FastifyInstance) => void,
  ): Promise<void> => {
    await app.register(async (scope) => {
      scope.addHook('onRequest', async ({ headers }, reply) => {
        const rate = limiter.count(credential(headers));
        addRateHeaders(reply, rate);
        refuseOver(rate);
      });
      serve(scope);
    });
  };
  const usage = { state, prices: options.usagePrices ?? true };
  await guarded(keyOf(access.apiKey), (scope) => serveUsageApi(scope, usage));
  await guarded(bearerOf(login, PARTNER_PERMISSION), (scope) => servePartnerBilling(scope, state));
  const version = options.apiVersion ?? CURRENT_API_VERSION;
  const pageMaximum = options.apiPageMax ?? { contracts: contractsPageOf(version), others: 200 };
  serveDocuments(app, state);
  const api = { state, pageMaximum, version, origin };
  await guarded(bearerOf(login, CONTRACT_PERMISSION), (scope) => serveContractApi(scope, api));
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @returns the key, if it is the right one. */
const keyOf =
  (apiKey: string) =>
  (headers: Headers): string => {
    if (headers['x-api-key'] !== apiKey)
      throw new ApiError(401, 'authentication.required', 'A valid x-api-key is required.');
    return apiKey;
  };

const bearerOf =
  (login: LoginService, permission: string) =>
  (headers: Headers): string => {
    const { authorization } = headers;
    return login.authorise(typeof authorization === 'string' ? authorization : undefined, permission);
  };

type Access = Pick<RunningSandbox, 'apiKey' | 'clientId' | 'clientSecret' | 'restricted'>;

/** Credentials are made from the seed too: they open nothing but the sandbox. */
function accessOf(seed: number): Access {
  const secret = (name: string): string => createHash('sha256').update(`${seed} ${name}`).digest('hex').slice(0, 40);
  return {
    apiKey: secret('api key'),
    clientId: secret('client'),
    clientSecret: secret('client secret'),
    restricted: { clientId: secret('restricted client'), clientSecret: secret('restricted client secret') },
  };
}
