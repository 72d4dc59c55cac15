/** The sandbox: both APIs and the login service over a seeded, truthful world, with defects hidden on request. */
import { createHash } from 'node:crypto';
import formBody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { type ApiVersion, CURRENT_API_VERSION } from '../domain/api-version.ts';
import type { IsoDate } from '../domain/billing-period.ts';
import { dressAnswers, sendJson, tellRate } from './answers.ts';
import { Bodies } from './contract-api/bodies.ts';
import { contractsPageOf } from './contract-api/releases.ts';
import { type PageMaximum, serveContractApi, serveDocuments } from './contract-api/routes.ts';
import { Ledger } from './contract-book/ledger.ts';
import { type InjectedDefect, inject } from './defects/inject.ts';
import type { Edits } from './edit.ts';
import { ApiError } from './errors.ts';
import { openElsewhere, playFaults, type Stray } from './faults/play.ts';
import { editsOf, readFaults } from './faults/registry.ts';
import { Roll } from './legacy-book/roll.ts';
import { CONTRACT_PERMISSION, LoginService, PARTNER_PERMISSION, serveLogin } from './oauth.ts';
import { servePartnerBilling } from './partner-billing.ts';
import { type RateLimit, RateLimiter, refuseOver } from './rate-limit.ts';
import { serveUsageApi } from './usage-api.ts';
import { buildWorld } from './world/build.ts';
import { APP_IDS, CATALOGUE, type Product } from './world/catalogue.ts';
import { noonOf } from './world/clock.ts';
import type { World } from './world/facts.ts';

export type { ApiVersion } from '../domain/api-version.ts';
export type { InjectedDefect } from './defects/inject.ts';
export type { Product } from './world/catalogue.ts';

export interface SandboxOptions {
  /** The same seed gives the same world for ever. */
  readonly seed: number;
  /** How many organisations; at least one. */
  readonly orgs: number;
  /** The day at which the world stands, 2026-04-20 or later; left out: 2026-04-20. */
  readonly today?: IsoDate;
  /** `all`, `none`, or requests: `id`, `id*3` (three places), `id@org`, `id@org:sku`. */
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
  /** How long a token is good for. Default a day. */
  readonly tokenSeconds?: number;
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
  close(): Promise<void>;
}

/** @throws HarnessError `usage` for defects and faults that are not known or cannot be hidden in this world. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const world = buildWorld(options.seed, options.orgs, options.today);
  const { edits, defects } = inject(world, options.defects);
  const faults = readFaults(options.faults ?? []);
  for (const edit of editsOf(faults, world)) edits.add(edit);
  const access = accessOf(options.seed);
  const now = noonOf(world.today);
  const app = fastify({ routerOptions: { ignoreTrailingSlash: true }, forceCloseConnections: true });
  const host = options.host ?? '127.0.0.1';
  const elsewhere = await openElsewhere(host);
  let url = '';
  await app.register(formBody);
  // Before the answers are compressed; after the body of a login has a parser.
  playFaults(app, faults, { now, elsewhere: elsewhere.url });
  dressAnswers(app, options.seed, now);
  app.get('/sandbox/defects', async (_request, reply) =>
    sendJson(reply, { defects: defects.map((defect) => ({ ...defect })) }),
  );
  const login = loginOf(options, access);
  await serveApis(app, { options, world, edits, access, login, origin: () => url });
  url = await app.listen({ port: options.port ?? 0, host });
  const close = async (): Promise<void> => {
    await Promise.all([app.close(), elsewhere.close()]);
  };
  return {
    url,
    ...access,
    appIds: APP_IDS,
    products: CATALOGUE,
    defects,
    strays: elsewhere.strays,
    issuedTokens: () => login.issued,
    close,
  };
}

interface Serving {
  readonly options: SandboxOptions;
  readonly world: World;
  readonly edits: Edits;
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
  const { options, world, edits, access, login, origin } = serving;
  const { seed } = options;
  const roll = new Roll(world, edits);
  const limiter = new RateLimiter(options.rateLimit ?? { allowed: 100_000, windowSeconds: 60 });
  serveLogin(app, login);
  const guarded = async (
    credential: (header: Headers) => string,
    serve: (scope: FastifyInstance) => void,
  ): Promise<void> => {
    await app.register(async (scope) => {
      scope.addHook('onRequest', async ({ headers }, reply) => {
        const state = limiter.count(credential(headers));
        tellRate(reply, state);
        refuseOver(state);
      });
      serve(scope);
    });
  };
  await guarded(keyOf(access.apiKey), (scope) => serveUsageApi(scope, seed, roll));
  await guarded(bearerOf(login, PARTNER_PERMISSION), (scope) => servePartnerBilling(scope, seed, roll, edits));
  const version = options.apiVersion ?? CURRENT_API_VERSION;
  const pageMaximum = options.apiPageMax ?? { contracts: contractsPageOf(version), others: 200 };
  const ledger = new Ledger(world, edits);
  serveDocuments(app, ledger);
  const api = { ledger, bodies: new Bodies(world, edits), edits, pageMaximum, version, origin };
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
