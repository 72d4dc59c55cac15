/** The one shape into which both sides are normalised, one line an organisation (or group) × product × period. */
import type { BillingPeriod, IsoDate } from './billing-period.ts';
import type { Evidence, Figure } from './figure.ts';
import type { OrgRef, Side, SourceName } from './side.ts';

/** How usage adds up over time: licences (`user`, `site`) and high-water marks (`peak`) by maximum, `sum` by adding. */
export type UsageKind = 'user' | 'sum' | 'peak' | 'site';

/**
 * What one side states about one product of one organisation (or organisation group) in one billing period.
 * Quantities are in the side's own units (before the scenario's factor); rates per one such unit, before tax.
 */
export interface Line {
  readonly side: Side;
  readonly source: SourceName;
  /** One on the legacy side; one or several on the contract side. Sorted by id. */
  readonly orgs: readonly OrgRef[];
  /** Legacy: the part number. Contract: the SKU. As on the wire, trimmed. */
  readonly product: string;
  readonly productName: string | null;
  /** Legacy usage API only. */
  readonly appId: string | null;
  /** What on the wire it was made of. */
  readonly origin: 'row' | 'charge' | 'wallet' | 'plan';
  readonly period: BillingPeriod;
  /** Legacy `grouping`, lower case; null where the row states none, and on the contract side. */
  readonly grouping: string | null;
  /**
   * Legacy: the product is an application of a third party, which is charged in the ramp period too: rows of the usage API,
   * groupings `billable-app-*`, and rows with `isThirdParty: true` (inferred from the vendor's help pages).
   */
  readonly thirdParty: boolean;
  /** What the source itself says of how usage adds up (legacy `grouping`); null where it is silent. */
  readonly kind: UsageKind | null;
  /** Legacy: `prepayQuantity` as stated, before `bundleQuantity`. Contract: `prepaidQuantity`. */
  readonly committed: Figure;
  /** Legacy: the allowance of the `fair-use` row. Contract: `fairuseQuantity`; of a wallet starting + increase − decrease. */
  readonly included: Figure;
  /** Legacy: the unit of the `fair-use` row beside the usage row; left out where there is none. */
  readonly includedUnit?: Figure<string>;
  readonly actual: Figure;
  /** Stated by the contract side only; the legacy side's is computed. */
  readonly overageQuantity: Figure;
  readonly overageCharge: Figure;
  /** Price of one committed unit for one billing period. Contract: of the plan item in force on the period's first day with one. */
  readonly committedRate: Figure;
  readonly overageRate: Figure;
  /** ISO 4217, upper case. */
  readonly currency: Figure<string>;
  readonly unit: Figure<string>;
  /** Legacy `bundleQuantity`: a multiplier or an allowance, as the scenario reads it. */
  readonly bundle: Figure;
  /** The object on the wire that the line was made of. */
  readonly at: Evidence;
  /** Contract side: what the line was made from. Null on the legacy side. */
  readonly charge: ChargeRef | null;
  /** Contract side: what its own plan states. Null on the legacy side. */
  readonly planned: PlannedRates | null;
  /** Contract side: the conversion of use into tokens that a charge states; null where it states none. */
  readonly tokens: TokenConversion | null;
}

/** Prices that the plan of a charge states for some day of its period, the first day's first; each value once. */
export interface PlannedRates {
  readonly committed: readonly Figure[];
  readonly overage: readonly Figure[];
}

/** `convertedTokenCount` and `tokenConversionRate` (units for one token) of a charge. */
export interface TokenConversion {
  readonly count: Figure;
  readonly rate: Figure;
}

export interface ChargeRef {
  readonly contractId: string;
  readonly periodId: string;
  readonly chargeId: string | null;
}

/** Dates and kind of one subscription or contract. End dates inclusive, whatever the wire's reading. */
export interface Term {
  readonly contractStart: Figure<IsoDate>;
  readonly contractEnd: Figure<IsoDate>;
  readonly rampStart: Figure<IsoDate>;
  readonly rampEnd: Figure<IsoDate>;
}
