/** Cells and findings: what the comparison says of each rule and pair. */
import type { BillingPeriod } from './billing-period.ts';
import type { Decimal } from './decimal.ts';
import type { Evidence } from './figure.ts';
import type { Waiver } from './policy.ts';
import type { OrgRef, Side } from './side.ts';

export const CELL_STATUSES = ['match', 'tolerated', 'mismatch', 'waived', 'unstable', 'not-comparable'] as const;
export type CellStatus = (typeof CELL_STATUSES)[number];

export const CATEGORIES = ['coverage', 'quantity', 'overage', 'rate', 'term', 'invariant', 'schema'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Direction of money: `over-billed` if the contract side would bill more than the legacy side. */
export interface MoneyAtRisk {
  readonly currency: string;
  /** Never negative. */
  readonly amount: Decimal;
  readonly direction: 'over-billed' | 'under-billed';
}

/** What one side states, as compared (canonical decimal, ISO date, upper-case code), and where it stands. */
export interface Statement {
  /** Null: the side states nothing. */
  readonly value: string | null;
  /** The JSON text on the wire, where one place states it; null for sums and computed values. */
  readonly raw: string | null;
  readonly at: Evidence | null;
  /** How the value came about, in words, where it was not read off the wire as it is: `10 × 12`, `15 − 10`, `sum of 3`. */
  readonly derivation: string | null;
  /** What the first reading said, where a second one says something else. */
  readonly first?: Omit<Statement, 'first'>;
}

/**
 * What a cell is about. Products by the scenario's mapping; `subject` tells cells of one pair and rule apart
 * (a charge id, an invoice id, a pointer) and is empty where there is only one.
 */
export interface CellScope {
  readonly orgs: readonly OrgRef[];
  readonly region: string | null;
  readonly appId: string | null;
  readonly sku: string | null;
  readonly partNumber: string | null;
  readonly period: BillingPeriod | null;
  readonly side: Side | null;
  readonly subject: string;
}

/** One rule applied to one pair, judged. */
export interface Cell {
  /** Stable across runs: made of rule, side, organisations, product, period start and subject. */
  readonly id: string;
  readonly status: CellStatus;
  readonly category: Category;
  readonly rule: string;
  readonly scope: CellScope;
  /** Key of the pair that the cell belongs to; money is counted once a pair. */
  readonly pair: string;
  readonly legacy: Statement | null;
  readonly contract: Statement | null;
  /** For a match: what both sides state, where one value says it; else null. */
  readonly agreed: string | null;
  /** contract − legacy, for numbers (and whole days for dates). */
  readonly delta: Decimal | null;
  /** delta ÷ legacy, rounded half-even to 4 places; null if legacy is zero or not a number. */
  readonly relative: Decimal | null;
  /** Money that the pair puts at risk, on the one cell of the pair that carries it. */
  readonly money: readonly MoneyAtRisk[];
  /** One sentence with the numbers put in; for `not-comparable` why. Never null but for `match`. */
  readonly reason: string | null;
  readonly waiver: Waiver | null;
  /** Id of the cell that this one follows from (overage from actual), else null. */
  readonly derivedFrom: string | null;
  /** Id of the root cause that explains it, else null. */
  readonly rootCause: string | null;
}

/** A named hypothesis under which a cluster of mismatches disappears. */
export interface RootCause {
  readonly id: string;
  readonly title: string;
  /** Null if it spans several products. */
  readonly sku: string | null;
  /** Mismatching cells that disappear under it. */
  readonly explains: number;
  /** Mismatching cells of the same product and rules, explained or not. */
  readonly of: number;
  readonly moneyAtRisk: readonly MoneyTotal[];
  /** Cell ids. */
  readonly findings: readonly string[];
}

/** Both directions apart, one currency. */
export interface MoneyTotal {
  readonly currency: string;
  readonly overBilled: Decimal;
  readonly underBilled: Decimal;
}
