/** What a scenario asks of the comparison: mappings, readings, tolerances, waivers, gate. Pure data. */
import type { IsoDate } from './billing-period.ts';
import type { Decimal } from './decimal.ts';
import type { UsageKind } from './line.ts';
import type { Ratio } from './ratio.ts';

export interface ExpectedRates {
  readonly currency: string | null;
  readonly committedRate: Decimal | null;
  readonly overageRate: Decimal | null;
}

/** Whether use is billed: `unknown` where nobody has said. */
export type UseCost = 'free' | 'charged' | 'unknown';

/** One entry of `apps[].products`: a legacy part number and the contract SKU or SKUs that stand for it. */
export interface ProductMapping {
  readonly appId: string;
  readonly partNumber: string;
  readonly skus: readonly string[];
  /** Contract units per legacy unit: quantities × factor, rates ÷ factor. */
  readonly factor: Ratio;
  readonly kind: UsageKind | null;
  /** What the use of a trial subscription costs. */
  readonly trial: UseCost;
  /** What use in the ramp period costs; of what is not a third party's. */
  readonly ramp: UseCost;
  readonly expected: ExpectedRates | null;
}

export interface Tolerance {
  /** In the rule's own unit (units, money, days). */
  readonly absolute: Decimal | null;
  /** Share of the greater of the two absolute values; `0.01` is 1 %. */
  readonly relative: Decimal | null;
  /** Null: whatever the period's status. */
  readonly when: 'open' | 'closed' | null;
}

/** An accepted mismatch: of a rule, or of all that a root cause explains; exactly one of both is named. */
export interface Waiver {
  readonly rule: string | null;
  readonly cause: string | null;
  readonly org: string | null;
  readonly sku: string | null;
  readonly appId: string | null;
  /** A date within the period it is for. */
  readonly period: IsoDate | null;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string | null;
  /** Last day on which it holds. */
  readonly expires: IsoDate;
  /** Accepted contract − legacy; null: any. Always null of a cause. */
  readonly delta: Decimal | null;
  /** By currency, the money accepted in all that it covers, over and under added; a currency that is not listed may have none. Null: any. */
  readonly maxMoney: Readonly<Record<string, Decimal>> | null;
}

/** What must hold before the legacy side is switched off. At least one of both counts is there. */
export interface ReadinessPolicy {
  readonly cutover: IsoDate;
  /** Nights in a row at parity, up to now. */
  readonly nights: number | null;
  /** Closed billing cycles in a row at parity. */
  readonly closedCycles: number | null;
}

export interface GateLimits {
  readonly mode: 'enforce' | 'report';
  /** Percent of compared cells. */
  readonly minParity: Decimal;
  /** Percent of expected cells. */
  readonly minCoverage: Decimal;
  /** By currency, for either direction; a currency that is not listed may have none. Null: no limit asked. */
  readonly maxMoneyAtRisk: Readonly<Record<string, Decimal>> | null;
  /** As `maxMoneyAtRisk`, of what is waived. */
  readonly maxWaivedMoney: Readonly<Record<string, Decimal>> | null;
  readonly failOnDrift: boolean;
}

export type PeriodChoice =
  | { readonly kind: 'open' }
  | { readonly kind: 'last-closed' }
  | { readonly kind: 'date'; readonly date: IsoDate };
export type PeriodEndReading = 'inclusive' | 'exclusive' | 'auto';
export type BundleReading = 'multiplier' | 'allowance' | 'ignore';

/** Organisations that the scenario lists, or null for `discover`. */
export type ExpectedOrgs =
  | readonly { readonly id: string; readonly region: string; readonly name: string | null }[]
  | null;

export interface ComparisonPolicy {
  readonly products: readonly ProductMapping[];
  readonly orgs: ExpectedOrgs;
  /** `orgs` are a part of those that the scenario is about: what is not met here may be met elsewhere. */
  readonly narrowed?: boolean;
  readonly period: PeriodChoice;
  readonly bundleQuantity: BundleReading;
  /** By rule id. */
  readonly tolerances: Readonly<Record<string, Tolerance>>;
  readonly waivers: readonly Waiver[];
  readonly gate: GateLimits;
  /** Added to the built-in table: legacy word → contract words. */
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** Today by the clock of the answers: decides `last-closed` and the expiry of waivers. */
  readonly today: IsoDate;
}
