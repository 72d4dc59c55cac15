/** Organisations and products of a partner's own, for the sandbox to serve in place of made-up ones. */
import type { IsoDate } from './billing-period.ts';
import type { Decimal } from './decimal.ts';
import type { UsageKind } from './line.ts';

export interface OwnProduct {
  readonly appId: string;
  readonly partNumber: string;
  /** Two at most, whose charges add up to the one legacy row. */
  readonly skus: readonly string[];
  readonly name: string;
  readonly kind: UsageKind;
  readonly units: { readonly legacy: string; readonly contract: string };
  /** So many units cost one token; null: tokens do not pay for it. */
  readonly unitsPerToken: Decimal | null;
}

export interface OwnHolding {
  readonly partNumber: string;
  /** Committed units before `bundle`; whole. */
  readonly committed: Decimal;
  /** Multiplies them; null: no word of it. */
  readonly bundle: Decimal | null;
  /** Fair-use allowance; whole. Null: none. */
  readonly included: Decimal | null;
  /** Net, per unit and billing period, at the currency's minor unit. */
  readonly price: Decimal;
  /** Per unit. Null: overage costs nothing. */
  readonly overagePrice: Decimal | null;
  /** Use in the open period. */
  readonly use: Decimal;
  /** Use in the periods before it, the newest first; the last one stands for all before it. Empty: as in the open period. */
  readonly earlier: readonly Decimal[];
}

export interface OwnOrganisation {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  /** AWS name. */
  readonly region: string;
  readonly currency: string;
  readonly subscriptionType: string;
  /** First day of its contract, whose day of the month begins its billing periods. */
  readonly start: IsoDate;
  /** Years of a term; terms follow each other without a gap. Null: month to month. */
  readonly termYears: number | null;
  readonly holdings: readonly OwnHolding[];
}

export interface WorldFile {
  readonly products: readonly OwnProduct[];
  readonly organisations: readonly OwnOrganisation[];
}
