/** Looks at everything that a run stands on: reachability, credentials, permissions, clocks, limits, and what each side serves. */
import { access, constants } from 'node:fs/promises';
import type { Transport } from '../../domain/exchange.ts';
import type { RunListener } from '../../domain/run-event.ts';
import type { SourceName } from '../../domain/side.ts';
import type { LoadedScenario } from '../../scenario/scenario.ts';
import { SCHEMAS_OF_SDK } from '../../sources/contract-api/wire.ts';
import type { RunOptions } from '../options.ts';
import { installedSdk, isNewer } from '../sdk-version.ts';
import { type ServedOrg, servedByContractApi, servedByPartnerBilling, servedByUsageApi } from '../served.ts';
import { allSources, type OpenSides, openSides, settleSides } from '../sides.ts';
import { VERSION } from '../version.ts';
import { accessCheck, clockCheck, limitChecks, periodCheck } from './access.ts';
import type { Check } from './check.ts';
import { appChecks, partNumberChecks, skuChecks } from './mapping.ts';

export interface Examination {
  readonly checks: readonly Check[];
  /** The command that can be run on the scenario: without a legacy side it is `validate`. */
  readonly next: 'run' | 'validate';
}

/** The oldest Node.js that the package supports. */
const OLDEST_NODE = [20, 19] as const;

/** @throws HarnessError `usage`, `configuration` if a side cannot be opened; `interrupted`, `snapshot-*` */
export async function examine(
  loaded: LoadedScenario,
  asked: RunOptions,
  listen: RunListener,
  signal: AbortSignal,
): Promise<Examination> {
  const withLegacy = loaded.scenario.legacy !== null || loaded.scenario.sandbox !== null;
  const options = await settleSides(loaded.scenario, asked, withLegacy);
  // Whoever asks wants to know at once, not after the patience of a night's run.
  const { limits } = loaded.scenario;
  const scenario = { ...loaded.scenario, limits: { ...limits, retries: Math.min(limits.retries, 1) } };
  const checks: Check[] = [
    nodeCheck(process.versions.node),
    await schemasCheck(process.cwd()),
    scenarioCheck(loaded),
    ...periodChecks(scenario),
    await folderCheck(),
  ];
  const sides = await openSides({ scenario, options, withLegacy, listen, signal });
  try {
    checks.push(...(await new AccessCheck({ ...loaded, scenario }, sides).checks()));
  } finally {
    await sides.close();
  }
  return { checks, next: withLegacy ? 'run' : 'validate' };
}

function scenarioCheck({ path: file, scenario, policy, warnings }: LoadedScenario): Check {
  const size = `${scenario.apps.length} apps, ${policy.products.length} products`;
  const warningWords = warnings.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  return {
    what: 'scenario',
    outcome: warningWords.length === 0 ? 'good' : 'warning',
    words: [`${file} is valid: ${size}`, ...warningWords].join('; '),
    ...(warningWords.length === 0 ? {} : { remedy: 'Mend it where the warning points: line and column.' }),
  };
}

/** The usage API tells of the running month alone. */
function periodChecks({ period, legacy }: LoadedScenario['scenario']): Check[] {
  const alone = legacy !== null && legacy.usageApi !== null && legacy.partnerBilling === null;
  if (period.kind === 'open' || !alone) return [];
  return [
    {
      what: 'period',
      outcome: 'warning',
      words: `${period.kind === 'date' ? period.date : 'last-closed'}: the usage API tells of the running month only`,
      remedy: 'Add legacy.partnerBilling, which tells of months before, or replay a snapshot that was recorded then.',
    },
  ];
}

async function folderCheck(): Promise<Check> {
  const what = 'reports';
  const above = await access('reports', constants.W_OK).then(
    () => 'reports',
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? '.' : null),
  );
  const writable =
    above !== null &&
    (await access(above, constants.W_OK)
      .then(() => true)
      .catch(() => false));
  if (writable) return { what, outcome: 'good', words: 'a run can write into ./reports' };
  return {
    what,
    outcome: 'bad',
    words: './reports cannot be written to',
    remedy: 'Start parity elsewhere, or name a folder with --out DIR.',
  };
}

