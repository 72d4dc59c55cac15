/** Accounts and tie-out in words: what became of every record, and whether the bills add up. */
import type { Account, OutOfScopeReason, RecordKind } from '../../domain/record.ts';
import type { ResultMoney, ResultTieOut, RunResult } from '../../domain/run-result.ts';
import { counted, grouped, isNothing, signed } from './common.ts';

export const RECORD_WORDS: Readonly<Record<RecordKind, string>> = {
  'usage-row': 'usage rows',
  'listing-member': 'listed organisations',
  'region-count': 'region counts',
  contract: 'contracts',
  'plan-item': 'plan items',
  'billing-period': 'billing periods',
  charge: 'charges',
  wallet: 'wallets',
  invoice: 'invoices',
  'invoice-line': 'invoice lines',
};

export const REASON_WORDS: Readonly<Record<OutOfScopeReason, string>> = {
  'product-not-mapped': 'product not mapped',
  'app-not-mapped': 'app not mapped',
  'organisation-not-listed': 'organisation not listed',
  'region-not-asked': 'region not asked',
  'other-period': 'other period',
  'not-in-force': 'not in force',
  'one-time-item': 'one-time item',
  'breakdown-row': 'breakdown of another row',
  repeated: 'repeated',
};

export const TIE_OUT_SENTENCE =
  'Contract bills − legacy bills = money of the findings + residual; a residual that is not 0 is itself a finding.';

export const outOfScope = ({ outOfScope: reasons }: Account): number =>
  reasons.reduce((sum, { count }) => sum + count, 0);

/** Records that no account holds: a fault of this tool, and never more than 0. */
export const unaccounted = (account: Account): number =>
  account.received - account.compared - account.notComparable - outOfScope(account);

/** All was compared, and nothing else needs to be said of it. */
export const isPlain = (account: Account): boolean => account.received === account.compared;

export interface AccountTotals {
  readonly received: number;
  readonly compared: number;
  readonly notComparable: number;
  readonly outOfScope: number;
  readonly unaccounted: number;
  /** The most frequent first. */
  readonly reasons: readonly (readonly [OutOfScopeReason, number])[];
}

/** Over all kinds of records: how many there are, never how much they say. */
export function accountTotals(accounts: readonly Account[]): AccountTotals {
  const total = (of: (account: Account) => number): number => accounts.reduce((sum, account) => sum + of(account), 0);
  const reasons = new Map<OutOfScopeReason, number>();
  for (const { reason, count } of accounts.flatMap((account) => account.outOfScope)) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  return {
    received: total(({ received }) => received),
    compared: total(({ compared }) => compared),
    notComparable: total(({ notComparable }) => notComparable),
    outOfScope: total(outOfScope),
    unaccounted: total(unaccounted),
    reasons: [...reasons].sort((a, b) => b[1] - a[1]),
  };
}

/** `+3,782.70`, `−12.00`, `0.00`. */
export const signedAmount = (amount: string): string => (isNothing(amount) ? grouped(amount) : signed(grouped(amount)));

/** Whether anything was left out of a tie-out. */
export const leftOut = ({ notCompared: { legacy, contract } }: ResultTieOut): boolean =>
  !isNothing(legacy) || !isNothing(contract);

/** No pair of the currency has two known bills: that nothing is left over says nothing. */
export const tiesNothing = (row: ResultTieOut): boolean =>
  isNothing(row.legacy) && isNothing(row.contract) && isNothing(row.residual) && leftOut(row);

export const NOTHING_TIED = 'nothing tied out';

/** `contract bills 1,208,113.90 − legacy bills 1,204,331.20 = +3,782.70; findings +3,782.70, residual 0.00`. */
export function tieOutWords(tieOut: ResultTieOut): string {
  const { legacy, contract, difference, findings, residual, notCompared } = tieOut;
  const left = leftOut(tieOut)
    ? `; not compared: legacy ${grouped(notCompared.legacy)}, contract ${grouped(notCompared.contract)}`
    : '';
  if (tiesNothing(tieOut)) return `${NOTHING_TIED}${left}`;
  return `contract bills ${grouped(contract)} − legacy bills ${grouped(legacy)} = ${signedAmount(difference)}; findings ${signedAmount(findings)}, residual ${signedAmount(residual)}${left}`;
}

/** `and 3 pairs whose money cannot be worked out`, beside every sum of money; null where all is known. */
export const unknownMoneyWords = ({ moneyUnknown = 0 }: Pick<RunResult, 'moneyUnknown'>): string | null =>
  moneyUnknown === 0 ? null : `and ${counted(moneyUnknown, 'pair')} whose money cannot be worked out`;

/** `under-billed USD 80.00`, one a currency and direction; empty where nothing is. */
export const amountsOf = (money: readonly ResultMoney[]): readonly string[] =>
  money.flatMap(({ currency, underBilled, overBilled }) => [
    ...(isNothing(underBilled) ? [] : [`under-billed ${currency} ${grouped(underBilled)}`]),
    ...(isNothing(overBilled) ? [] : [`over-billed ${currency} ${grouped(overBilled)}`]),
  ]);

/** Residuals that are not 0 first, for formats that have no room for all. */
export const byResidual = (tieOut: readonly ResultTieOut[]): readonly ResultTieOut[] =>
  [...tieOut].sort((a, b) => Number(isNothing(a.residual)) - Number(isNothing(b.residual)));
