/** From the file's words to what the runner and the comparison use: defaults, origins, part numbers for absent SKUs. */
import type {
  ComparisonPolicy,
  ExpectedOrgs,
  GateLimits,
  ProductMapping,
  ReadinessPolicy,
  Tolerance,
  Waiver,
} from '../domain/policy.ts';
import { regionOrigins } from '../domain/regions.ts';
import type {
  ContractAccess,
  LegacyAccess,
  Limits,
  PlatformAccess,
  SandboxChoice,
  Scenario,
  ScenarioApp,
} from './scenario.ts';
import type { ScenarioFile } from './schema.ts';

const REQUESTS_PER_MINUTE = 300;
/** The embedded sandbox has no quota to protect. */
const SANDBOX_REQUESTS_PER_MINUTE = 60_000;

/** @param file has passed every check. */
export function resolveScenario(file: ScenarioFile): Scenario {
  const apps = appsOf(file);
  return {
    name: file.name,
    legacy: legacyOf(file),
    contract: contractOf(file),
    apps,
    appIds: apps.map((app) => app.appId),
    orgs: orgsOf(file),
    period: file.period,
    periodEnd: file.periodEnd,
    checks: file.checks,
    limits: limitsOf(file),
    sandbox: sandboxOf(file),
    readiness: readinessOf(file),
  };
}

export function resolvePolicy(file: ScenarioFile): Omit<ComparisonPolicy, 'today'> {
  return {
    products: appsOf(file).flatMap((app) => app.products),
    orgs: orgsOf(file),
    period: file.period,
    bundleQuantity: file.bundleQuantity,
    tolerances: tolerancesOf(file),
    waivers: file.waivers.map(waiverOf),
    gate: gateOf(file),
    units: file.units,
  };
}

function legacyOf({ legacy }: ScenarioFile): LegacyAccess | null {
  if (legacy === undefined) return null;
  const { usageApi, partnerBilling } = legacy;
  return {
    usageApi: usageApi === undefined ? null : { ...usageApi, fields: usageApi.fields ?? {} },
    partnerBilling: partnerBilling === undefined ? null : platformOf(partnerBilling),
  };
}

const contractOf = ({ contract }: ScenarioFile): ContractAccess | null =>
  contract === undefined ? null : { ...platformOf(contract), withoutPermission: contract.withoutPermission ?? null };

function platformOf(block: Omit<NonNullable<ScenarioFile['contract']>, 'withoutPermission'>): PlatformAccess {
  const { clientId, clientSecret } = block;
  const ofRegion = block.region === undefined ? null : regionOrigins(block.region);
  const apiUrl = block.apiUrl ?? ofRegion?.apiUrl;
  const loginUrl = block.loginUrl ?? ofRegion?.loginUrl;
  if (apiUrl === undefined || loginUrl === undefined) throw new Error('a scenario without hosts passed its checks');
  return { apiUrl, loginUrl, clientId, clientSecret };
}

const appsOf = (file: ScenarioFile): ScenarioApp[] =>
  (file.apps ?? []).map(({ appId, products }) => ({
    appId,
    products: products.map(
      ({ partNumber, sku, factor, kind, trial, ramp, expected }): ProductMapping => ({
        appId,
        partNumber,
        skus: sku === undefined ? [partNumber] : typeof sku === 'string' ? [sku] : sku,
        factor,
        kind: kind ?? null,
        trial,
        ramp,
        expected:
          expected === undefined
            ? null
            : {
                currency: expected.currency ?? null,
                committedRate: expected.committedRate ?? null,
                overageRate: expected.overageRate ?? null,
              },
      }),
    ),
  }));

const orgsOf = ({ orgs }: ScenarioFile): ExpectedOrgs =>
  orgs === 'discover' ? null : orgs.map(({ id, region, name }) => ({ id, region, name: name ?? null }));

const limitsOf = ({ limits, sandbox }: ScenarioFile): Limits => ({
  ...limits,
  requestsPerMinute:
    limits.requestsPerMinute ?? (sandbox === undefined ? REQUESTS_PER_MINUTE : SANDBOX_REQUESTS_PER_MINUTE),
});

const sandboxOf = ({ sandbox }: ScenarioFile): SandboxChoice | null =>
  sandbox === undefined
    ? null
    : {
        ...sandbox,
        shapes: sandbox.shapes ?? null,
        clothes: sandbox.clothes ?? null,
        today: sandbox.today ?? null,
        faults: sandbox.faults ?? [],
        apiVersion: sandbox.apiVersion ?? null,
      };

const readinessOf = ({ readiness }: ScenarioFile): ReadinessPolicy | null =>
  readiness === undefined
    ? null
    : {
        cutover: readiness.cutover,
        nights: readiness.nights ?? null,
        closedCycles: readiness.closedCycles ?? null,
      };

function tolerancesOf({ tolerances }: ScenarioFile): Record<string, Tolerance> {
  const result: Record<string, Tolerance> = {};
  for (const [rule, tolerance] of Object.entries(tolerances)) {
    if (tolerance === undefined) continue;
    const { absolute, relative, when } = tolerance;
    result[rule] = { absolute: absolute ?? null, relative: relative ?? null, when: when ?? null };
  }
  return result;
}

const waiverOf = (waiver: ScenarioFile['waivers'][number]): Waiver => ({
  rule: waiver.rule ?? null,
  cause: waiver.cause ?? null,
  org: waiver.org ?? null,
  sku: waiver.sku ?? null,
  appId: waiver.appId ?? null,
  period: waiver.period ?? null,
  reason: waiver.reason,
  owner: waiver.owner,
  ticket: waiver.ticket ?? null,
  expires: waiver.expires,
  delta: waiver.delta ?? null,
  maxMoney: waiver.maxMoney ?? null,
});

const gateOf = ({ gate }: ScenarioFile): GateLimits => ({
  ...gate,
  maxMoneyAtRisk: gate.maxMoneyAtRisk ?? null,
  maxWaivedMoney: gate.maxWaivedMoney ?? null,
});
