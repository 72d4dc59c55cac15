/** The contract side's own records: what its API serves, before anything is written as JSON. Ends are inclusive. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Account, Agreement, Holding, Organisation, Period } from '../world/facts.ts';

export interface ProductRef {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  /** Words that mean the same as `unit`, itself among them. */
  readonly unitWords: readonly string[];
  /** Of products that tokens can pay for. */
  readonly unitsPerToken: Decimal | null;
}

export interface PlanItem {
  readonly number: string;
  readonly effectiveStart: IsoDate;
  readonly effectiveEnd: IsoDate | null;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly overagePrice: Decimal | null;
  readonly discount: Decimal | null;
  readonly currency: string;
}

export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly product: ProductRef;
  readonly orgs: readonly Organisation[];
  readonly items: readonly PlanItem[];
  readonly holding: Holding;
}

/** A billing period of a contract; a part of a true period where an amendment cuts it. */
export interface BookPeriod {
  readonly id: string;
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly status: 'Open' | 'Closed';
  readonly truth: Period;
  readonly part: 'whole' | 'first' | 'second';
}

/** What a charge says of one of its organisations. */
export interface Part {
  readonly org: Organisation;
  readonly prepaid: Decimal;
  readonly included: Decimal | null;
  readonly actual: Decimal;
  readonly overage: Decimal;
  /** At the minor unit, rounded half-up. */
  readonly overageCharge: Decimal;
}

/** Its quantities and its overage charge are the sums of its parts. */
export interface Charge {
  readonly id: string;
  readonly name: string;
  readonly product: ProductRef;
  readonly parts: readonly Part[];
  /** Null: nothing is charged for overage. */
  readonly rate: Decimal | null;
  /** Of the plan, for the fee on the invoice. */
  readonly price: Decimal;
  readonly currency: string;
  readonly holding: Holding;
}

export interface Wallet {
  readonly id: string;
  readonly name: string;
  readonly product: ProductRef;
  readonly orgs: readonly Organisation[];
  readonly starting: Decimal;
  readonly increase: Decimal;
  readonly decrease: Decimal;
  readonly consumption: Decimal;
  readonly ending: Decimal;
  readonly overage: Decimal;
  readonly overageRate: Decimal;
  readonly overageCharge: Decimal;
  readonly currency: string;
}

export interface Contract {
  readonly id: string;
  readonly externalNumber: string;
  readonly status: 'Active' | 'Inactive';
  readonly commercialModel: string;
  readonly purchaseOrders: readonly string[];
  readonly customer: { readonly id: string; readonly number: string; readonly name: string };
  readonly start: IsoDate;
  readonly end: IsoDate | null;
  readonly rampStart: IsoDate | null;
  readonly rampEnd: IsoDate | null;
  readonly periods: readonly BookPeriod[];
  readonly plans: readonly Plan[];
  readonly agreement: Agreement;
  readonly account: Account;
}

export interface InvoiceLine {
  readonly id: string;
  readonly product: ProductRef;
  readonly description: string;
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly org: Organisation;
  readonly quantity: Decimal;
  readonly amount: Decimal;
}

export interface Invoice {
  readonly id: string;
  readonly contract: Contract;
  readonly date: IsoDate;
  readonly currency: string;
  readonly paid: boolean;
  readonly amount: Decimal;
  readonly lines: readonly InvoiceLine[];
}
