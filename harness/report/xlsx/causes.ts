/** Root causes with their money; counts stand in the first row of a cause, so that a column adds up. */
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import { AMOUNT, COUNT, type Column, wide } from '../columns/column.ts';
import { totalsOf } from '../words/waived.ts';
import type { Table } from './sheet.ts';

export interface MoneyRow<Of> {
  readonly of: Of;
  /** Null: there is none. */
  readonly money: ResultMoney | null;
  readonly first: boolean;
}

/** A row for each currency, and one where there is no money. */
export const byCurrency = <Of>(of: Of, money: readonly ResultMoney[]): readonly MoneyRow<Of>[] =>
  money.length === 0
    ? [{ of, money: null, first: true }]
    : money.map((one, index) => ({ of, money: one, first: index === 0 }));

/** Currency and both directions. */
export const moneyColumns = <Of>(): readonly Column<MoneyRow<Of>>[] => [
  ['currency', ({ money }) => money?.currency, wide(10)],
  ['over-billed', ({ money }) => money?.overBilled, AMOUNT],
  ['under-billed', ({ money }) => money?.underBilled, AMOUNT],
];

interface CauseFacts {
  readonly id: string | null;
  readonly title: string;
  readonly sku: string | null;
  readonly explains: number;
  /** Null: of all mismatches. */
  readonly of: number | null;
}

const COLUMNS: readonly Column<MoneyRow<CauseFacts>>[] = [
  ['root cause', ({ of: { id } }) => id, wide(24)],
  ['what it is', ({ of: { title } }) => title, wide(70)],
  ['sku', ({ of: { sku } }) => sku],
  ['mismatches explained', ({ of: { explains }, first }) => (first ? String(explains) : null), COUNT],
  ['of mismatches', ({ of: { of }, first }) => (first && of !== null ? String(of) : null), COUNT],
  ...moneyColumns<CauseFacts>(),
];

/** What no cause explains comes last, so that the sheet adds up to all money at risk. */
export function causesTable(
  { rootCauses, unexplained }: RunResult,
  findings: readonly Finding[],
): Table<MoneyRow<CauseFacts>> {
  const left = findings.filter(({ status, rootCause }) => status === 'mismatch' && rootCause === null);
  const none = { id: null, title: 'No root cause explains these', sku: null, explains: unexplained, of: null };
  return {
    name: 'Causes',
    columns: COLUMNS,
    rows: [
      ...rootCauses.flatMap((cause) => byCurrency<CauseFacts>(cause, cause.moneyAtRisk)),
      ...(unexplained === 0 ? [] : byCurrency<CauseFacts>(none, totalsOf(left))),
    ],
    currencyOf: ({ money }) => money?.currency ?? null,
  };
}
