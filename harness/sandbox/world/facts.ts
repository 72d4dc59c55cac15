/** What is true in a world. Both sides are projections of these facts; dates are UTC and ends are inclusive. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Product } from './catalogue.ts';
import type { Spellings } from './spellings.ts';

export interface Organisation {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

/** Prices from a billing period's start on. Net, per unit and billing period, before tax. */
export interface RateStep {
  readonly from: IsoDate;
  /** At the currency's minor unit, so that the fee of a whole number of units needs no rounding. */
  readonly price: Decimal;
  /** Null: overage cannot occur. */
  readonly overagePrice: Decimal | null;
  /** List price minus `price`. */
  readonly discount: Decimal | null;
}

/** How an organisation's use stands to what it may use without overage. */
export type Use = 'none' | 'under' | 'exact' | 'over' | 'giant';

/** One organisation that holds a product. */
export interface Holder {
  readonly org: Organisation;
  /** Committed units before `bundle`; whole. */
  readonly prepay: Decimal;
  /** Multiplies `prepay`. */
  readonly bundle: Decimal | null;
  /** Fair-use allowance; whole. */
  readonly included: Decimal | null;
  /** About how many units it uses. */
  readonly scale: number;
  readonly openUse: Use;
  /** Use as it was stated: of the open period, then of those before it; the last one stands for all before. Left out: by `openUse`. */
  readonly stated?: readonly Decimal[];
  /** What it uses of a product of tokens is what these cost. */
  readonly pays?: readonly { readonly holding: Holding; readonly holder: Holder }[];
}

/**
 * How the contract side states a holding beside the plain way, the truth being one. `at-rest`: without prices. `blocks`: two
 * plans and charges that are alike. `corrected`: a charge takes a part back. `new-price`, `old-price`, `both-prices`: a price
 * changed within a period, and charges are at one of them or at each.
 */
export type ShapeVariant = 'at-rest' | 'blocks' | 'corrected' | 'new-price' | 'old-price' | 'both-prices';

/** One product of one account. */
export interface Holding {
  readonly product: Product;
  readonly holders: readonly Holder[];
  readonly unit: { readonly legacy: string; readonly contract: string };
  readonly grouping: string;
  /** The smallest step of its use: `1`, `0.5`, `0.125`. */
  readonly step: Decimal;
  /** Oldest first; the last one is in force. */
  readonly rates: readonly RateStep[];
  /** One charge over all holders; else one charge a holder. */
  readonly pooled: boolean;
  /** A prepaid balance is kept beside it. */
  readonly wallet: boolean;
  /** All zero in every period: each side may list it or leave it out. */
  readonly dormant: { readonly legacy: boolean; readonly contract: boolean } | null;
  readonly shape?: ShapeVariant;
  /** Tells holdings of one product apart: rows, plans and charges of their own. */
  readonly block?: number;
  /** Where its app runs, if not in the organisation's own region. */
  readonly region?: string;
  /** First day of the contract that it came with; legacy does not list it in periods that ended before. */
  readonly from?: IsoDate;
  /** Contracts of lower numbers sold it under the product's former SKUs. */
  readonly renamedBy?: number;
  /** Its plan names no organisations. */
  readonly anonymousPlan?: boolean;
  /** The wallet alone says it: it has no charge. */
  readonly walletOnly?: boolean;
}

/** A billing period of an account; index 0 is the oldest served (in a world that moves: on its first day, and it stays the same). */
export interface Period {
  readonly index: number;
  /** How many periods before the open one: 0 for that itself. */
  readonly ago: number;
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly open: boolean;
  /** Its use was settled as an open period's: the open one, and in a world that moves each that was open since its first day. */
  readonly fresh: boolean;
  /** Days that are over, of all its days: only of the open period of a world that moves. Use that adds up has come so far. */
  readonly elapsed?: { readonly days: number; readonly of: number };
}

/** One contract of an account. */
export interface Agreement {
  /** Of its account; below 10. */
  readonly number: number;
  readonly start: IsoDate;
  /** Null: month to month. */
  readonly end: IsoDate | null;
  /** The last day that it bills, where its successor begins before it ends. */
  readonly billedTo?: IsoDate;
  /** Part numbers of a parallel contract. Left out: all that no parallel one has. */
  readonly only?: readonly string[];
  /** Billing periods from before the account's own: the customer left, and came back. Oldest first. */
  readonly periods?: readonly Period[];
}

/** An amendment that cuts a period (of a world that stands: the open one); `on` is the first day of the second part. */
export interface Cut {
  readonly on: IsoDate;
  readonly style: 'two-contracts' | 'two-periods';
}

/** One customer: organisations that are billed by one chain of contracts. */
export interface Account {
  readonly index: number;
  readonly orgs: readonly Organisation[];
  readonly currency: string;
  readonly subscriptionType: string;
  /** Oldest first; the last one is in force. */
  readonly agreements: readonly Agreement[];
  /** A contract beside the chain. */
  readonly parallel?: Agreement;
  /** The contract of a customer who left, before the chain and with a gap; legacy does not know it any more. */
  readonly former?: Agreement;
  /** Which dates the legacy side states where there are several agreements. */
  readonly legacyTerm: 'chain' | 'in-force';
  readonly ramp: { readonly start: IsoDate; readonly end: IsoDate } | null;
  /** Oldest first; the last one is open. */
  readonly periods: readonly Period[];
  readonly cut: Cut | null;
  /** Its invoices add up over credits, re-billing or late usage. */
  readonly credited?: boolean;
  /** Legacy may state a minimum, never above what the rows make. */
  readonly minimum?: boolean;
  readonly holdings: readonly Holding[];
}

/** What one organisation committed to and used in one period, in contract units. */
export interface Figures {
  readonly committed: Decimal;
  readonly included: Decimal | null;
  readonly actual: Decimal;
}

export interface World {
  readonly seed: number;
  /** The day at which the world stands; its clock says noon. */
  readonly today: IsoDate;
  readonly accounts: readonly Account[];
  /** How the contract side writes end dates of periods, plan items and invoice lines. */
  readonly periodEnd: 'inclusive' | 'exclusive';
  /** How it writes end dates of contracts and ramps. */
  readonly contractEnd: 'inclusive' | 'exclusive';
  readonly spellings: Spellings;
}
