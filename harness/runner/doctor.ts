/** Looks at everything that a run stands on, one cheap request a source: reachability, credentials, permissions, clocks, limits. */
import type { Exchange, Transport } from '../domain/exchange.ts';
import type { RunListener } from '../domain/run-event.ts';
import type { SourceName } from '../domain/side.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { SCHEMAS_OF_SDK } from '../sources/contract-api/wire.ts';
import type { RunOptions } from './options.ts';
import { installedSdk, isNewer } from './sdk-version.ts';
import { allSources, openSides } from './sides.ts';
import { VERSION } from './version.ts';

export interface Check {
  readonly what: string;
  readonly outcome: 'good' | 'warning' | 'bad';
  /** What was found; what to do where it is not good. */
  readonly words: string;
}

/** The oldest Node.js that the package supports. */
const OLDEST_NODE = [20, 19] as const;
/** A token that is issued in the future or has expired already: clocks further apart than this make trouble. */
const MOST_SKEW_SECONDS = 60;

/** @throws HarnessError `configuration` if the scenario does not say how to reach a side; `interrupted` */
export async function examine(
  loaded: LoadedScenario,
  options: RunOptions,
  listen: RunListener,
  signal: AbortSignal,
): Promise<Check[]> {
  const { scenario } = loaded;
  const checks: Check[] = [nodeCheck(process.versions.node), await schemasCheck(process.cwd())];
  checks.push({
    what: 'scenario',
    outcome: loaded.warnings.length === 0 ? 'good' : 'warning',
    words: [
      `${loaded.path} is valid: ${scenario.apps.length} apps, ${loaded.policy.products.length} products`,
      ...loaded.warnings.map(({ line, column, message }) => `${line}:${column}: ${message}`),
    ].join('; '),
  });
  const withLegacy = scenario.legacy !== null || scenario.sandbox !== null;
  const sides = await openSides({ scenario, options, withLegacy, listen, signal });
  try {
    const transport = allSources(sides);
    for (const source of [...sides.legacySources, 'contract-api' as const]) {
      checks.push(...(await sourceChecks(transport, source, pathFor(source, loaded), sides.origins[source] ?? '')));
    }
  } finally {
    await sides.close();
  }
  return checks;
}

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least, leastMinor] = OLDEST_NODE;
  const good = major > least || (major === least && minor >= leastMinor);
  const words = `parity ${VERSION} on Node.js ${version}`;
  return {
    what: 'versions',
    outcome: good ? 'good' : 'bad',
    words: good ? words : `${words}; it needs ${OLDEST_NODE.join('.')} or newer`,
  };
}

/** The preview changes without notice; the SDK of the project may know more of it than we do. */
async function schemasCheck(dir: string): Promise<Check> {
  const what = 'schemas';
  const words = `of the contract API, as SDK ${SCHEMAS_OF_SDK} knows it`;
  const installed = await installedSdk(dir);
  if (installed === null) return { what, outcome: 'good', words };
  if (!isNewer(installed, SCHEMAS_OF_SDK)) {
    return { what, outcome: 'good', words: `${words}; the project has ${installed}` };
  }
  return {
    what,
    outcome: 'warning',
    words: `${words}; the project has ${installed}, which is newer: look for a newer parity, and at the drift that parity validate tells`,
  };
}

/** Null: nothing can be asked without knowing an organisation. */
function pathFor(source: SourceName, { scenario }: LoadedScenario): string | null {
  if (source === 'usage-api') return `/v1/regions?appIds=${scenario.appIds.map(encodeURIComponent).join(',')}`;
  if (source === 'contract-api') return '/api/v2/billing/contracts?pageSize=1';
  const [org] = scenario.orgs ?? [];
  if (org === undefined) return null;
  return `/api/v2/billing/trusteebillingoverview/${encodeURIComponent(org.id)}?billingPeriodIndex=0`;
}

async function sourceChecks(
  transport: Transport,
  source: SourceName,
  path: string | null,
  origin: string,
): Promise<Check[]> {
  if (path === null) {
    return [{ what: source, outcome: 'warning', words: `${origin}: not asked, because no organisation is listed` }];
  }
  const exchange = await transport.send({ source, path, subject: `a first look at ${source}` });
  const access = accessCheck(exchange, source, origin);
  return access.outcome === 'bad' ? [access] : [access, clockCheck(exchange, source)];
}

function accessCheck(exchange: Exchange, source: SourceName, origin: string): Check {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') {
    return { what: source, outcome: 'bad', words: `${origin} could not be asked: ${outcome.message}` };
  }
  const { status, headers } = outcome;
  const took = `${exchange.durationMs} ms`;
  if (status === 200 || (status === 404 && source === 'partner-billing')) {
    const allowed = headers['inin-ratelimit-allowed'];
    const limit = allowed === undefined ? 'states no rate limit' : `${allowed} requests a minute`;
    return { what: source, outcome: 'good', words: `${origin} answered ${status} in ${took}; ${limit}` };
  }
  return {
    what: source,
    outcome: 'bad',
    words: `${origin} answered ${status}: ${ADVICE[status] ?? 'look at its status page'}`,
  };
}

const ADVICE: Readonly<Record<number, string>> = {
  400: 'the request was refused; the API may have changed',
  401: 'the credential is not accepted: check it, and that it belongs to this region',
  403: 'the credential may not do this: usage API keys must serve the appIds; OAuth clients need billing:subscription:view or affiliateOrganization:clientBilling:view',
  404: 'there is no such address: check region or apiUrl',
  429: 'the rate limit is used up: try again in a minute',
};

/** In the largest unit that there are two of. */
function span(seconds: number): string {
  for (const [unit, size] of UNITS) {
    if (seconds >= 2 * size) return `${Math.round(seconds / size)} ${unit}`;
  }
  return `${seconds} seconds`;
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

function clockCheck(exchange: Exchange, source: SourceName): Check {
  const date = exchange.outcome.kind === 'answer' ? exchange.outcome.headers['date'] : undefined;
  const server = date === undefined ? Number.NaN : Date.parse(date);
  const what = `${source} clock`;
  if (Number.isNaN(server)) return { what, outcome: 'warning', words: 'its answers state no date' };
  const skew = Math.round((server - Date.parse(exchange.startedAt)) / 1000);
  const words = `${span(Math.abs(skew))} ${skew < 0 ? 'behind' : 'ahead of'} this machine`;
  if (Math.abs(skew) <= MOST_SKEW_SECONDS) return { what, outcome: 'good', words };
  return {
    what,
    outcome: 'warning',
    words: `${words}: set the clock of this machine, or tokens and periods may be misjudged`,
  };
}
