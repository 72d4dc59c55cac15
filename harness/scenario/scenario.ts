/** A scenario, read and resolved: what the runner needs to ask both sides, with nothing left to interpret. */
import type { ApiVersion } from '../domain/api-version.ts';
import type { IsoDate } from '../domain/billing-period.ts';
import type { FileIssue } from '../domain/errors.ts';
import type {
  ComparisonPolicy,
  ExpectedOrgs,
  PeriodChoice,
  PeriodEndReading,
  ProductMapping,
  ReadinessPolicy,
} from '../domain/policy.ts';

/** Our names of the legacy usage API's fields, which a scenario can map to other names on the wire. */
export const USAGE_FIELDS = [
  'orgId',
  'orgName',
  'appId',
  'name',
  'partNumber',
  'grouping',
  'unitOfMeasureType',
  'subscriptionType',
  'currency',
  'prepayQuantity',
  'usageQuantity',
  'prepayPrice',
  'overagePrice',
  'bundleQuantity',
  'contractEffectiveDate',
  'contractEndDate',
  'rampPeriodStartDate',
  'rampPeriodEndDate',
  'billingPeriodStartDate',
  'billingPeriodEndDate',
] as const;

export type UsageField = (typeof USAGE_FIELDS)[number];

/** How to reach the legacy Premium Applications - Usage API. */
export interface UsageApiAccess {
  /** Origin without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Our name → the name on the wire; empty where the scenario maps none. */
  readonly fields: Readonly<Partial<Record<UsageField, string>>>;
}

/** How to reach a platform API by OAuth client credentials. Origins without a trailing slash. */
export interface PlatformAccess {
  readonly apiUrl: string;
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ContractAccess extends PlatformAccess {
  /** A second client that lacks the permission: how it is refused is looked at by `validate`. */
  readonly withoutPermission: { readonly clientId: string; readonly clientSecret: string } | null;
}

/** At least one of both is there. */
export interface LegacyAccess {
  readonly usageApi: UsageApiAccess | null;
  readonly partnerBilling: PlatformAccess | null;
}

export interface ScenarioApp {
  readonly appId: string;
  readonly products: readonly ProductMapping[];
}

export interface Limits {
  /** Requests under way at once, both sides together. */
  readonly concurrency: number;
  /** For each credential. */
  readonly requestsPerMinute: number;
  readonly timeoutSeconds: number;
  /** Further tries after a transient failure. */
  readonly retries: number;
  /** Of one body, as sent and as decompressed; in units of 1,048,576 bytes. */
  readonly maxBodyMegabytes: number;
}

/** How much is asked for beside what is compared itself. */
export interface Checks {
  /** Contracts by id beside their listing. `auto`: all of up to 500, of closed periods and in `validate`; else a sample. */
  readonly listingDetail: 'auto' | 'full' | 'none';
  /** Invoices whose lines are asked for. `period`: dated on or after the first day compared; of closed periods and in `validate` all. */
  readonly invoices: 'period' | 'all' | 'none';
}

/** The embedded sandbox that serves both sides. */
export interface SandboxChoice {
  readonly seed: number;
  readonly orgs: number;
  /** Null: the usual ones. */
  readonly shapes: 'usual' | 'rare' | null;
  /** Null: what a world wears of which nothing is said; which ids there are, the sandbox knows. */
  readonly clothes: 'all' | 'none' | readonly string[] | null;
  /** Null: where the world stands by itself. */
  readonly today: IsoDate | null;
  /** Or requests such as `rate-off`, `rate-off*3`, `rate-off@org:sku`; which ids there are, the sandbox knows. */
  readonly defects: 'all' | 'none' | readonly string[];
  readonly faults: readonly string[];
  /** False: the usage API states no prices. Left out: it does. */
  readonly usagePrices?: boolean | undefined;
  /** Null: the current one. */
  readonly apiVersion: ApiVersion | null;
}

export interface Scenario {
  readonly name: string;
  /**
   * Null where the scenario has no such block: a sandbox scenario (then the sandbox serves the legacy side), or one that is
   * for `validate` alone (then `sandbox` is null too).
   */
  readonly legacy: LegacyAccess | null;
  /** Null only in a sandbox scenario. */
  readonly contract: ContractAccess | null;
  readonly apps: readonly ScenarioApp[];
  /** In the scenario's order: what `appIds` of the legacy requests is made of. */
  readonly appIds: readonly string[];
  /** Null for `discover`. */
  readonly orgs: ExpectedOrgs;
  readonly period: PeriodChoice;
  readonly periodEnd: PeriodEndReading;
  readonly checks: Checks;
  readonly limits: Limits;
  /** Not null: both sides are served by the embedded sandbox, whatever `legacy` and `contract` say. */
  readonly sandbox: SandboxChoice | null;
  /** What must hold before the cutover; null if the scenario does not say. */
  readonly readiness: ReadinessPolicy | null;
}

export interface LoadedScenario {
  /** As it was given. */
  readonly path: string;
  readonly name: string;
  /** Only where `--org` narrowed it: name of the scenario that it is a part of. */
  readonly partOf?: string;
  /** Hexadecimal SHA-256 of the file's bytes, before anything was put in for `${NAME}`: it never depends on a secret. */
  readonly sha256: string;
  readonly scenario: Scenario;
  /** Lacks only `today`, which the answers' clock gives. */
  readonly policy: Omit<ComparisonPolicy, 'today'>;
  /** Nothing that stops a run: secrets in the file, waivers that can never apply. In the order of the file. */
  readonly warnings: readonly FileIssue[];
}
