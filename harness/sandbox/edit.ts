/** How a defect changes one account: what is true stays, what one side says of it is edited on the way out. */
import type {
  BillingCharge,
  BillingContract,
  BillingContractPeriodDetail,
  BillingInvoice,
  BillingInvoiceItem,
  BillingWallet,
} from '../sources/contract-api/wire.ts';
import type { BookPeriod, Charge, Contract, Invoice, Wallet } from './contract-book/book.ts';
import type { JsonObject } from './json.ts';
import type { LegacyRow } from './legacy-book/book.ts';
import type { Account, Figures, Holder, Holding, Organisation, Period, RateStep } from './world/facts.ts';

/** Bodies of the contract API that can be edited, as the vendor names them. */
export interface EditableBodies {
  readonly BillingContract: BillingContract;
  readonly BillingContractPeriod: BillingContractPeriodDetail;
  readonly BillingCharge: BillingCharge;
  readonly BillingWallet: BillingWallet;
  readonly BillingInvoice: BillingInvoice;
  readonly BillingInvoiceItem: BillingInvoiceItem;
}

export type BodyType = keyof EditableBodies;

/** What was asked for and answered with status 200. */
export type Answer =
  | { readonly endpoint: 'organizations'; readonly region: string }
  | { readonly endpoint: 'organization'; readonly org: Organisation; readonly period: Period }
  | { readonly endpoint: 'overview'; readonly org: Organisation; readonly period: Period }
  | { readonly endpoint: 'contracts' }
  | { readonly endpoint: 'contract'; readonly contract: Contract }
  | { readonly endpoint: 'period'; readonly contract: Contract; readonly period: BookPeriod }
  | { readonly endpoint: 'lines'; readonly invoice: Invoice };

/** What is said in place of a true answer. */
export type AnswerEdit = (answer: Answer, body: JsonObject) => JsonObject;

export interface HoldingAt {
  readonly account: Account;
  readonly holding: Holding;
}

/**
 * Each hook is asked in the order of this list and returns what is said instead. Hooks that come early carry through:
 * figures changed here change overage, charges and invoice lines after them.
 */
export interface Edit {
  /** The account that it edits. */
  readonly account: number;

  /** Legacy side: true for what it does not know; without a holding: of the organisation as a whole. */
  readonly unknownToLegacy?: (org: Organisation, holding: Holding | null) => boolean;
  /** Legacy side: the rows of one organisation, as both of its APIs say them. */
  readonly legacyRows?: (
    rows: readonly LegacyRow[],
    at: { readonly org: Organisation; readonly period: Period },
  ) => readonly LegacyRow[];
  /** Legacy side: a row of the partner billing API. */
  readonly partnerRow?: (row: LegacyRow, at: HoldingAt & { org: Organisation; period: Period }) => LegacyRow;

  /** Contract side: the account as it knows it; null: not at all. */
  readonly contractAccount?: (account: Account) => Account | null;
  /** Contract side: prices of plans and charges. */
  readonly rates?: (rates: readonly RateStep[], at: HoldingAt) => readonly RateStep[];
  /** Contract side: figures of one organisation, before overage is worked out. */
  readonly figures?: (figures: Figures, at: HoldingAt & { holder: Holder; period: Period }) => Figures;
  /** Contract side: how figures fall on the two parts of a cut period. */
  readonly parts?: (
    parts: readonly [Figures, Figures],
    at: HoldingAt & { whole: Figures },
  ) => readonly [Figures, Figures];
  readonly charges?: (charges: readonly Charge[], at: { contract: Contract; period: BookPeriod }) => readonly Charge[];
  readonly wallets?: (wallets: readonly Wallet[]) => readonly Wallet[];
  readonly contracts?: (contracts: readonly Contract[]) => readonly Contract[];
  /** The contract as the listing says it; by id it stays. */
  readonly listed?: (contract: Contract) => Contract;
  readonly invoice?: (invoice: Invoice) => Invoice;
  /** All invoices of one contract. */
  readonly invoices?: (invoices: readonly Invoice[]) => readonly Invoice[];
  /** A body as it goes out. */
  readonly body?: (type: BodyType, body: JsonObject) => JsonObject;
  /** The last word: a whole answer of any of the three APIs that tells of the account, with all bodies in it. */
  readonly answer?: AnswerEdit;
}

/** What a defect changes beside single accounts. */
export interface WorldEdit {
  /** Added to the count of one app in one region. */
  readonly count?: { readonly region: string; readonly appId: string; readonly by: number };
  /** A region that counts nobody, whatever the app. */
  readonly uncounted?: string;
  /** Accounts whose contracts stand on a listing page that nobody is led to. */
  readonly lostPage?: number;
  /** A page of contracts comes again under a new cursor: the one that has this account's contract. */
  readonly repeatedPage?: number;
  /** As an account's, over all answers. */
  readonly answer?: AnswerEdit;
}

/** All edits of one world. */
export class Edits {
  readonly #byAccount = new Map<number, Edit[]>();
  readonly world: WorldEdit[] = [];

  add(edit: Edit): void {
    const list = this.#byAccount.get(edit.account);
    if (list === undefined) this.#byAccount.set(edit.account, [edit]);
    else list.push(edit);
  }

  of(account: Account): readonly Edit[] {
    return this.#byAccount.get(account.index) ?? [];
  }

  /** The account as the contract side knows it; null: not at all. */
  contractAccount(account: Account): Account | null {
    return this.of(account).reduce<Account | null>(
      (now, { contractAccount }) => (now === null || contractAccount === undefined ? now : contractAccount(now)),
      account,
    );
  }

  /** What legacy says of an organisation's use. */
  legacyRows(account: Account, rows: readonly LegacyRow[], at: { org: Organisation; period: Period }): LegacyRow[] {
    return [...this.through(account, rows, (edit, now) => edit.legacyRows?.(now, at))];
  }

  /** The answer as it goes out. @param accounts of which it tells, each once */
  answered(accounts: Iterable<Account>, answer: Answer, body: JsonObject): JsonObject {
    const everywhere = this.world.reduce((now, edit) => edit.answer?.(answer, now) ?? now, body);
    return [...accounts].reduce(
      (now, account) => this.through(account, now, (edit, each) => edit.answer?.(answer, each)),
      everywhere,
    );
  }

  /** Passes a value through one hook of every edit of the account. */
  through<T>(account: Account, value: T, apply: (edit: Edit, value: T) => T | undefined): T {
    return this.of(account).reduce((now, edit) => apply(edit, now) ?? now, value);
  }
}