/** One look at both sides: access first, then what they serve. */
class AccessCheck {
  readonly #loaded: LoadedScenario;
  readonly #sides: OpenSides;
  readonly #transport: Transport;
  readonly #checks: Check[] = [];

  constructor(loaded: LoadedScenario, sides: OpenSides) {
    this.#loaded = loaded;
    this.#sides = sides;
    this.#transport = allSources(sides);
  }

  async checks(): Promise<readonly Check[]> {
    const { scenario } = this.#loaded;
    const { legacySources } = this.#sides;
    let orgs: readonly ServedOrg[] = scenario.orgs ?? [];
    if (legacySources.includes('usage-api') && (await this.#access('usage-api', usagePath(scenario)))) {
      const served = await servedByUsageApi(this.#transport, scenario);
      orgs = served.orgs;
      this.#checks.push(...appChecks(served), ...partNumberChecks(this.#loaded, served.partNumbers));
    }
    if (legacySources.includes('partner-billing')) await this.#partner(orgs);
    if (await this.#access('contract-api', '/api/v2/billing/contracts?pageSize=10')) {
      await this.#access('contract-api', '/api/v2/billing/contracts/invoices?pageSize=200', ' invoices');
      this.#checks.push(...skuChecks(this.#loaded, await servedByContractApi(this.#transport)));
    }
    return this.#checks;
  }

  async #partner(orgs: readonly ServedOrg[]): Promise<void> {
    const source = 'partner-billing';
    const [org] = orgs;
    if (org === undefined) {
      this.#checks.push({
        what: source,
        outcome: 'warning',
        words: `${this.#sides.origins[source]}: not asked, because no organisation is known`,
        remedy: 'List one under `orgs:`, or mend the usage API, which tells who there is.',
      });
      return;
    }
    const path = `/api/v2/billing/trusteebillingoverview/${encodeURIComponent(org.id)}?billingPeriodIndex=0`;
    if (!(await this.#access(source, path))) return;
    // Where the usage API is asked too, the part numbers are its own to tell.
    if (this.#sides.legacySources.includes('usage-api')) return;
    const seen = await servedByPartnerBilling(this.#transport, this.#loaded.scenario, orgs);
    this.#checks.push(...partNumberChecks(this.#loaded, seen));
  }

  /** @returns whether more can be asked there */
  async #access(source: SourceName, path: string, part = ''): Promise<boolean> {
    const exchange = await this.#transport.send({ source, path, subject: `a first look at ${source}` });
    const what = `${source}${part}`;
    const access = accessCheck(exchange, source, this.#sides.origins[source] ?? '');
    this.#checks.push({ ...access, what });
    if (access.outcome === 'bad' || part !== '') return access.outcome !== 'bad';
    const early = periodCheck(exchange, source, this.#loaded.scenario.period);
    if (early !== null && !this.#checks.some(({ what: told }) => told === early.what)) this.#checks.push(early);
    // A recording says nothing of clocks and limits of today.
    if (this.#sides.replay[source] !== undefined) return true;
    this.#checks.push(
      clockCheck(exchange, source),
      ...limitChecks(exchange, source, this.#loaded.scenario.limits.requestsPerMinute),
    );
    return true;
  }
}

const usagePath = ({ appIds }: LoadedScenario['scenario']): string =>
  `/v1/regions?appIds=${appIds.map(encodeURIComponent).join(',')}`;

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least, leastMinor] = OLDEST_NODE;
  const good = major > least || (major === least && minor >= leastMinor);
  const words = `parity ${VERSION} on Node.js ${version}`;
  return {
    what: 'versions',
    outcome: good ? 'good' : 'bad',
    words,
    ...(good ? {} : { remedy: `Install Node.js ${OLDEST_NODE.join('.')} or newer.` }),
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
    words: `${words}; the project has ${installed}, which is newer`,
    remedy: 'Look for a newer parity, and at the drift that parity validate tells.',
  };
}
