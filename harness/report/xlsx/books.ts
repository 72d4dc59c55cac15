/** Accounts of all records, and the tie-out of all bills. */
import { type Account, OUT_OF_SCOPE_REASONS, type OutOfScopeReason } from '../../domain/record.ts';
import type { ResultTieOut } from '../../domain/run-result.ts';
import { AMOUNT, COUNT, type Column, wide } from '../columns/column.ts';
import { outOfScope, REASON_WORDS, RECORD_WORDS, unaccounted } from '../words/books.ts';
import type { Table } from './sheet.ts';

const countOf = ({ outOfScope: reasons }: Account, wanted: OutOfScopeReason): string | null => {
  const found = reasons.find(({ reason }) => reason === wanted);
  return found === undefined ? null : String(found.count);
};

const ACCOUNT_COLUMNS: readonly Column<Account>[] = [
  ['records', ({ record }) => RECORD_WORDS[record]],
  ['read', ({ received }) => String(received), COUNT],
  ['compared', ({ compared }) => String(compared), COUNT],
  ['not comparable', ({ notComparable }) => String(notComparable), COUNT],
  ['out of scope', (account) => String(outOfScope(account)), COUNT],
  ...OUT_OF_SCOPE_REASONS.map(
    (reason): Column<Account> => [
      `out of scope: ${REASON_WORDS[reason]}`,
      (account) => countOf(account, reason),
      COUNT,
    ],
  ),
  ['in no account', (account) => String(unaccounted(account)), COUNT],
];

export const accountsTable = (accounts: readonly Account[]): Table<Account> => ({
  name: 'Accounts',
  columns: ACCOUNT_COLUMNS,
  rows: accounts,
  currencyOf: () => null,
});

const TIE_OUT_COLUMNS: readonly Column<ResultTieOut>[] = [
  ['currency', ({ currency }) => currency, wide(10)],
  ['legacy bills', ({ legacy }) => legacy, AMOUNT],
  ['contract bills', ({ contract }) => contract, AMOUNT],
  ['difference', ({ difference }) => difference, AMOUNT],
  ['findings', ({ findings }) => findings, AMOUNT],
  ['residual', ({ residual }) => residual, AMOUNT],
  ['legacy billed, not compared', ({ notCompared }) => notCompared.legacy, AMOUNT],
  ['contract billed, not compared', ({ notCompared }) => notCompared.contract, AMOUNT],
];

export const tieOutTable = (tieOut: readonly ResultTieOut[]): Table<ResultTieOut> => ({
  name: 'Tie-out',
  columns: TIE_OUT_COLUMNS,
  rows: tieOut,
  currencyOf: ({ currency }) => currency,
});
