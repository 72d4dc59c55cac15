/** What is compared with what: products, organisations and dates of one side beside those of the other. */
import type { BillingPeriod, IsoDate } from '../domain/billing-period.ts';
import type { Evidence, Figure } from '../domain/figure.ts';
import type { Line, Term } from '../domain/line.ts';
import type { OrgRef } from '../domain/side.ts';
import type { ProductGroup } from './products.ts';
import type { SideReading } from './side-reading.ts';
import type { UnitRelation } from './units.ts';

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
  readonly obstacle: string | null;
  /** Why a figure that legacy lacks may only have been missed: a second legacy source that could not be read. */
  readonly legacyGap: string | null;
}

/** A pair as its rules see it. A side without lines is null. */
export interface Pair extends PairMaterial {
  readonly legacy: SideReading | null;
  readonly contract: SideReading | null;
  /** How the two sides' words for the unit relate; null unless both state one. */
  readonly units: UnitRelation | null;
}

/** A pair of which legacy states something, and so its period. */
export type LegacyPair = Pair & { readonly legacy: SideReading; readonly period: BillingPeriod };

export const hasLegacy = (pair: Pair): pair is LegacyPair => pair.legacy !== null && pair.period !== null;

/** Whether one side knows an organisation in the period. */
export type Presence =
  | { readonly state: 'present'; readonly at: Evidence | null }
  /** Known, but nothing of it is in force in the period; `note` says why. */
  | { readonly state: 'ended'; readonly note: string }
  | { readonly state: 'absent' }
  /** Nobody can say; `reason` says why. */
  | { readonly state: 'uncertain'; readonly reason: string };

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

interface TermFace {
  readonly key: string;
  readonly org: OrgRef;
  readonly region: string | null;
  /** Tells chains of one organisation apart; empty where there is only one. */
  readonly subject: string;
}

/** One organisation's legacy subscription beside one unbroken chain of its contracts. */
export interface OpenTerm extends TermFace {
  readonly period: BillingPeriod;
  readonly legacy: LegacyDates;
  /** Oldest first. */
  readonly chain: readonly ChainLink[];
  /** Null: no contract period of the chain stands for the legacy period. */
  readonly dates: PeriodDates | null;
  /** Why more may belong to the chain than was read, so that a date that differs proves nothing; null if it is whole. */
  readonly gap: string | null;
  readonly obstacle: null;
}

/** One organisation whose dates cannot be compared; `obstacle` says why. */
export interface BlockedTerm extends TermFace {
  /** Null where legacy states none. */
  readonly period: BillingPeriod | null;
  readonly obstacle: string;
}

export type TermPair = OpenTerm | BlockedTerm;
