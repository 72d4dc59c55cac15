/** What `parity init` asks with: regions and credentials, from options, the environment, `.env`, a snapshot, or the keyboard. */
import path from 'node:path';
import { snapshotFolder } from '../archive/locate.ts';
import { HarnessError } from '../domain/errors.ts';
import { REGIONS, regionOrigins, USAGE_API_ORIGIN } from '../domain/regions.ts';
import { readManifest } from '../http/recording/manifest.ts';
import { openSnapshot } from '../http/recording/snapshot.ts';
import { parseOrigin, type SideOrigin } from '../runner/options.ts';
import { NO_APP } from '../runner/proposal/product-text.ts';
import type { Access, Hosts } from '../runner/proposal/scenario-text.ts';
import { openEnvironment } from '../scenario/environment.ts';
import { didYouMean } from '../scenario/nearest.ts';
import type { CommandIo, Question } from './io.ts';

export interface InitValues {
  readonly app?: readonly string[];
  readonly region?: string;
  readonly partnerRegion?: string;
  readonly apiUrl?: string;
  readonly loginUrl?: string;
  readonly usageUrl?: string;
  readonly legacy?: string;
  readonly contract?: string;
}

export interface Found {
  readonly access: Access;
  /** In the order in which they are asked for; one that stands for all where no API knows them. */
  readonly appIds: readonly string[];
  readonly origins: { readonly legacy: SideOrigin | null; readonly contract: SideOrigin | null };
  /** The environment, and what was typed. */
  readonly env: NodeJS.ProcessEnv;
  /** What was typed and may be kept: `NAME` and value. */
  readonly typed: Readonly<Record<string, string>>;
}

const SANDBOX = { seed: 42, orgs: 40 };

/** @throws HarnessError `usage` for what does not fit together or is missing; `snapshot-*` */
export async function findAccess(values: InitValues, target: string, io: CommandIo): Promise<Found> {
  const [legacy, contract] = (['legacy', 'contract'] as const).map((side) => {
    const text = values[side];
    return text === undefined ? null : parseOrigin(`--${side}`, text);
  }) as [SideOrigin | null, SideOrigin | null];
  const origins = { legacy, contract };
  const nothing = { env: io.env, typed: {}, origins };
  if (legacy?.kind === 'sandbox' || contract?.kind === 'sandbox') {
    if (legacy?.kind !== contract?.kind) throw bothOr('sandbox');
    return { ...nothing, ...(await ofSandbox()) };
  }
  if (legacy?.kind === 'snapshot' || contract?.kind === 'snapshot') {
    if (legacy?.kind !== 'snapshot' || contract?.kind !== 'snapshot') throw bothOr('a snapshot');
    return { ...nothing, ...(await ofSnapshots(legacy.dir, contract.dir, values)) };
  }
  return ofServers(values, target, io);
}

const bothOr = (what: string): HarnessError =>
  new HarnessError('usage', `parity init takes both sides from ${what}, or none`, {
    hint: 'Such as --legacy snapshot:DIR --contract snapshot:DIR, or --legacy sandbox --contract sandbox.',
  });

async function ofSandbox(): Promise<Pick<Found, 'access' | 'appIds'>> {
  const { startSandbox } = await import('../sandbox/index.ts');
  const running = await startSandbox({ ...SANDBOX, orgs: 1, defects: 'none' });
  await running.close();
  return { access: { usageApi: null, partnerBilling: null, contract: null, sandbox: SANDBOX }, appIds: running.appIds };
}

/** A snapshot says who was asked, and for which applications; where tokens were issued it does not say. */
async function ofSnapshots(
  legacyDir: string,
  contractDir: string,
  values: InitValues,
): Promise<Pick<Found, 'access' | 'appIds'>> {
  const [legacy, contract] = await Promise.all([legacyDir, contractDir].map(originsOf));
  const usage = legacy?.['usage-api'];
  const partner = legacy?.['partner-billing'];
  const api = contract?.['contract-api'];
  if (api === undefined || (usage === undefined && partner === undefined)) {
    throw new HarnessError('usage', 'the snapshot holds one side only', {
      hint: `--legacy holds ${words(legacy)}, --contract holds ${words(contract)}. Give snapshots that hold both sides.`,
    });
  }
  const access: Access = {
    usageApi: usage === undefined ? null : { baseUrl: usage === USAGE_API_ORIGIN ? null : usage },
    partnerBilling: partner === undefined ? null : hostsOf(partner, values, values.partnerRegion),
    contract: hostsOf(api, values, values.region),
    sandbox: null,
  };
  const appIds = usage === undefined ? [NO_APP] : await appIdsAskedFor(legacyDir);
  return { access, appIds };
}

const originsOf = async (dir: string): Promise<Readonly<Record<string, string>> | undefined> =>
  (await readManifest(await snapshotFolder(dir)))?.origins;

const words = (origins: Readonly<Record<string, string>> = {}): string => Object.keys(origins).join(', ') || 'nothing';

async function appIdsAskedFor(dir: string): Promise<readonly string[]> {
  const snapshot = await openSnapshot(await snapshotFolder(dir));
  for await (const { source, path: asked } of snapshot.exchanges()) {
    const text = source === 'usage-api' ? new URL(asked, 'http://here').searchParams.get('appIds') : null;
    if (text !== null) return text.split(',');
  }
  return [];
}

