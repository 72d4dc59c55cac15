/** Everything that the Contract & Billing API said, normalised; every field is optional in the vendor's schema. */
import type { IsoDate } from './billing-period.ts';
import type { CaptureFailure, CheckedBody, PagingNote, ProbeNote, SchemaNote } from './capture.ts';
import type { Evidence, Figure } from './figure.ts';
import type { ChargeRef, Line, Term, TokenConversion } from './line.ts';
import type { ReceivedRecord } from './record.ts';
import type { Shape } from './shape.ts';
import type { OrgRef } from './side.ts';

export interface PlanItem {
  readonly itemNumber: string | null;
  readonly type: Figure<string>;
  /** Its `type` says that it is billed once (assumed: the vendor lists no types): it is no recurring price. */
  readonly oneTime: boolean;
  readonly effectiveStart: Figure<IsoDate>;
  /** Inclusive, as stated. */
  readonly effectiveEnd: Figure<IsoDate>;
  readonly quantity: Figure;
  /** Net, per unit and billing period. */
  readonly price: Figure;
  readonly overagePrice: Figure;
  /** Per unit, for information: `price` is already net of it. */
  readonly discountAmount: Figure;
  readonly currency: Figure<string>;
  readonly unit: Figure<string>;
  /**
   * Its days, both inclusive: from its start to the earlier of its own end and the day before the next item of the same plan
   * and type begins. Null: its dates cannot be read. `from` or `to` null: no limit. `to` before `from`: no day.
   */
  readonly inForce: { readonly from: IsoDate | null; readonly to: IsoDate | null } | null;
  readonly at: Evidence;
}

export interface Plan {
  readonly id: string | null;
  readonly orgs: readonly OrgRef[];
  readonly sku: string | null;
  readonly items: readonly PlanItem[];
  readonly at: Evidence;
}

export interface ContractPeriod {
  readonly id: string;
  readonly start: Figure<IsoDate>;
  /** Inclusive. */
  readonly end: Figure<IsoDate>;
  readonly status: Figure<string>;
  readonly at: Evidence;
}

export interface Contract {
  readonly id: string;
  readonly externalNumber: string | null;
  /** `Active` or `Inactive`. */
  readonly status: Figure<string>;
  readonly term: Term;
  /** As stated, one that is listed twice too; what only the listing or only the contract by id states is in it. */
  readonly periods: readonly ContractPeriod[];
  /** Those of the contract by id, and those that only its listing states. */
  readonly plans: readonly Plan[];
  /** The parsed body with exact numbers as text, keys sorted: what listing and detail are compared by. */
  readonly fingerprint: string;
  readonly at: Evidence;
}

export interface Charge {
  readonly ref: ChargeRef;
  readonly sku: string | null;
  readonly orgs: readonly OrgRef[];
  readonly prepaid: Figure;
  readonly fairuse: Figure;
  readonly actual: Figure;
  readonly overageQuantity: Figure;
  readonly overageRate: Figure;
  readonly overageCharge: Figure;
  readonly currency: Figure<string>;
  readonly unit: Figure<string>;
  readonly tokens: TokenConversion;
  /** All that it says but its id, whatever the spelling: two charges with the same likeness are alike. */
  readonly likeness: string;
  readonly at: Evidence;
}

export interface Wallet {
  readonly id: string | null;
  readonly sku: string | null;
  readonly orgs: readonly OrgRef[];
  readonly starting: Figure;
  readonly increase: Figure;
  readonly decrease: Figure;
  readonly consumption: Figure;
  readonly ending: Figure;
  readonly overage: Figure;
  readonly overageRate: Figure;
  readonly overageCharge: Figure;
  readonly currency: Figure<string>;
  readonly unit: Figure<string>;
  readonly at: Evidence;
}

export interface PeriodDetail {
  readonly contractId: string;
  /** With what its body leaves out taken from the contract's list of periods. */
  readonly period: ContractPeriod;
  /** As its own body states it. */
  readonly head: ContractPeriod;
  readonly charges: readonly Charge[];
  readonly wallets: readonly Wallet[];
}

export interface InvoiceLine {
  readonly id: string | null;
  readonly sku: string | null;
  readonly org: OrgRef | null;
  readonly start: Figure<IsoDate>;
  readonly end: Figure<IsoDate>;
  readonly quantity: Figure;
  readonly amount: Figure;
  readonly unit: Figure<string>;
  readonly at: Evidence;
}

export interface Invoice {
  readonly id: string;
  readonly date: Figure<IsoDate>;
  readonly currency: Figure<string>;
  readonly amount: Figure;
  /** False: its lines were not asked for, as it is dated before what is compared. */
  readonly asked: boolean;
  /** Null if the lines could not be fetched (then a capture failure says why), or were not asked for. */
  readonly lines: readonly InvoiceLine[] | null;
  readonly at: Evidence;
}

/** Of which invoices the lines were asked for; `period`: of those dated on or after the first day that is compared. */
export type InvoicesAsked = 'period' | 'all' | 'none';

/** How one kind of end date was read, and how many dates spoke for each reading. */
export interface EndReading {
  readonly reading: 'inclusive' | 'exclusive';
  readonly inclusive: number;
  readonly exclusive: number;
}

export interface ContractSide {
  /** As listed by `/contracts`. */
  readonly listed: readonly Contract[];
  /** Fields of a contract that the listing states of any contract, over the whole listing. */
  readonly listedFields: ReadonlySet<string>;
  /** What is judged: by id, but for those that could not be fetched; as listed, for those that were not asked for. */
  readonly contracts: readonly Contract[];
  readonly details: readonly PeriodDetail[];
  /**
   * One line a charge; and in each billing period one for each wallet whose SKU has no charge there, and for each plan in
   * force whose SKU has neither.
   */
  readonly lines: readonly Line[];
  readonly invoices: readonly Invoice[];
  readonly invoicesAsked: InvoicesAsked;
  /** How end dates of periods (and of plan items and invoice lines, which follow them) were read. */
  readonly periodEnd: EndReading;
  /** How end dates of contracts and ramps were read. */
  readonly contractEnd: EndReading;
  /** Every record that the bodies hold. */
  readonly records: readonly ReceivedRecord[];
  readonly paging: readonly PagingNote[];
  /** Empty unless the contract side is looked at alone. */
  readonly probes: readonly ProbeNote[];
  readonly failures: readonly CaptureFailure[];
  readonly schema: readonly SchemaNote[];
  readonly documents: readonly CheckedBody[];
  /** Null if it was not looked at. */
  readonly observed: ObservedShape | null;
}

export interface ObservedShape {
  readonly shape: Shape;
  /** Fields that the schema knows and the baseline had not seen, in words. */
  readonly firstSeen: readonly string[];
}
