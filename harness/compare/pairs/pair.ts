/** What is compared with what: products, organisations and dates of one side beside those of the other. */
import type { BillingPeriod, IsoDate } from '../../domain/billing-period.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Line, Term } from '../../domain/line.ts';
import type { Ratio } from '../../domain/ratio.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { Presence } from '../scope/comparison-scope.ts';
import type { ProductGroup } from '../scope/products.ts';
import type { UnitWords } from '../scope/units.ts';
import type { SideReading } from './side-reading.ts';

/** At the currency's minor unit: fees summed unrounded and rounded once, overage charges as they are. */
export type Bill =
  | {
      readonly known: true;
      /** Null: nothing is billed, and no currency is stated. */
      readonly currency: string | null;
      readonly amount: Decimal;
      /** A rate that this side does not state was taken from the other. */
      readonly borrowed: boolean;
    }
  /** `amount`: what can be said of it; null where the currency is not known. */
  | {
      readonly known: false;
      readonly currency: string | null;
      readonly amount: Decimal | null;
      readonly why: string;
      readonly borrowed: boolean;
    };

export interface PairBills {
  readonly legacy: Bill;
  readonly contract: Bill;
  /** Fees and overage charges apart: contract − legacy of what both sides state, in the currency that they share; null: none. */
  readonly stated: { readonly currency: string; readonly difference: Decimal } | null;
}

/**
 * The lines that must say the same thing, as they were found: one product group, the organisations that its charges
 * join, one legacy billing period. A hypothesis transforms this and reads it again with `readPair`.
 */
export interface PairMaterial {
  /** Unique within a run, stable across runs. */
  readonly key: string;
  readonly product: ProductGroup;
  /** Sorted by id. */
  readonly orgs: readonly OrgRef[];
  readonly region: string | null;
  /** The legacy period; of the contract side where legacy states none; null where neither does. */
  readonly period: BillingPeriod | null;
  readonly legacyLines: readonly Line[];
  readonly contractLines: readonly Line[];
  /** Why nothing of the pair can be compared, in words; null if it can. */
  readonly notComparableReason: string | null;
  /** Why a figure that legacy lacks may only have been missed: a second legacy source that could not be read. */
  readonly unreadSource: string | null;
  /** Organisations whose use legacy may bill nothing for in this period (a trial, a ramp), by id. */
  readonly useCosts: ReadonlyMap<string, UseCostAt>;
  /** Why the use is paid in tokens, so that its own overage falls away; null if it is not. */
  readonly paidInTokens: string | null;
  /** Rates that some legacy row of the product states, so that one which lacks it could be expected to. */
  readonly provided: { readonly committedRate: boolean; readonly overageRate: boolean };
  /** Why it is a question of the set-up whether both sides have the product; null if it is not. */
  readonly question: string | null;
  /** Whether any record of a side names the product, for whomever. */
  readonly mentioned: { readonly legacy: boolean; readonly contract: boolean };
  /** Why something that a side lacks may be a record that names no product or nobody; null if there is none. */
  readonly nameless: { readonly legacy: string | null; readonly contract: string | null };
}

/** That legacy may bill nothing for use in the period. `free`: the scenario says so; `unknown`: nobody says. */
export interface UseCostAt {
  readonly cost: 'free' | 'unknown';
  /** `type`: a subscription type that nobody knows, which may be a trial. */
  readonly why: 'trial' | 'ramp' | 'type';
  /** What legacy states: `its subscriptionType is FREE_TRIAL_MONTH_TO_MONTH`. */
  readonly words: string;
}

/** Of a pair in which nothing of the kind was seen. */
export const PLAIN: Pick<
  PairMaterial,
  'useCosts' | 'paidInTokens' | 'provided' | 'question' | 'mentioned' | 'nameless'
> = {
  useCosts: new Map(),
  paidInTokens: null,
  provided: { committedRate: false, overageRate: false },
  question: null,
  mentioned: { legacy: true, contract: true },
  nameless: { legacy: null, contract: null },
};

/** A pair as its rules see it. A side without lines is null. */
export interface Pair extends PairMaterial {
  readonly legacy: SideReading | null;
  readonly contract: SideReading | null;
  /** The words for units of this comparison. */
  readonly unitWords: UnitWords;
  /** The product's factor, where one other than 1 holds for all its legacy lines. */
  readonly conversion: Ratio | null;
  readonly bills: PairBills;
}

/** A pair of which legacy states something, and so its period. */
export type LegacyPair = Pair & { readonly legacy: SideReading; readonly period: BillingPeriod };

export const hasLegacy = (pair: Pair): pair is LegacyPair => pair.legacy !== null && pair.period !== null;

/** One organisation in scope. */
export interface OrgPair {
  readonly key: string;
  readonly org: OrgRef;
  readonly region: string | null;
  readonly period: BillingPeriod | null;
  readonly legacy: Presence;
  readonly contract: Presence;
  /** Lines that only the one side has, for the money at risk of a missing organisation. */
  readonly lines: readonly Line[];
}

/** One contract of a chain of renewals. */
export interface ChainLink {
  readonly contractId: string;
  /** `Active` or `Inactive`. */
  readonly status: Figure<string>;
  readonly term: Term;
  readonly inForce: boolean;
  /** It bills something for a product of the scenario in the compared period. */
  readonly bills: boolean;
}

/** The billing dates of the contract periods that stand for the legacy period. */
export interface PeriodDates {
  readonly start: Figure<IsoDate>;
  readonly end: Figure<IsoDate>;
  /** More than one if the period was cut. */
  readonly pieces: number;
}

/** What legacy says of one organisation's dates. */
export interface LegacyDates {
  readonly term: Term;
  readonly periodStart: Figure<IsoDate>;
  readonly periodEnd: Figure<IsoDate>;
}

interface TermBase {
  readonly key: string;
  readonly org: OrgRef;
  readonly region: string | null;
}

/** Contracts that follow each other without a gap. */
export interface Chain {
  /** Oldest first; at least one. */
  readonly links: readonly ChainLink[];
  /** Null: no contract period of the chain stands for the legacy period. */
  readonly dates: PeriodDates | null;
}

/** One organisation's legacy subscription beside the chains of its contracts: parallel contracts make several. */
export interface OpenTerm extends TermBase {
  readonly period: BillingPeriod;
  readonly legacy: LegacyDates;
  /** In the order of the id of their last contract. */
  readonly chains: readonly Chain[];
  /** Why more may belong to a chain than was read, so that a date that differs proves nothing; null if all are whole. */
  readonly gap: string | null;
  readonly notComparableReason: null;
}

/** One organisation whose dates cannot be compared; `notComparableReason` says why. */
export interface BlockedTerm extends TermBase {
  /** Null where legacy states none. */
  readonly period: BillingPeriod | null;
  readonly notComparableReason: string;
}

export type TermPair = OpenTerm | BlockedTerm;