/** @throws HarnessError `usage` where nobody says which region it is, or where it issues tokens */
function hostsOf(apiUrl: string, { loginUrl }: InitValues, region: string | undefined): Hosts {
  const known = region ?? REGIONS.find((one) => regionOrigins(one)?.apiUrl === apiUrl);
  if (known !== undefined) return { region: known };
  if (loginUrl !== undefined) return { apiUrl, loginUrl };
  throw new HarnessError('usage', `${apiUrl} is the API of no known region, and nothing says where it issues tokens`, {
    hint: 'Give the address of its login service with --login-url URL.',
  });
}

/** Name, question, and whether it is a secret. */
const CREDENTIALS = {
  LEGACY_API_KEY: ['Legacy usage API, key (empty: it is not asked): ', true],
  CONTRACT_CLIENT_ID: ['Contract & Billing API, OAuth client id: ', false],
  CONTRACT_CLIENT_SECRET: ['Contract & Billing API, OAuth client secret: ', true],
  PARTNER_CLIENT_ID: ['Legacy partner billing, OAuth client id (empty: it is not asked): ', false],
  PARTNER_CLIENT_SECRET: ['Legacy partner billing, OAuth client secret: ', true],
} as const;

type Credential = keyof typeof CREDENTIALS;

async function ofServers(values: InitValues, target: string, io: CommandIo): Promise<Found> {
  const lookup = await openEnvironment(target, io.env);
  const typed: Record<string, string> = {};
  const isSet = (name: Credential): boolean => (lookup(name) ?? typed[name] ?? '') !== '';
  const ask = async (name: Credential): Promise<boolean> => {
    if (isSet(name)) return true;
    const [text, hidden] = CREDENTIALS[name];
    const answer = await asked(io, { text, hidden });
    if (answer !== '') typed[name] = answer;
    return answer !== '';
  };
  // At the keyboard everything is asked for; elsewhere what is not set is left out.
  const usage = await ask('LEGACY_API_KEY');
  const partner = (await ask('PARTNER_CLIENT_ID')) && (await ask('PARTNER_CLIENT_SECRET'));
  const contract = (await ask('CONTRACT_CLIENT_ID')) && (await ask('CONTRACT_CLIENT_SECRET'));
  if (!contract) throw missing(target, usage || partner);
  const appIds = usage ? await applications(values, io) : [NO_APP];
  const own = await hostsFor(values, values.region, 'Region of the Contract & Billing API, such as us-east-1: ', io);
  const partnerHosts = values.partnerRegion === undefined ? own : ({ region: known(values.partnerRegion) } as const);
  return {
    access: {
      usageApi: usage ? { baseUrl: values.usageUrl ?? null } : null,
      partnerBilling: partner ? partnerHosts : null,
      contract: own,
      sandbox: null,
    },
    appIds,
    origins: { legacy: null, contract: null },
    env: { ...io.env, ...typed },
    typed,
  };
}

const asked = async ({ ask }: CommandIo, question: Question): Promise<string> =>
  ask === undefined ? '' : ask(question);

/** No API lists application ids: the usage API answers for those that it is asked for. */
async function applications({ app = [] }: InitValues, io: CommandIo): Promise<readonly string[]> {
  const given =
    app.length > 0 ? app : [await asked(io, { text: 'Your application ids, with commas between: ', hidden: false })];
  const appIds = [...new Set(given.flatMap((text) => text.split(',')).map((text) => text.trim()))].filter(
    (id) => id !== '',
  );
  if (appIds.length > 0) return appIds;
  throw new HarnessError('usage', 'the usage API is asked for applications by their ids, and none is given', {
    hint: 'Name yours: --app my-app-id,my-other-app. No API lists them.',
  });
}

async function hostsFor(values: InitValues, region: string | undefined, text: string, io: CommandIo): Promise<Hosts> {
  const { apiUrl, loginUrl } = values;
  if (apiUrl !== undefined && loginUrl !== undefined) return { apiUrl, loginUrl };
  if (apiUrl !== undefined || loginUrl !== undefined) {
    throw new HarnessError('usage', 'expected --api-url and --login-url, found one of them', {
      hint: 'Give both, or --region.',
    });
  }
  const answer = region ?? (await asked(io, { text, hidden: false }));
  if (answer !== '') return { region: known(answer) };
  throw new HarnessError('usage', 'nothing says in which region the OAuth client of the Contract & Billing API is', {
    hint: 'Name it: --region us-east-1 (or --api-url and --login-url).',
  });
}

/** @throws HarnessError `usage` */
function known(region: string): string {
  if (REGIONS.includes(region)) return region;
  throw new HarnessError('usage', `${region} is no region that is known${didYouMean(region, REGIONS)}`, {
    hint: `Known: ${REGIONS.join(', ')}.`,
  });
}

const missing = (target: string, legacy: boolean): HarnessError =>
  new HarnessError(
    'usage',
    `${legacy ? 'the contract side cannot be asked' : 'nobody can be asked'}: no credentials are set`,
    {
      hint: [
        `Set them in the environment or in ${path.join(path.dirname(target), '.env')}, and repeat the command:`,
        '    CONTRACT_CLIENT_ID, CONTRACT_CLIENT_SECRET  the new API (always)',
        '    LEGACY_API_KEY                              the usage API, and/or',
        '    PARTNER_CLIENT_ID, PARTNER_CLIENT_SECRET    partner billing',
        '    Without any: parity init --legacy sandbox --contract sandbox. Every field to fill in by hand: parity init --template.',
      ].join('\n'),
    },
  );
